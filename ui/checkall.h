// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Checks a list of domains, eight at a time. One that fails never stops the rest; results are kept as
// they arrive.

#include "session.h"

#include <memory>
#include <vector>

class KeptDomains;

class CheckAll : public QObject
{
    Q_OBJECT
public:
    explicit CheckAll(KeptDomains &kept, QObject *parent = nullptr);
    ~CheckAll() override; // cancels and waits

    void setEngine(const Engine &engine) { m_engine = engine; } // for checks started from now on
    void start(const QList<DomainName> &domains);
    void stop(); // ended() follows when the last has let go
    [[nodiscard]] QDateTime now() const { return m_engine.now(); } // UTC
    [[nodiscard]] bool isRunning() const { return m_running > 0 || !m_waiting.isEmpty(); }
    [[nodiscard]] int done() const { return m_done; }
    [[nodiscard]] int total() const { return m_total; }

Q_SIGNALS:
    void queued(const DomainName &domain);
    void began(const DomainName &domain);
    void left(const DomainName &domain); // done, stopped or never begun
    void progressed();
    void ended(int unanswered); // domains of which nothing was learnt

private:
    struct Outcome
    {
        Survey survey;
        Report report;
    };
    struct Lane
    {
        QFutureWatcher<Outcome> watcher;
        DomainName domain;
    };
    void startNext(Lane &lane);
    void take(Lane &lane);

    KeptDomains &m_kept;
    Engine m_engine;
    Cancel m_cancel;
    QList<DomainName> m_waiting;
    std::vector<std::unique_ptr<Lane>> m_lanes;
    QThreadPool m_pool;
    int m_running = 0;
    int m_done = 0;
    int m_total = 0;
    int m_unanswered = 0;
};
