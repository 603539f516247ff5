// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Waiting for an answer without ever blocking a cancel.
#include "dns/resolver.h"

#include <algorithm>

DnsAnswer PendingAnswer::wait(const Cancel &cancel) const
{
    std::unique_lock lock(m_state->mutex);
    const auto slice = std::chrono::milliseconds(CancelSliceMs);
    while (!m_state->ready.wait_for(lock, slice, [this] { return m_state->done; })) {
        if (!cancel.isCancelled())
            continue;
        DnsAnswer answer;
        answer.name = m_state->answer.name;
        answer.type = m_state->answer.type;
        answer.canonicalName = answer.name;
        answer.why = QStringLiteral("cancelled");
        return answer;
    }
    return m_state->answer;
}

bool PendingAnswer::isDone() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->done;
}

bool PendingAnswer::isCurrent(std::chrono::steady_clock::time_point now) const
{
    const std::lock_guard lock(m_state->mutex);
    if (!m_state->done)
        return true;
    const DnsAnswer &answer = m_state->answer;
    const int ttl = answer.isAbsent() ? std::min(answer.ttl, LongestAbsence) : answer.ttl;
    return answer.isKnown() && now < m_state->at + std::chrono::seconds(ttl);
}

void PendingAnswer::finish(DnsAnswer answer) const
{
    const std::lock_guard lock(m_state->mutex);
    if (m_state->done)
        return;
    m_state->answer = std::move(answer);
    m_state->at = std::chrono::steady_clock::now();
    m_state->done = true;
    m_state->ready.notify_all();
}

bool rootKeyIsSecure(Resolver &validating, const Cancel &cancel)
{
    const DnsAnswer answer = validating.lookup(QByteArrayLiteral("."), RecordType::DNSKEY, cancel);
    return answer.isFound() && answer.security == Security::Secure;
}
