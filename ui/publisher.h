// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Publishing for the domain of the session: a token tried, a plan made, a plan carried out; each in a
// worker, one at a time. Pages ask and listen; none waits.

#include "dnssecjobs.h"
#include "publishjobs.h"
#include "session.h"
#include "tokens.h"

class Publisher : public QObject
{
    Q_OBJECT
public:
    enum class Phase { Idle, Testing, Planning, Publishing };
    enum class Keep { AsItIs, InKeyStore, ForThisRun };

    using Tested = TestedToken;
    using Prepared = PreparedPush;
    using Done = DonePush;

    Publisher(Session &session, const QString &folder, QObject *parent = nullptr);
    ~Publisher() override; // cancels; what has been sent is waited for

    [[nodiscard]] Tokens &tokens() { return m_tokens; }
    void setDoors(const PublishDoors &doors); // for work from now on
    void openTokenPage(const QUrl &page) const { m_doors.openTokenPage(page); } // in a browser
    [[nodiscard]] Phase phase() const { return m_phase; }
    /// The token has opened the zone of this domain: what is left to do is done with it.
    [[nodiscard]] bool isReady() const { return m_ready.has_value(); }
    [[nodiscard]] const ProviderInfo *service() const; // of isReady()
    /// What the window for DNSSEC of the zone of `name` works with; the service only while isReady().
    [[nodiscard]] DnssecDoors dnssecDoors(const QByteArray &name) const;
    /// The service serves the policy file, too, as it was chosen.
    [[nodiscard]] bool hostsFile() const;
    [[nodiscard]] const std::optional<Tested> &tested() const { return m_tested; }
    [[nodiscard]] const std::optional<Prepared> &prepared() const { return m_prepared; }
    [[nodiscard]] const std::optional<Done> &done() const { return m_done; }
    [[nodiscard]] const QList<PushEvent> &events() const { return m_events; } // of the present push

    /// An empty secret: the one that is kept. testEnded() when it is tested and kept.
    void test(const Account &account, Secret typed, Keep keep);
    /// No service, and nothing more of this domain. What is being sent is not abandoned.
    void byHand();
    void dropPlan(); // and what came of it: what is live may be another by now
    /// The folder of what was pushed from this computer.
    [[nodiscard]] QString journals() const { return m_journals; }
    /// The folder of changes of keys under way; the command line has the same.
    [[nodiscard]] QString rollovers() const { return m_rollovers; }
    /// Which push Task::Undo takes back, its journal; empty: the last one. Until another domain comes.
    void setUndone(const QString &journal) { m_undone = journal; }
    void makePlan(Prepared::Task task);
    /// Carries out what was prepared; `overridden`: what it was done in spite of.
    void publish(const QList<Finding> &overridden);
    void stop(); // between two steps

Q_SIGNALS:
    void changed(); // phase(), isReady()
    void testEnded();
    void planned();
    void stepped(); // events() has more
    void published();

private:
    struct Ready
    {
        Account account;
        Secret secret;
    };
    void begin(Phase phase);
    void end();
    void takeSecret();
    void startTest(const Account &account, const Secret &secret);
    void takeTest();
    void takePlan();
    void takePush();
    [[nodiscard]] Service::Host host() const;

    Session &m_session;
    QString m_journals, m_rollovers;
    QString m_undone; // a journal's path
    Tokens m_tokens;
    PublishDoors m_doors;
    Phase m_phase = Phase::Idle;
    Cancel m_cancel;
    std::optional<Ready> m_ready;
    std::optional<Ready> m_trying;
    Keep m_keep = Keep::AsItIs;
    std::optional<Tested> m_tested;
    std::optional<Prepared> m_prepared;
    std::optional<Done> m_done;
    QList<PushEvent> m_events;
    QThreadPool m_pool;
    QFutureWatcher<Tested> m_testWatcher;
    QFutureWatcher<Prepared> m_planWatcher;
    QFutureWatcher<PushEvent> m_pushWatcher;
    std::shared_ptr<Done> m_doneBox; // filled by the worker before its future ends
};
