// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policypage.h"

#include "draft.h"
#include "policytexts.h"
#include "session.h"
#include "texts.h"
#include "ui_policypage.h"

using Mode = Policy::Mode;

PolicyPage::PolicyPage(Session &session, QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::PolicyPage>())
    , m_session(session)
{
    ui->setupUi(this);
    ui->patternsEditor->setSession(session, ui->patternsLabel);
    ui->ageLabel->setBuddy(ui->ageField->focusProxy());
    // toggled, not clicked: screen readers toggle.
    for (const auto &[radio, mode] : modes())
        connect(radio, &QRadioButton::toggled, this, [this, mode = mode](bool on) {
            if (on)
                setMode(mode);
        });
    connect(ui->ageField, &AgeField::chosen, this, [this] {
        Choices choices = m_session.choices();
        choices.maxAge = ui->ageField->seconds();
        m_session.setChoices(choices);
    });
    connect(ui->patternsEditor, &RowEditor::changed, this, &PolicyPage::showAdvice);
    connect(ui->moreButton, &QPushButton::toggled, ui->policyText, &QWidget::setVisible);
    connect(ui->banner, &Banner::acted, ui->testingRadio, &QRadioButton::click);
    connect(&session, &Session::choicesChanged, this, &PolicyPage::showChoices);
    connect(&session, &Session::judged, this, &PolicyPage::showChoices);
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
    if (const QString problem = ui->patternsEditor->problem(); !problem.isEmpty())
        return problem;
    for (const Issue &issue : issues()) {
        if (issue.severity == Severity::Error)
            return issueText(issue);
    }
    return {};
}

QList<Issue> PolicyPage::issues() const
{
    return advice(m_session.choices(), m_session.survey(), m_session.report(), AdviceAbout::Policy,
                  m_session.kept(), m_session.now());
}

bool PolicyPage::goOn()
{
    if (!ui->patternsEditor->addPending())
        return false;
    const QString why = reason();
    if (!why.isEmpty()) {
        ui->banner->tell(Severity::Error, why);
        ui->banner->ensureVisible();
        ui->patternsEditor->focusProblem();
    }
    return why.isEmpty();
}

void PolicyPage::refresh()
{
    m_session.look();
}

QWidget *PolicyPage::firstField()
{
    for (const auto &[radio, mode] : modes()) {
        if (mode == m_session.choices().mode)
            return radio;
    }
    return ui->testingRadio;
}

std::array<std::pair<QRadioButton *, Policy::Mode>, 3> PolicyPage::modes() const
{
    return {{{ui->testingRadio, Mode::Testing},
             {ui->enforceRadio, Mode::Enforce},
             {ui->noneRadio, Mode::None}}};
}

void PolicyPage::setMode(Mode mode)
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

void PolicyPage::showChoices()
{
    const Choices &choices = m_session.choices();
    for (const auto &[radio, mode] : modes())
        radio->setChecked(choices.mode == mode);
    ui->ageField->show(choices.maxAge);
    ui->patternsEditor->showChoices();
    ui->rolloutLabel->setText(PolicyTexts::rollout(m_session.survey()));
    ui->policyText->setPlainText(QString::fromLatin1(m_session.wanted().policyText));
    ui->noneLabel->setText(PolicyTexts::none(m_session.kept(), m_session.now()));
    showAdvice();
}

void PolicyPage::showAdvice()
{
    QList<Issue> shown = issues();
    // Said in the table, and below "Enforce".
    shown.removeIf(PolicyTexts::isSaidElsewhere);
    ui->adviceList->show(shown, ui->patternsEditor->faults());
    showReadiness();
    Q_EMIT changed();
}

void PolicyPage::showReadiness()
{
    const Circumstances known = circumstances(m_session.survey(), m_session.report(),
                                              m_session.kept(), m_session.now());
    const Readiness readiness = readinessToEnforce(m_session.choices().mx, known);
    ui->readinessList->tell(PolicyTexts::readiness(readiness, known));
    const QString early = PolicyTexts::earlyEnforce(m_session.choices(), readiness);
    if (early.isEmpty())
        ui->banner->clear(); // it told about the choices before
    else
        ui->banner->tell(Severity::Warning, early, tr("&Stay in testing"));
}
