// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The dates ahead of a rollover, and the same as a file that calendars take (iCalendar, RFC 5545).

#include "base/error.h"
#include "dane/rollover.h"

struct RolloverDate
{
    RolloverStep step = RolloverStep::None; // what is to be done then
    QDateTime at;                           // UTC; not before it
    bool isForecast = false; // moves with what comes before it; a calendar shows it as tentative
    friend bool operator==(const RolloverDate &, const RolloverDate &) = default;
};

/// In order of time. Empty without a plan, when all is done, and while mail is refused with nothing
/// that time heals.
[[nodiscard]] QList<RolloverDate> rolloverDates(const KeptRollover &kept,
                                                const RolloverState &state, const QDateTime &now);

/// The first of them as far as it is known without a look; without a time, and with the step, where there is
/// none.
[[nodiscard]] RolloverDate nextRolloverDate(const KeptRollover &kept, const QDateTime &now);
/// For files and scripts: "publish", "wait", "switch", "verify", "remove", "done", "broken", "none".
[[nodiscard]] QByteArray rolloverStepWord(RolloverStep step);
/// What to do then, translated: "Switch mx.example.com to its next key".
[[nodiscard]] QString rolloverTitle(const KeptRollover &kept, RolloverStep step);
[[nodiscard]] QString rolloverAdvice(const KeptRollover &kept, RolloverStep step);

/// One VEVENT a date, in UTC. An event keeps its UID, so that a newer file replaces it.
[[nodiscard]] QByteArray rolloverCalendar(const KeptRollover &kept,
                                          const QList<RolloverDate> &dates, const QDateTime &now);
/// Refused where another file than a calendar is there, or the system said no; the sentence names it.
[[nodiscard]] Result<void> writeRolloverCalendar(const QString &path, const QByteArray &octets);
