// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A change of keys as sentences, for both faces; times in UTC.

#include "dane/rollovercalendar.h"

/// "2027-01-31 14:05 UTC"
[[nodiscard]] QString rolloverTime(const QDateTime &time);
/// What is due now, whole sentences; empty without a plan. `at`: of the look.
[[nodiscard]] QString rolloverNow(const KeptRollover &kept, const RolloverState &state,
                                  const QDateTime &at);
/// Somebody has something to do now. Never where it cannot be taken back by waiting, the removal of the old
/// record, and not everything was seen this time.
[[nodiscard]] bool isDue(const RolloverState &state);
/// Which of the two keys' records it has, or which key it shows, in a few words.
[[nodiscard]] QString seenWord(const KeptRollover &kept, const SeenNameServer &server);
[[nodiscard]] QString seenWord(const KeptRollover &kept, const SeenAddress &address);
