// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The questions under way at one libunbound context. Any thread asks; one dispatcher thread hands
// results on and ends what is late. Two kinds of failure are looked at a second time before they
// are told: bogus (does the path carry DNSSEC at all?) and a plain failure (is it a loop of
// aliases?).

#include "dns/sharedanswers.h"
#include "dns/unboundcontext.h"

#include <thread>
#include <unordered_map>

struct ub_result;

class UnboundQueries
{
public:
    explicit UnboundQueries(const ResolverOptions &options)
        : m_options(options)
    {
    }
    UnboundQueries(const UnboundQueries &) = delete;
    UnboundQueries &operator=(const UnboundQueries &) = delete;
    ~UnboundQueries(); // ends what is under way as Failed

    [[nodiscard]] PendingAnswer start(const QByteArray &name, RecordType type);
    [[nodiscard]] const ResolverOptions &options() const { return m_options; }
    [[nodiscard]] const UnboundContext &made(); // made at the first call, never at the start

private:
    enum class Stage {
        Question,
        RootKey, // the answer was bogus
        Aliases, // the answer was a failure: walk the aliases one by one
    };
    struct Query
    {
        UnboundQueries *owner = nullptr;
        PendingAnswer pending;
        QByteArray name;
        RecordType type = RecordType::A;
        QDeadlineTimer deadline;
        int id = 0;
        Stage stage = Stage::Question;
        DnsAnswer first;         // what the question gave, kept while a second look is under way
        QList<QByteArray> chain; // names walked
    };
    using Queries = std::unordered_map<Query *, std::unique_ptr<Query>>;

    void run();
    bool waitForResults() const;
    void endLate();
    [[nodiscard]] int ask(Query &query, const QByteArray &name, RecordType type) const;
    void askAgain(Query &query, Stage stage, const QByteArray &name, RecordType type);
    void end(Query &query, DnsAnswer answer);
    void take(Query &query, int error, const ub_result *result);
    void takeQuestion(Query &query, const ub_result &result);
    [[nodiscard]] bool isWorthAWalk(const Query &query) const;
    void takeRootKey(Query &query, const DnsAnswer &answer);
    void takeAlias(Query &query, const DnsAnswer &answer);
    static void onResult(void *argument, int error, ub_result *result);

    const ResolverOptions m_options;
    std::once_flag m_opened;
    UnboundContext m_made;
    SharedAnswers m_shared;

    std::mutex m_mutex; // guards all below; libunbound holds no lock of its own while it calls back
    std::condition_variable m_work;
    Queries m_queries;
    QDeadlineTimer m_nextSweep;
    bool m_stop = false;
    std::thread m_dispatcher;
};
