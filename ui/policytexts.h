// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The policy page's sentences about times, about how far the rollout has come, and about enforce.

#include "advicelist.h"
#include "deploy/proposal.h"

struct KeptDomain;
struct Report;

namespace PolicyTexts {

/// "1 week", "3 days and 4 hours"; seconds only where nothing larger is exact.
[[nodiscard]] QString duration(qint64 seconds);
/// "1 week (604800 s)".
[[nodiscard]] QString age(qint64 seconds);
/// The usual stages in one line; the one that is live is marked.
[[nodiscard]] QString rollout(const Survey &survey);
/// Whether enforce is ready, and what speaks against it.
[[nodiscard]] QList<Told> readiness(const Readiness &readiness, const Circumstances &known);
/// Beside choosing enforce before it is ready; empty where there is nothing to warn of.
[[nodiscard]] QString earlyEnforce(const Choices &choices, const Readiness &readiness);
/// What mode none does, and until when senders may hold a policy that was served.
[[nodiscard]] QString none(const KeptDomain &kept, const QDateTime &now);
/// Advice that stands in the table of patterns, or below "Enforce".
[[nodiscard]] bool isSaidElsewhere(const Issue &issue);

} // namespace PolicyTexts
