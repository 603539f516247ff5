// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "publisher.h"

#include "draft.h"
#include "store/policyid.h"

#include <QDir>
#include <QtConcurrentRun>

namespace {

/// For a worker's closure, which must be copyable.
std::shared_ptr<Secret> shared(const Secret &secret)
{
    return std::make_shared<Secret>(secret.copy());
}

} // namespace

Publisher::Publisher(Session &session, const QString &folder, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_journals(QDir(folder).filePath(QStringLiteral("journals")))
    , m_rollovers(QDir(folder).filePath(QStringLiteral("rollovers")))
    , m_tokens(folder, {})
{
    m_pool.setMaxThreadCount(1);
    setDoors(session.engine().publish);
    connect(&m_tokens, &Tokens::got, this, &Publisher::takeSecret);
    connect(&m_tokens, &Tokens::kept, this, [this] {
        if (m_phase != Phase::Testing || !m_ready)
            return; // asked for something else meanwhile
        if (!m_tokens.result())
            m_tested->notKept = m_tokens.result().error();
        end();
        Q_EMIT testEnded();
    });
    connect(&m_tokens, &Tokens::forgot, this, [this] {
        if (!m_ready || m_phase == Phase::Publishing)
            return;
        const QList<Account> left = m_tokens.accounts();
        const bool isLeft = std::any_of(left.begin(), left.end(), [this](const Account &one) {
            return one.isFor(m_ready->account);
        });
        if (!isLeft)
            byHand();
    });
    connect(&m_testWatcher, &QFutureWatcherBase::finished, this, &Publisher::takeTest);
    connect(&m_planWatcher, &QFutureWatcherBase::finished, this, &Publisher::takePlan);
    connect(&m_pushWatcher, &QFutureWatcherBase::resultReadyAt, this, [this](int index) {
        m_events.append(m_pushWatcher.resultAt(index));
        Q_EMIT stepped();
    });
    connect(&m_pushWatcher, &QFutureWatcherBase::finished, this, &Publisher::takePush);
    connect(&session, &Session::domainChanged, this, [this] {
        m_undone.clear();
        byHand();
    });
}

Publisher::~Publisher()
{
    m_cancel.cancel();
    m_pool.waitForDone();
}

void Publisher::setDoors(const PublishDoors &doors)
{
    m_doors = doors;
    m_tokens.setKeys(doors.keys);
}

const ProviderInfo *Publisher::service() const
{
    return m_ready ? providerInfo(m_ready->account.provider) : nullptr;
}

DnssecDoors Publisher::dnssecDoors(const QByteArray &name) const
{
    DnssecDoors doors{name, m_doors.zoneAbove, m_doors.delegation, {}, service()};
    if (m_ready)
        doors.service = [open = m_doors.open, account = m_ready->account,
                         secret = shared(m_ready->secret)] {
            return open(account, secret->copy());
        };
    return doors;
}

Service::Host Publisher::host() const
{
    if (m_session.aim() == Session::Aim::Remove) // nobody was asked where the file lives
        return Service::Host::Auto;
    return m_session.wanted().isWorker() ? Service::Host::Service : Service::Host::Elsewhere;
}

bool Publisher::hostsFile() const
{
    if (!service() || !service()->isPolicyHost)
        return false;
    if (host() == Service::Host::Auto && m_prepared && !m_prepared->error)
        return m_prepared->plan.host.has_value(); // it has been asked
    return host() != Service::Host::Elsewhere;
}

void Publisher::begin(Phase phase)
{
    m_cancel = Cancel();
    m_phase = phase;
    Q_EMIT changed();
}

void Publisher::end()
{
    m_phase = Phase::Idle;
    Q_EMIT changed();
}

void Publisher::stop()
{
    m_cancel.cancel();
}

/// What is being sent is not abandoned: it belongs to the domain that it was begun for.
void Publisher::byHand()
{
    if (m_phase == Phase::Publishing)
        return;
    m_cancel.cancel();
    m_testWatcher.setFuture({});
    m_planWatcher.setFuture({});
    m_trying.reset();
    m_tested.reset();
    m_ready.reset();
    dropPlan();
    end();
}

void Publisher::test(const Account &account, Secret typed, Keep keep)
{
    if (m_phase == Phase::Publishing)
        return;
    byHand();
    m_keep = keep;
    m_trying = Ready{account, std::move(typed)};
    begin(Phase::Testing);
    if (m_trying->secret.isEmpty())
        m_tokens.fetch(account);
    else
        startTest(account, m_trying->secret);
}

void Publisher::takeSecret()
{
    Result<Secret> secret = m_tokens.takeFetched();
    if (m_phase != Phase::Testing || !m_trying)
        return; // asked for something else meanwhile
    if (secret) {
        m_trying->secret = std::move(*secret);
        startTest(m_trying->account, m_trying->secret);
        return;
    }
    m_tested = Tested{m_trying->account, {}, secret.error(), {}};
    m_trying.reset();
    end();
    Q_EMIT testEnded();
}

void Publisher::startTest(const Account &account, const Secret &secret)
{
    const auto job = [doors = m_doors, account, secret = shared(secret), host = host(),
                      domain = m_session.domain(), cancel = m_cancel] {
        return testToken(doors, account, *secret, domain, host, cancel);
    };
    m_testWatcher.setFuture(QtConcurrent::run(&m_pool, job));
}

void Publisher::takeTest()
{
    if (m_phase != Phase::Testing || !m_trying || m_testWatcher.future().resultCount() == 0)
        return;
    m_tested = m_testWatcher.result();
    const bool isGood = m_tested->facts && m_tested->facts->missing.isEmpty();
    if (!isGood) {
        m_trying.reset();
        end();
        Q_EMIT testEnded();
        return;
    }
    m_ready = std::move(m_trying);
    m_trying.reset();
    if (m_keep == Keep::InKeyStore) { // it may ask for a password: kept() says that it has ended
        m_tokens.keep(m_ready->account, m_ready->secret);
        return;
    }
    if (m_keep == Keep::ForThisRun)
        m_tokens.holdForThisRun(m_ready->account, m_ready->secret);
    end();
    Q_EMIT testEnded();
}

void Publisher::dropPlan()
{
    m_prepared.reset();
    m_done.reset();
    m_events.clear();
}

void Publisher::makePlan(Prepared::Task task)
{
    if (!m_ready || m_phase != Phase::Idle)
        return;
    const LiveState live = liveState(m_session.survey());
    const QDateTime at = m_session.survey().at;
    if (task == Prepared::Task::Remove) {
        m_session.settleRemoval();
    } else if (task == Prepared::Task::Publish) {
        Choices choices = m_session.choices();
        takeId(choices, m_session.kept(), live, at);
        m_session.setChoices(choices);
        m_session.setChoices(
                handedOver(choices, m_session.wanted())); // the id that will be written
    }
    Prepared begun;
    begun.wanted = m_session.wanted();
    begun.live = live;
    begun.task = task;
    begun.removal = m_session.removal();
    PushFacts facts{
            host(), m_journals, m_undone, m_session.report(), {}, m_session.kept().cachedUntil, at};
    for (const Issue &issue : advice(m_session.choices(), m_session.survey(), m_session.report(),
                                     AdviceAbout::Everything, m_session.kept(), m_session.now()))
        facts.advised.append(toFinding(issue, Group::Policy, m_session.domain().display()));
    dropPlan();
    begin(Phase::Planning);
    const auto job = [doors = m_doors, account = m_ready->account, begun, facts,
                      secret = shared(m_ready->secret), cancel = m_cancel] {
        return preparePush(doors, account, *secret, begun, facts, cancel);
    };
    m_planWatcher.setFuture(QtConcurrent::run(&m_pool, job));
}

void Publisher::takePlan()
{
    if (m_phase != Phase::Planning || m_planWatcher.future().resultCount() == 0)
        return;
    m_prepared = m_planWatcher.result();
    end();
    Q_EMIT planned();
}

void Publisher::publish(const QList<Finding> &overridden)
{
    if (!m_ready || !m_prepared || m_prepared->error || m_phase != Phase::Idle)
        return;
    m_events.clear();
    m_done.reset();
    m_doneBox = std::make_shared<Done>();
    begin(Phase::Publishing);
    const auto job = [box = m_doneBox, overridden, doors = m_doors, account = m_ready->account,
                      secret = shared(m_ready->secret), plan = m_prepared->plan,
                      journals = m_journals, at = m_session.now(),
                      cancel = m_cancel](QPromise<PushEvent> &promise) {
        *box = carryOut(doors, account, *secret, plan, journals, at, overridden, cancel,
                        [&](const PushEvent &event) { promise.addResult(event); });
    };
    m_pushWatcher.setFuture(QtConcurrent::run(&m_pool, job));
}

void Publisher::takePush()
{
    if (m_phase != Phase::Publishing || !m_doneBox)
        return;
    m_done = *m_doneBox;
    m_doneBox.reset();
    end();
    Q_EMIT published();
}
