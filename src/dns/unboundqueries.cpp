// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Locks: m_mutex is held while libunbound is asked and while its results are taken in; libunbound
// itself holds no lock while it calls back, so the order is always ours first.
#include "dns/unboundqueries.h"

#include "base/printable.h"
#include "dns/record.h"
#include "dns/unboundanswer.h"

#include <unbound.h>

#include <chrono>
#ifdef Q_OS_UNIX
#include <poll.h>
#endif

namespace {

constexpr int InternetClass = 1;

struct ResultFree
{
    void operator()(ub_result *result) const { ub_resolve_free(result); }
};
using ResultPointer = std::unique_ptr<ub_result, ResultFree>;

DnsAnswer failedAnswer(const QByteArray &name, RecordType type, const QString &why)
{
    DnsAnswer answer;
    answer.name = name;
    answer.type = type;
    answer.canonicalName = name;
    answer.why = why;
    return answer;
}

} // namespace

UnboundQueries::~UnboundQueries()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
        m_work.notify_all();
    }
    if (m_dispatcher.joinable())
        m_dispatcher.join();
    m_made.context.reset(); // no callbacks come after this, so whatever is left must be ended here
    for (const auto &[query, owned] : m_queries)
        owned->pending.finish(
                failedAnswer(owned->name, owned->type, QStringLiteral("the resolver was closed")));
}

const UnboundContext &UnboundQueries::made()
{
    std::call_once(m_opened, [this] {
        m_made = makeUnboundContext(m_options);
        if (m_made.context)
            m_dispatcher = std::thread([this] { run(); });
    });
    return m_made;
}

void UnboundQueries::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        if (m_queries.empty()) {
            m_work.wait(lock, [this] { return m_stop || !m_queries.empty(); });
            continue;
        }
        lock.unlock();
        if (waitForResults())
            ub_process(m_made.context.get());
        endLate();
        lock.lock();
    }
}

bool UnboundQueries::waitForResults() const
{
#ifdef Q_OS_UNIX
    pollfd descriptor{ub_fd(m_made.context.get()), POLLIN, 0};
    return poll(&descriptor, 1, CancelSliceMs) > 0;
#else
    // ub_fd() is -1 on Windows.
    if (ub_poll(m_made.context.get()))
        return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return false;
#endif
}

/// Only the dispatcher thread cancels and processes, so a cancelled query cannot call back anymore.
void UnboundQueries::endLate()
{
    const std::lock_guard lock(m_mutex);
    if (!m_nextSweep.hasExpired())
        return;
    m_nextSweep.setRemainingTime(CancelSliceMs);
    QList<Query *> late;
    for (const auto &[query, owned] : m_queries) {
        if (query->deadline.hasExpired())
            late.append(query);
    }
    for (Query *query : std::as_const(late)) {
        ub_cancel(m_made.context.get(), query->id);
        DnsAnswer answer = query->first;
        if (query->stage == Stage::Question)
            answer.why = QStringLiteral("no answer within %1 seconds")
                                 .arg((m_options.lookupMs + 999) / 1000);
        answer.security = Security::Unknown; // a bogus answer whose second look did not end
        end(*query, answer);
    }
}

int UnboundQueries::ask(Query &query, const QByteArray &name, RecordType type) const
{
    return ub_resolve_async(m_made.context.get(), name.constData(), int(type), InternetClass,
                            &query, &UnboundQueries::onResult, &query.id);
}

void UnboundQueries::askAgain(Query &query, Stage stage, const QByteArray &name, RecordType type)
{
    query.stage = stage;
    if (stage == Stage::Aliases)
        query.chain.append(name);
    if (ask(query, name, type) != 0) {
        query.first.security = Security::Unknown;
        end(query, query.first);
    }
}

void UnboundQueries::end(Query &query, DnsAnswer answer)
{
    // A failure to set up TLS is the reason behind the failure the library sees.
    for (const auto &bridge : m_made.bridges) {
        const QString problem = bridge->problem();
        if (!answer.isKnown() && !problem.isEmpty())
            answer.why = QStringLiteral("DNS over TLS to %1: %2")
                                 .arg(printable(m_options.tlsName), problem);
    }
    query.pending.finish(std::move(answer));
    m_queries.erase(&query);
}

void UnboundQueries::onResult(void *argument, int error, ub_result *result)
{
    const ResultPointer owned(result);
    Query &query = *static_cast<Query *>(argument);
    UnboundQueries &self = *query.owner;
    const std::lock_guard lock(self.m_mutex);
    self.take(query, error, owned.get());
}

void UnboundQueries::take(Query &query, int error, const ub_result *result)
{
    const bool have = error == 0 && result;
    if (query.stage == Stage::Question && !have) {
        end(query, failedAnswer(query.name, query.type, printable(QByteArray(ub_strerror(error)))));
        return;
    }
    if (query.stage == Stage::Question) {
        takeQuestion(query, *result);
        return;
    }
    const DnsAnswer answer = have ? answerFrom(*result, m_made.validating) : DnsAnswer();
    if (query.stage == Stage::RootKey)
        takeRootKey(query, answer);
    else
        takeAlias(query, answer);
}

void UnboundQueries::takeQuestion(Query &query, const ub_result &result)
{
    DnsAnswer answer = answerFrom(result, m_made.validating);
    answer.name = query.name;
    if (!answer.isAlias() || answer.canonicalName.isEmpty())
        answer.canonicalName = query.name;
    const QByteArray packet(static_cast<const char *>(result.answer_packet), result.answer_len);
    if (answer.isKnown() && query.type != RecordType::CNAME &&
        aliasesInPacket(packet) > Limits::CnameChain) {
        end(query,
            failedAnswer(query.name, query.type,
                         QStringLiteral("more than %1 aliases in a row").arg(Limits::CnameChain)));
        return;
    }
    query.first = answer;
    if (answer.security == Security::Bogus)
        askAgain(query, Stage::RootKey, QByteArrayLiteral("."), RecordType::DNSKEY);
    else if (!answer.isKnown() && isWorthAWalk(query))
        askAgain(query, Stage::Aliases, query.name, RecordType::CNAME);
    else
        end(query, answer);
}

/// A loop of aliases fails at once; what failed slowly has unreachable servers, and asking them
/// again would only make everybody wait.
bool UnboundQueries::isWorthAWalk(const Query &query) const
{
    return query.type != RecordType::CNAME && query.name != "." &&
           query.deadline.remainingTime() > m_options.lookupMs * 2 / 3;
}

/// RFC 4035 4.9.3: where not even the root's key validates, the network strips DNSSEC, and a bogus
/// answer says nothing about the domain (DNS-15).
void UnboundQueries::takeRootKey(Query &query, const DnsAnswer &answer)
{
    DnsAnswer told = query.first;
    if (!answer.isFound() || answer.security != Security::Secure) {
        told.security = Security::Unknown;
        told.why = QStringLiteral("DNSSEC cannot be validated through this name server");
    }
    end(query, told);
}

void UnboundQueries::takeAlias(Query &query, const DnsAnswer &answer)
{
    const QByteArray target = targets(answer).value(0);
    if (target.isEmpty()) {
        end(query, query.first);
    } else if (query.chain.contains(target)) {
        query.first.why =
                QStringLiteral("alias loop: %1 leads back to itself").arg(printable(target));
        end(query, query.first);
    } else if (query.chain.size() > Limits::CnameChain) {
        query.first.why = QStringLiteral("more than %1 aliases in a row").arg(Limits::CnameChain);
        end(query, query.first);
    } else {
        askAgain(query, Stage::Aliases, target, RecordType::CNAME);
    }
}

PendingAnswer UnboundQueries::start(const QByteArray &name, RecordType type)
{
    const QByteArray normal = normalName(name);
    const auto [pending, isNew] = m_shared.join(normal, type);
    if (!isNew)
        return pending;
    auto query = std::make_unique<Query>();
    query->owner = this;
    query->name = normal;
    query->type = type;
    query->deadline = QDeadlineTimer(m_options.lookupMs);
    query->first = failedAnswer(query->name, type, {});
    query->pending = pending;

    if (!isLegalName(query->name)) {
        pending.finish(failedAnswer(query->name, type, QStringLiteral("not a legal DNS name")));
        return pending;
    }
    if (!made().context) {
        pending.finish(failedAnswer(query->name, type, m_made.problems.join(QLatin1Char(' '))));
        return pending;
    }
    // The lock is held while asking, so that the result cannot be handed on before `id` is set.
    const std::lock_guard lock(m_mutex);
    if (const int error = ask(*query, query->name, type); error != 0) {
        pending.finish(failedAnswer(query->name, type, printable(QByteArray(ub_strerror(error)))));
        return pending;
    }
    Query *key = query.get();
    m_queries.emplace(key, std::move(query));
    m_work.notify_all();
    return pending;
}
