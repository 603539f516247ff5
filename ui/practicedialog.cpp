// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practicedialog.h"

#include "accidentsview.h"
#include "detailview.h"
#include "plainlabel.h"
#include "practicerun.h"
#include "texts.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QtConcurrentRun>

#include <algorithm>

PracticeDialog::PracticeDialog(PracticeRun &run, QWidget *parent)
    : QDialog(parent)
    , m_run(run)
    , m_stage(new QComboBox(this))
    , m_clock(new QComboBox(this))
    , m_turn(new QPushButton(tr("T&urn"), this))
    , m_time(plainLabel({}, this))
    , m_token(new QLineEdit(this))
    , m_copy(new QPushButton(tr("C&opy"), this))
    , m_filter(new QLineEdit(this))
    , m_view(new AccidentsView(this))
    , m_detail(new DetailView(this))
    , m_count(plainLabel({}, this))
{
    setObjectName(QStringLiteral("practiceDialog"));
    setWindowTitle(tr("Break something"));
    m_count->setObjectName(QStringLiteral("accidentsCount"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("closePracticeButton"));
    QPushButton *mendButton =
            buttons->addButton(tr("&Mend everything"), QDialogButtonBox::ActionRole);
    mendButton->setObjectName(QStringLiteral("mendButton"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(plainLabel(tr("Tick what goes wrong, and read what a check finds, what "
                                    "senders do, and how it is mended. Nothing of this is real."),
                                 this));
    layout->addLayout(settings());
    layout->addWidget(accidents(), 1);
    layout->addWidget(m_count);
    layout->addWidget(buttons);
    QWidget *previous = m_stage; // the keys go as the eye does
    for (QWidget *next : std::initializer_list<QWidget *>{
                 m_clock, m_turn, m_token, m_copy, m_filter, m_view, m_detail, mendButton,
                 buttons->button(QDialogButtonBox::Close)}) {
        setTabOrder(previous, next);
        previous = next;
    }
    connect(mendButton, &QPushButton::clicked, this, &PracticeDialog::mend);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&run, &PracticeRun::happened, this, &PracticeDialog::takeHappened);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        m_sight = m_watcher.result();
        if (m_isDue)
            look();
        explain();
    });
    m_pool.setMaxThreadCount(1);
    m_view->tick(m_run.situation().accidents);
    takeHappened();
    const int letter = fontMetrics().averageCharWidth();
    resize(160 * letter, 90 * letter);
}

PracticeDialog::~PracticeDialog()
{
    m_cancel.cancel();
    m_pool.waitForDone();
}

void PracticeDialog::focusToken()
{
    m_token->setFocus();
}

void PracticeDialog::prepareStages()
{
    using Practice::Stage;
    m_stage->setObjectName(QStringLiteral("stageCombo"));
    m_stage->addItem(tr("mail, and no protection yet"), int(Stage::Bare));
    m_stage->addItem(tr("a policy in mode testing, reports and DANE"), int(Stage::Testing));
    m_stage->addItem(tr("a policy in mode enforce, reports and DANE"), int(Stage::Enforce));
    m_stage->setPlaceholderText(tr("as it is"));
    m_stage->setCurrentIndex(-1);
    connect(m_stage, &QComboBox::activated, this, [this] {
        m_run.startOver(Practice::Stage(m_stage->currentData().toInt()));
        m_view->tick({}); // how many are left is known when it has happened
    });
}

/// What is waited for in earnest for days and weeks: a policy that runs out, the weeks of testing.
QBoxLayout *PracticeDialog::clockRow()
{
    m_clock->setObjectName(QStringLiteral("clockCombo"));
    m_clock->addItem(tr("one day"), 1);
    m_clock->addItem(tr("one week"), 7);
    m_clock->addItem(tr("31 days"), 31);
    m_clock->addItem(tr("one year"), 366);
    m_clock->setCurrentIndex(m_clock->findData(31)); // longer than most policies are remembered
    m_turn->setObjectName(QStringLiteral("turnClockButton"));
    m_time->setObjectName(QStringLiteral("clockLabel"));
    m_time->setWordWrap(false);
    connect(m_turn, &QPushButton::clicked, this,
            [this] { m_run.turnForward(m_clock->currentData().toInt()); });
    auto *row = new QHBoxLayout;
    row->addWidget(m_clock);
    row->addWidget(m_turn);
    row->addWidget(m_time, 1);
    return row;
}

/// The token, as a service shows one that was just made.
QBoxLayout *PracticeDialog::tokenRow()
{
    m_token->setObjectName(QStringLiteral("practiceTokenEdit"));
    m_token->setReadOnly(true);
    m_copy->setObjectName(QStringLiteral("copyPracticeTokenButton"));
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_token->text());
        m_count->setText(tr("The token is in the clipboard."));
        announce(m_count);
    });
    auto *row = new QHBoxLayout;
    row->addWidget(m_token, 1);
    row->addWidget(m_copy);
    return row;
}

QFormLayout *PracticeDialog::settings()
{
    prepareStages();
    const auto label = [this](const QString &text, QWidget *buddy) {
        QLabel *made = plainLabel(text, this);
        made->setWordWrap(false);
        made->setBuddy(buddy);
        return made;
    };
    auto *form = new QFormLayout;
    form->addRow(label(tr("&Start over with:"), m_stage), m_stage);
    form->addRow(label(tr("&Turn the clock forward by:"), m_clock), clockRow());
    form->addRow(label(tr("To&ken of its DNS service:"), m_token), tokenRow());
    return form;
}

QWidget *PracticeDialog::accidents()
{
    m_filter->setObjectName(QStringLiteral("accidentsFilter"));
    m_filter->setPlaceholderText(tr("Find"));
    m_filter->setAccessibleName(tr("Find what goes wrong"));
    m_filter->setClearButtonEnabled(true);
    m_view->setAccessibleName(tr("What goes wrong"));
    m_detail->setObjectName(QStringLiteral("accidentDetail"));
    m_detail->setAccessibleName(tr("What comes of it"));
    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->addWidget(m_filter);
    column->addWidget(m_view);
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 6);
    splitter->setStretchFactor(1, 5);
    connect(m_filter, &QLineEdit::textChanged, m_view, &AccidentsView::filter);
    connect(m_view, &AccidentsView::tickedByUser, this, &PracticeDialog::take);
    connect(m_view, &AccidentsView::currentChosen, this, &PracticeDialog::explain);
    return splitter;
}

void PracticeDialog::take()
{
    m_isStale = true;
    m_run.setAccidents(m_view->ticked());
    explain();
}

void PracticeDialog::mend()
{
    m_view->tick({});
    take();
}

void PracticeDialog::takeHappened()
{
    m_token->setText(QString::fromLatin1(m_run.token()));
    m_token->setCursorPosition(0);
    m_time->setText(
            tr("It is %1.")
                    .arg(locale().toString(m_run.now().toLocalTime().date(), QLocale::LongFormat)));
    showCount();
    m_isStale = false;
    look();
}

/// The newest state is looked at, and not every one before it.
void PracticeDialog::look()
{
    m_isDue = m_watcher.isRunning();
    if (!m_isDue)
        m_watcher.setFuture(QtConcurrent::run(
                &m_pool, [&run = m_run, cancel = m_cancel] { return practiceSight(run, cancel); }));
}

void PracticeDialog::explain()
{
    const QByteArray id = m_view->current();
    const Practice::Accident *accident = Practice::accident(id);
    if (id == Practice::TokenRevoked)
        return m_detail->say(
                m_view->currentItem()->text(0),
                tr("When the next publishing has written for the first time, the DNS service "
                   "refuses the token. What was written stays, the rest is missing: check the "
                   "domain to see what senders make of that.\nMended: untick it. The service has "
                   "another token then; enter that in the step DNS, plan again, and it goes "
                   "on where it stopped. What was published can be undone, too."));
    if (!accident || !m_view->ticked().contains(id))
        return m_detail->say({}, tr("Tick what goes wrong, and read here what comes of it."));
    if (m_isStale || m_isDue || m_watcher.isRunning())
        return m_detail->say({}, tr("Being looked at…"));
    const QList<Finding> &findings = m_sight.report.findings;
    const auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding &finding) {
        return finding.id == accident->rule;
    });
    if (found != findings.end())
        return m_detail->explain(*found, sendersText(m_sight.senders));
    m_detail->say(tr("Nothing tells of it"),
                  tr("Something else that is broken or was never set up hides it. Mend that, or "
                     "start over, to see what this does alone."));
}

void PracticeDialog::showCount()
{
    const int count = int(m_run.situation().accidents.size());
    m_count->setText(count == 0 ? tr("Everything is as it should be.")
                                : tr("%n thing(s) broken.", nullptr, count));
}
