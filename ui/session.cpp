// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include "deploy/proposal.h"
#include "draft.h"
#include "store/policyid.h"

#include <QPromise>
#include <QtConcurrentRun>

#include <mutex>

namespace {

constexpr int BatchMs = 50; // results reach the window at most this often

Choices proposal(const Survey &survey, Session::Aim aim)
{
    return aim == Session::Aim::Remove ? switchedOffChoices(survey) : proposedChoices(survey);
}

} // namespace

struct Session::Mailbox
{
    std::mutex mutex;
    Survey newest;

    void put(Survey survey)
    {
        const std::lock_guard lock(mutex);
        std::swap(newest, survey); // the old one is freed by whoever puts, after the lock
    }
    Survey take()
    {
        const std::lock_guard lock(mutex);
        return newest;
    }
};

Session::Session(Engine engine, QObject *parent)
    : QObject(parent)
    , m_engine(std::move(engine))
{
    m_pool.setMaxThreadCount(8); // a look that was cancelled may still be on its way out
    m_batch.setSingleShot(true);
    m_batch.setInterval(BatchMs);
    connect(&m_lookWatcher, &QFutureWatcherBase::resultReadyAt, this, [this] {
        if (!m_batch.isActive())
            m_batch.start();
    });
    connect(&m_lookWatcher, &QFutureWatcherBase::finished, this, &Session::takeSurvey);
    connect(&m_batch, &QTimer::timeout, this, &Session::takeSurvey);
    connect(&m_judgeWatcher, &QFutureWatcherBase::finished, this, &Session::takeReport);
}

Session::~Session()
{
    abandon();
    m_pool.waitForDone();
}

void Session::setDomain(const DomainName &domain)
{
    if (domain == m_domain)
        return;
    abandon();
    m_domain = domain;
    m_survey = {};
    m_report = {};
    m_keptBefore = m_keptAfter = {};
    m_choices = {};
    m_kept = {};
    m_choicesAreTheUsers = false;
    m_isDaneAsked = false;
    m_aim = Aim::SetUp;
    m_removal = {};
    m_isOutdated = false;
    Q_EMIT domainChanged();
}

void Session::setEngine(Engine engine)
{
    m_engine = std::move(engine);
}

void Session::setChoices(const Choices &choices)
{
    m_choicesAreTheUsers = true;
    if (choices == m_choices)
        return;
    m_choices = choices;
    m_changedAt = now();
    Q_EMIT choicesChanged();
}

void Session::dropChoices()
{
    m_choicesAreTheUsers = false;
    take(m_report.finished ? proposal(m_survey, m_aim) : Choices());
}

void Session::setAim(Aim aim)
{
    if (aim == m_aim)
        return;
    m_aim = aim;
    m_removal = {};
    dropChoices();
    Q_EMIT aimChanged();
}

void Session::settleRemoval()
{
    const LiveState live = liveState(m_survey);
    Choices choices = m_choices;
    takeId(choices, m_kept, live, m_survey.at);
    const Deployment off = deployment(choices, live, m_changedAt);
    m_removal =
            removalOf(live, {off.id == live.stsId, m_kept.cachedUntil, m_kept.wasOn}, m_survey.at);
    if (m_removal.step == Removal::Step::SwitchOff)
        setChoices(handedOver(choices, off));
}

void Session::take(const Choices &proposed)
{
    m_changedAt = now();
    if (m_choicesAreTheUsers)
        return;
    m_choices = proposed;
    Q_EMIT choicesChanged();
}

Deployment Session::wanted() const
{
    const Deployment wanted = deployment(m_choices, liveState(m_survey), m_changedAt);
    return isAnnouncedOff(m_removal.step) ? withoutPolicy(wanted) : wanted;
}

void Session::look()
{
    abandon();
    if (m_domain.isEmpty())
        return;
    m_cancel = Cancel();
    m_looking = true;
    m_isOutdated = false;
    m_mailbox = std::make_shared<Mailbox>();
    const auto job = [look = m_engine.look, domain = m_domain, cancel = m_cancel,
                      box = m_mailbox](QPromise<int> &promise) {
        int number = 0;
        Survey last = look(domain, cancel, [&](const Survey &soFar) {
            box->put(soFar);
            promise.addResult(++number);
        });
        last.finished = true;
        box->put(std::move(last));
        promise.addResult(++number);
    };
    m_lookWatcher.setFuture(QtConcurrent::run(&m_pool, job));
    Q_EMIT lookStarted();
}

void Session::stop()
{
    m_cancel.cancel();
}

/// From here on nothing of the present run reaches the pages: a watcher that is given another future
/// drops what the old one still sends.
void Session::abandon()
{
    m_cancel.cancel();
    m_batch.stop();
    m_newSurvey = false;
    m_looking = false;
    m_lookWatcher.setFuture({});
    m_judgeWatcher.setFuture({});
}

void Session::takeSurvey()
{
    if (!m_looking || m_lookWatcher.future().resultCount() == 0)
        return;
    m_survey = m_mailbox->take();
    m_newSurvey = true;
    startJudge();
    Q_EMIT surveyed();
}

/// One judge at a time: while it works newer surveys wait, and only the newest is judged next.
void Session::startJudge()
{
    if (!m_newSurvey || m_judgeWatcher.isRunning())
        return;
    m_newSurvey = false;
    m_judgeWatcher.setFuture(QtConcurrent::run(
            &m_pool, [judge = m_engine.judge, survey = m_survey, kept = m_kept, aim = m_aim] {
                Judged judged{judge(survey, kept.lastSeen()), proposal(survey, aim), kept, kept};
                if (judged.report.finished)
                    judged.keptAfter = afterCheck(kept, survey, judged.report);
                return judged;
            }));
}

Session::Learnt Session::learnt() const
{
    return [before = m_keptBefore, after = m_keptAfter, survey = m_survey,
            report = m_report](const KeptDomain &kept) {
        return kept == before ? after : afterCheck(kept, survey, report);
    };
}

void Session::takeReport()
{
    if (!m_looking || m_judgeWatcher.future().resultCount() == 0)
        return;
    const Judged taken = m_judgeWatcher.result();
    m_report = taken.report;
    m_keptBefore = taken.keptBefore;
    m_keptAfter = taken.keptAfter;
    take(taken.proposed);
    if (m_report.finished)
        m_looking = false;
    Q_EMIT judged();
    if (!m_looking)
        Q_EMIT lookEnded();
    else
        startJudge();
}
