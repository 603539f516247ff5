// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "publishpage.h"

#include "base/printable.h"
#include "overridedialog.h"
#include "publishquestions.h"
#include "publishwords.h"
#include "texts.h"
#include "ui_publishpage.h"

#include <QMessageBox>

PublishPage::PublishPage(Session &session, Publisher &publisher, QSettings &settings,
                         QWidget *parent)
    : AssistantPage(parent)
    , ui(std::make_unique<Ui::PublishPage>())
    , m_session(session)
    , m_publisher(publisher)
{
    ui->setupUi(this);
    ui->planDetail->remember(settings);
    connect(ui->planView, &QTreeWidget::currentItemChanged, this, &PublishPage::showPart);
    connect(ui->planDetail, &PlanDetail::copied, this, [this] {
        ui->statusLabel->setText(tr("Copied."));
        announce(ui->statusLabel);
    });
    connect(ui->banner, &Banner::acted, this, &PublishPage::refresh);
    connect(ui->stopButton, &QPushButton::clicked, this, &PublishPage::askToStop);
    connect(ui->againButton, &QPushButton::clicked, this, &PublishPage::refresh);
    connect(ui->undoButton, &QPushButton::clicked, this, [this] {
        m_publisher.setUndone({}); // the last one
        undo();
    });
    connect(&session, &Session::lookEnded, this, [this] {
        if (!isVisible() || !std::exchange(m_isWaiting, false))
            return;
        m_publisher.makePlan(m_task);
    });
    connect(&publisher, &Publisher::planned, this, [this] {
        if (isVisible())
            showPlan();
    });
    connect(&publisher, &Publisher::stepped, this, &PublishPage::showSteps);
    connect(&publisher, &Publisher::published, this, &PublishPage::showOutcome);
}

PublishPage::~PublishPage() = default;

void PublishPage::enter()
{
    ui->statusLabel->clear();
    if (isPublishing())
        showSteps();
    else
        plan();
}

void PublishPage::leave()
{
    m_isWaiting = false;
    m_session.stop();
    m_publisher.stop();
}

void PublishPage::refresh()
{
    if (!isPublishing())
        plan();
}

bool PublishPage::isPublishing() const
{
    return m_publisher.phase() == Publisher::Phase::Publishing;
}

bool PublishPage::isOver() const
{
    if (const auto &done = m_publisher.done())
        return done->outcome.state == Outcome::State::Nothing ||
               done->outcome.state == Outcome::State::Done ||
               done->outcome.state == Outcome::State::NotInDns ||
               done->outcome.state == Outcome::State::NotProven;
    const auto &made = m_publisher.prepared();
    return made && !made->error && made->plan.isEmpty() && made->plan.blockers.isEmpty();
}

bool PublishPage::isUndo() const
{
    const auto &made = m_publisher.prepared();
    return made && made->isUndo();
}

bool PublishPage::isBlocked() const
{
    const auto &made = m_publisher.prepared();
    return !made || made->error || !made->plan.blockers.isEmpty() || waitsForFile(made->plan);
}

AssistantPage::State PublishPage::state() const
{
    if (m_isWaiting || m_publisher.phase() != Publisher::Phase::Idle)
        return State::Loading;
    if (isOver())
        return State::Ready;
    return m_publisher.done() || isBlocked() ? State::Incomplete : State::Ready;
}

QString PublishPage::reason() const
{
    if (isPublishing())
        return tr("Publishing…");
    if (state() == State::Loading)
        return tr("Comparing with what is live…");
    if (state() != State::Incomplete)
        return {};
    return m_publisher.done() ? tr("Try again, undo, or leave it as it is.")
                              : tr("Nothing can be published like this.");
}

QString PublishPage::nextText() const
{
    if (isOver() && isUndo())
        return tr("C&heck now");
    if (isOver() || m_publisher.done() || isBlocked())
        return tr("&Next");
    const auto &made = m_publisher.prepared();
    const bool asks = !made->against.isEmpty() || isNewlyEnforced();
    const int count = writes(m_parts);
    if (made->isUndo())
        return asks ? tr("&Put back %n change(s)…", nullptr, count)
                    : tr("&Put back %n change(s)", nullptr, count);
    if (made->isDeletion())
        return asks ? tr("Re&move: %n change(s)…", nullptr, count)
                    : tr("Re&move: %n change(s)", nullptr, count);
    if (made->task == Task::Remove)
        return tr("&Switch off: %n change(s)", nullptr, count);
    return asks ? tr("&Publish %n change(s)…", nullptr, count)
                : tr("&Publish %n change(s)", nullptr, count);
}

bool PublishPage::goOn()
{
    if (isOver() && !isUndo())
        return true;
    if (isOver())
        Q_EMIT checkAsked(); // what stands now is nobody's choice: the check says what it is worth
    else if (state() == State::Ready)
        ask();
    return false;
}

bool PublishPage::isBackOffered() const
{
    return !isPublishing();
}

bool PublishPage::mayClose()
{
    if (!isPublishing())
        return true;
    askToStop();
    return false;
}

QWidget *PublishPage::firstField()
{
    return ui->planView;
}

/// The hidden face asks for no room.
void PublishPage::showFace(QWidget *face)
{
    for (QWidget *one : {ui->planFace, ui->workFace}) {
        const auto room = one == face ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        one->setSizePolicy(room, room);
    }
    ui->faces->setCurrentWidget(face);
}

void PublishPage::plan()
{
    if (m_session.aim() == Session::Aim::Undo) {
        undo();
        return;
    }
    m_task = m_session.aim() == Session::Aim::Remove ? Task::Remove : Task::Publish;
    compare(tr("Changes for %1").arg(isolated(m_session.domain().display())),
            tr("Nothing has been changed yet. The button makes exactly these changes, in this "
               "order. Lines with + are new, lines with − go away."));
}

/// What is live counts as of now, and the guards want a check of now.
void PublishPage::compare(const QString &title, const QString &subtitle)
{
    showFace(ui->planFace);
    ui->titleLabel->setText(title);
    ui->subtitleLabel->setText(subtitle);
    ui->banner->tell(Severity::Info, tr("Comparing with what is live…"));
    ui->adviceList->tell({});
    ui->planView->clear();
    ui->planDetail->hide();
    m_parts.clear();
    m_isWaiting = true;
    m_publisher.dropPlan();
    m_session.look();
    showButtons();
}

void PublishPage::showPlan()
{
    const Publisher::Prepared &made = *m_publisher.prepared();
    m_parts = made.error ? QList<PlanPart>() : planParts(made.plan, made.live);
    ui->titleLabel->setText(planTitle(made, writes(m_parts)));
    ui->planView->show(m_parts);
    ui->planDetail->setVisible(!m_parts.isEmpty());
    showPart();
    showPlanBanner();
    showButtons();
    announce(ui->titleLabel);
}

void PublishPage::showPart()
{
    const int row = ui->planView->currentPart();
    if (row >= 0 && row < m_parts.size())
        ui->planDetail->show(m_parts.at(row), m_session.wanted(), panelForm(m_session.survey()));
}

void PublishPage::showPlanBanner()
{
    const Publisher::Prepared &made = *m_publisher.prepared();
    QList<Issue> issues = made.plan.blockers;
    if (!made.isUndo() && !made.isDeletion())
        issues += advice(m_session.choices(), m_session.survey(), m_session.report(),
                         m_session.wanted().isDelegated() ? AdviceAbout::Reports
                                                          : AdviceAbout::Everything,
                         m_session.kept(), m_session.now());
    ui->adviceList->show(issues, toldOf(made.against));
    const PublishWords words = planWords(made);
    if (words.text.isEmpty())
        ui->banner->clear();
    else
        ui->banner->tell(words.severity, words.text,
                         words.severity == Severity::Ok ? QString() : tr("C&ompare again"));
}

bool PublishPage::isNewlyEnforced() const
{
    return !isUndo() && m_publisher.prepared()->wanted.policy.mode == Policy::Mode::Enforce &&
           circumstances(m_session.survey()).liveMode != Policy::Mode::Enforce;
}

/// Two questions at most, and only where mail is at stake.
void PublishPage::ask()
{
    const Publisher::Prepared &made = *m_publisher.prepared();
    if (!made.against.isEmpty()) {
        auto *dialog = new OverrideDialog(m_session.domain(), made.against, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this,
                [this, against = made.against] { publish(against); });
        dialog->open();
    } else if (isNewlyEnforced()) {
        QMessageBox *box = enforceQuestion(made.wanted, this);
        connect(box, &QMessageBox::accepted, this, [this] { publish({}); });
        box->open();
    } else {
        publish({});
    }
}

void PublishPage::publish(const QList<Finding> &overridden)
{
    ui->stepsView->begin(m_publisher.prepared()->plan);
    m_publisher.publish(overridden);
    ui->titleLabel->setText(workTitle(*m_publisher.prepared()));
    ui->subtitleLabel->setText(
            tr("Each step is proven before the next begins. You can stop between two steps, and go "
               "on later."));
    ui->banner->clear();
    ui->adviceList->tell({});
    showFace(ui->workFace);
    showSteps();
    showButtons();
    ui->stepsView->setFocus();
    announce(ui->titleLabel);
}

void PublishPage::showOutcome()
{
    const Publisher::Done &done = *m_publisher.done();
    showSteps();
    showFace(ui->workFace);
    ui->titleLabel->setText(outcomeTitle(done, *m_publisher.prepared()));
    ui->subtitleLabel->setText(done.journal.isEmpty()
                                       ? tr("Nothing was sent.")
                                       : tr("What was done is written down in %1")
                                                 .arg(isolated(printable(done.journal))));
    const PublishWords words = outcomeWords(done, *m_publisher.prepared());
    ui->banner->tell(words.severity, words.text);
    showButtons();
    announce(ui->titleLabel);
}

void PublishPage::showButtons()
{
    const auto &done = m_publisher.done();
    const auto &made = m_publisher.prepared();
    const bool isIdle = !m_isWaiting && m_publisher.phase() == Publisher::Phase::Idle;
    ui->stopButton->setVisible(isPublishing());
    ui->againButton->setVisible(isIdle && done && !isOver());
    const bool wasDone = done && (done->outcome.isHostDone || !done->outcome.done.isEmpty() ||
                                  done->outcome.state == Outcome::State::Unknown);
    ui->undoButton->setVisible(isIdle && !isUndo() &&
                               (wasDone || (!done && made && made->canUndoLast)));
    ui->undoButton->setText(done ? tr("&Undo what was done…") : tr("&Undo the last publishing…"));
    Q_EMIT changed();
}

void PublishPage::showSteps()
{
    const int ended = ui->stepsView->show(m_publisher.events(), isPublishing());
    const int all = ui->stepsView->topLevelItemCount();
    ui->progressBar->setRange(0, all);
    ui->progressBar->setValue(ended);
    ui->progressBar->setFormat(tr("%1 of %2 steps").arg(ended).arg(all));
}

void PublishPage::askToStop()
{
    QMessageBox *box = stopQuestion(this);
    connect(box, &QMessageBox::accepted, &m_publisher, &Publisher::stop);
    connect(&m_publisher, &Publisher::published, box, &QMessageBox::close);
    box->open();
}

void PublishPage::undo()
{
    m_task = Task::Undo;
    compare(tr("Putting back for %1").arg(isolated(m_session.domain().display())),
            tr("Nothing has been changed yet. The button puts back exactly this, as far as nobody "
               "has changed it since."));
}
