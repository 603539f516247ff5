// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the check page hands to a report, a status line, the page of the senders. Pure but for the
// language and the program's name.

#include "check/readreport.h"
#include "reportfile.h"
#include "store/keptdomain.h"

class Session;

[[nodiscard]] ReportContent contentOf(const Session &session,
                                      const std::optional<CachedPolicy> &cached);
[[nodiscard]] ReportContent contentOf(const SavedReport &saved);
/// The policy served before, and until when a sender that fetched it last may hold it (STS-87).
[[nodiscard]] std::optional<CachedPolicy> cachedPolicyOf(const KeptDomain &kept);
[[nodiscard]] QString checkedText(const Survey &survey); // "Checked at 09:12, took 4.1 s."
[[nodiscard]] QString savedText(const QString &path);    // "Saved to …"
