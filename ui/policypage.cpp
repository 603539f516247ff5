// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policypage.h"

#include "base/limits.h"
#include "base/printable.h"
#include "draft.h"
#include "session.h"
#include "texts.h"
#include "ui_policypage.h"

#include <QHeaderView>
#include <QSignalBlocker>

#include <algorithm>

namespace {

constexpr qint64 Day = 86400;
constexpr qint64 Other = -1;

QString duration(qint64 seconds)
{
    if (seconds == Limits::MaxAge)
        return PolicyPage::tr("1 year");
    if (seconds == 7 * Day || seconds == 14 * Day)
        return PolicyPage::tr("%n week(s)", nullptr, int(seconds / (7 * Day)));
    return PolicyPage::tr("%n day(s)", nullptr, int(seconds / Day));
}

} // namespace

PolicyPage::PolicyPage(Session &session, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::PolicyPage>())
    , m_session(session)
{
    ui->setupUi(this);
    for (const qint64 seconds : offeredMaxAges())
        ui->maxAgeCombo->addItem(duration(seconds), seconds);
    ui->maxAgeCombo->addItem(tr("Other…"), Other);
    ui->maxAgeSpin->setRange(0, int(Limits::MaxAge));
    ui->maxAgeSpin->setSuffix(tr(" seconds"));
    ui->patternEdit->setLayoutDirection(Qt::LeftToRight);
    ui->patternsView->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    ui->messageLabel->hide();

    using Mode = Policy::Mode;
    // toggled, not clicked: screen readers toggle.
    const auto choice = [this](QRadioButton *radio, Mode mode) {
        connect(radio, &QRadioButton::toggled, this, [this, mode](bool on) {
            if (on)
                setMode(mode);
        });
    };
    choice(ui->testingRadio, Mode::Testing);
    choice(ui->enforceRadio, Mode::Enforce);
    choice(ui->noneRadio, Mode::None);
    connect(ui->maxAgeCombo, &QComboBox::activated, this, &PolicyPage::setAge);
    connect(ui->maxAgeSpin, &QSpinBox::valueChanged, this, &PolicyPage::setAge);
    connect(ui->addPatternButton, &QPushButton::clicked, this, &PolicyPage::addPattern);
    connect(ui->patternEdit, &QLineEdit::textChanged, this, [this] {
        ui->messageLabel->hide();
        Q_EMIT changed();
    });
    connect(ui->removePatternButton, &QPushButton::clicked, this, &PolicyPage::removePattern);
    connect(ui->proposeButton, &QPushButton::clicked, this, [this] {
        Choices choices = m_session.choices();
        choices.mx = patternsAsFound(m_session.survey());
        m_session.setChoices(choices);
    });
    connect(&session, &Session::choicesChanged, this, &PolicyPage::showChoices);
    connect(&session, &Session::judged, this, &PolicyPage::showAdvice);
}

PolicyPage::~PolicyPage() = default;

void PolicyPage::enter()
{
    showChoices();
}

AssistantPage::State PolicyPage::state() const
{
    return reason().isEmpty() ? State::Ready : State::Incomplete;
}

QString PolicyPage::reason() const
{
    const Choices &choices = m_session.choices();
    if (!ui->patternEdit->text().trimmed().isEmpty())
        return tr("“%1” is not in the list yet. Add it, or clear the field.")
                .arg(printable(ui->patternEdit->text(), 60));
    if (choices.mode != Policy::Mode::None && choices.mx.isEmpty())
        return tr("The policy must allow at least one mail server.");
    return refusals().isEmpty() ? QString() : tr("These choices have a problem.");
}

/// What would make a policy that no sender can use, or that loses mail.
QList<Issue> PolicyPage::refusals() const
{
    QList<Issue> issues = advice(m_session.choices(), m_session.survey(), m_session.report(),
                                 AdviceAbout::Policy);
    issues.removeIf([](const Issue &issue) { return issue.severity != Severity::Error; });
    return issues;
}

bool PolicyPage::goOn()
{
    const QList<Issue> issues = refusals();
    if (!issues.isEmpty()) {
        ui->banner->tell(Severity::Error, issueText(issues.constFirst()));
        ui->banner->ensureVisible();
    }
    return state() == State::Ready;
}

void PolicyPage::refresh()
{
    m_session.look();
}

QWidget *PolicyPage::firstField()
{
    if (ui->enforceRadio->isChecked())
        return ui->enforceRadio;
    return ui->noneRadio->isChecked() ? ui->noneRadio : ui->testingRadio;
}

void PolicyPage::setMode(Policy::Mode mode)
{
    Choices choices = m_session.choices();
    if (choices.mode == mode)
        return;
    // An age the user has set stays.
    if (choices.maxAge == defaultMaxAge(choices.mode))
        choices.maxAge = defaultMaxAge(mode);
    choices.mode = mode;
    m_session.setChoices(choices);
}

void PolicyPage::setAge()
{
    Choices choices = m_session.choices();
    const qint64 chosen = ui->maxAgeCombo->currentData().toLongLong();
    ui->maxAgeSpin->setVisible(chosen == Other);
    choices.maxAge = chosen == Other ? ui->maxAgeSpin->value() : chosen;
    m_session.setChoices(choices);
}

void PolicyPage::addPattern()
{
    const QString typed = ui->patternEdit->text().trimmed();
    const auto pattern = MxPattern::parse(typed.toUtf8().toLower());
    ui->messageLabel->setVisible(!pattern);
    if (!pattern) {
        ui->messageLabel->setText(
                tr("“%1” is neither the name of a mail server nor a pattern like *.example.org.")
                        .arg(printable(typed, 100)));
        announce(ui->messageLabel);
        ui->patternEdit->setFocus();
        return;
    }
    ui->patternEdit->clear();
    Choices choices = m_session.choices();
    if (!choices.mx.contains(*pattern))
        choices.mx << *pattern;
    m_session.setChoices(choices);
    Q_EMIT changed();
}

void PolicyPage::removePattern()
{
    Choices choices = m_session.choices();
    const int row = ui->patternsView->indexOfTopLevelItem(ui->patternsView->currentItem());
    if (row < 0 || row >= choices.mx.size())
        return;
    choices.mx.removeAt(row);
    m_session.setChoices(choices);
}

void PolicyPage::showChoices()
{
    const Choices &choices = m_session.choices();
    ui->testingRadio->setChecked(choices.mode == Policy::Mode::Testing);
    ui->enforceRadio->setChecked(choices.mode == Policy::Mode::Enforce);
    ui->noneRadio->setChecked(choices.mode == Policy::Mode::None);
    const QSignalBlocker quiet(ui->maxAgeSpin);
    ui->maxAgeSpin->setValue(int(choices.maxAge));
    const bool typing = ui->maxAgeCombo->currentData() == Other && ui->maxAgeSpin->hasFocus();
    const int known = ui->maxAgeCombo->findData(choices.maxAge);
    if (!typing && !(ui->maxAgeCombo->currentData() == Other && ui->maxAgeCombo->hasFocus()))
        ui->maxAgeCombo->setCurrentIndex(known >= 0 ? known : ui->maxAgeCombo->findData(Other));
    ui->maxAgeSpin->setVisible(ui->maxAgeCombo->currentData() == Other);
    showPatterns();
    showAdvice();
}

void PolicyPage::showPatterns()
{
    const int row = ui->patternsView->indexOfTopLevelItem(ui->patternsView->currentItem());
    const QList<QByteArray> hosts = mailServerNames(m_session.survey());
    ui->patternsView->clear();
    for (const MxPattern &pattern : m_session.choices().mx) {
        const int covered = int(std::count_if(hosts.begin(), hosts.end(), [&](const auto &host) {
            return pattern.matches(host);
        }));
        auto *item = new QTreeWidgetItem(ui->patternsView);
        item->setText(0, printable(pattern.text()));
        item->setText(1, covered == 0 ? tr("none of the mail servers")
                                      : tr("%n mail server(s)", nullptr, covered));
        item->setIcon(1, resultIcon(covered == 0 ? Severity::Info : Severity::Ok));
    }
    const int last = ui->patternsView->topLevelItemCount() - 1;
    ui->patternsView->setCurrentItem(
            ui->patternsView->topLevelItem(std::clamp(row, 0, std::max(last, 0))));
    ui->removePatternButton->setEnabled(last >= 0);
}

void PolicyPage::showAdvice()
{
    ui->banner->clear(); // it told about the choices before
    ui->adviceList->show(advice(m_session.choices(), m_session.survey(), m_session.report(),
                                AdviceAbout::Policy));
    Q_EMIT changed();
}
