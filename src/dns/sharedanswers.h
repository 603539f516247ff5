// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Answers that others asked for a moment ago: the domains of a list share the root's key, the CAA of
// their parents, mail servers. Whoever asks again gets the same answer while its TTL lasts, or waits
// for the one under way. libunbound has a cache too, but the way to it is long. Thread-safe.

#include "dns/resolver.h"

#include <QHash>

class SharedAnswers
{
public:
    struct Joined
    {
        PendingAnswer answer;
        bool isNew = false; // nobody has asked: the caller does, and finishes it
    };
    /// `name` as normalName() gives it. The state of a new one names its question.
    [[nodiscard]] Joined
    join(const QByteArray &name, RecordType type,
         std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now());

    /// The oldest are forgotten beyond this number, give or take half.
    static constexpr qsizetype Most = 1024;

private:
    using Answers = QHash<QPair<QByteArray, int>, PendingAnswer>;

    std::mutex m_mutex; // guards both
    Answers m_recent;
    Answers m_older; // what is asked for again moves back to the recent ones
};
