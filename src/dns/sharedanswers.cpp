// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dns/sharedanswers.h"

#include <optional>

SharedAnswers::Joined SharedAnswers::join(const QByteArray &name, RecordType type,
                                          std::chrono::steady_clock::time_point now)
{
    const QPair<QByteArray, int> key{name, int(type)};
    const std::lock_guard lock(m_mutex);
    std::optional<PendingAnswer> known;
    if (const auto recent = m_recent.constFind(key); recent != m_recent.cend())
        known = *recent;
    else if (const auto older = m_older.constFind(key); older != m_older.cend())
        known = *older;
    const bool isShared = known && known->isCurrent(now);
    if (!isShared) {
        const auto state = std::make_shared<PendingAnswer::State>();
        state->answer.name = state->answer.canonicalName = name;
        state->answer.type = type;
        known = PendingAnswer(state);
    }
    if (m_recent.size() >= Most / 2) {
        m_older.swap(m_recent);
        m_recent.clear();
    }
    m_recent.insert(key, *known);
    return {*known, !isShared};
}
