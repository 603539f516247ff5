// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The door to the DNS. A failure is an answer too.

#include "base/cancel.h"
#include "dns/answer.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

/// Seconds that "no such record" is believed, whatever its TTL: people look again right after they add
/// one.
inline constexpr int LongestAbsence = 30;

/// An answer on its way; copies share it. Safe from any thread.
class PendingAnswer
{
public:
    struct State
    {
        std::mutex mutex;
        std::condition_variable ready;
        bool done = false;
        std::chrono::steady_clock::time_point at; // when it was done
        DnsAnswer answer;
    };
    PendingAnswer()
        : m_state(std::make_shared<State>())
    {
    }
    explicit PendingAnswer(std::shared_ptr<State> state)
        : m_state(std::move(state))
    {
    }
    /// Blocks this thread only; a cancelled wait returns a Failed answer within CancelSliceMs.
    [[nodiscard]] DnsAnswer wait(const Cancel &cancel) const;
    [[nodiscard]] bool isDone() const;
    /// Under way, or an answer whose TTL (or LongestAbsence) has not run out. A failure is no answer.
    [[nodiscard]] bool isCurrent(std::chrono::steady_clock::time_point now) const;
    void finish(DnsAnswer answer) const; // for resolvers; the first call counts
private:
    std::shared_ptr<State> m_state;
};

class Resolver
{
public:
    Resolver() = default;
    Resolver(const Resolver &) = delete;
    Resolver &operator=(const Resolver &) = delete;
    virtual ~Resolver() = default;

    /// Asks at once and returns; any number may be under way. `name` in presentation form.
    /// Contract: always finishes, within Limits::DnsLookupMs, with a known answer or Failed.
    [[nodiscard]] virtual PendingAnswer start(const QByteArray &name, RecordType type) = 0;
    [[nodiscard]] DnsAnswer lookup(const QByteArray &name, RecordType type, const Cancel &cancel)
    {
        return start(name, type).wait(cancel);
    }
    /// Named in results (DNS-2): "192.0.2.53, validated here".
    [[nodiscard]] virtual QString description() const = 0;
};

/// RFC 4035 4.9.3: whether this path can tell secure from insecure at all. False: every DNSSEC and
/// DANE verdict is unknown (DNS-15).
[[nodiscard]] bool rootKeyIsSecure(Resolver &validating, const Cancel &cancel);
