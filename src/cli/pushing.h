// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What `plan`, `push` and `remove` share: the way from a domain to a plan.

#include "check/finding.h"
#include "cli/pushwords.h"
#include "push/guard.h"

/// What the domain has and what this computer remembers of it, after one more look.
struct Looked
{
    Survey survey;
    Report report;
    LiveState live;
    KeptDomain kept;
    QStringList problems; // of the store, one sentence each
};
[[nodiscard]] Looked lookNow(PushWords &words, const Cancel &cancel);
/// The id that was given to these choices before, when the file was to be changed first; a new one where
/// another policy was served under the live id, because senders that saw that one look no more (STS-15).
void takeId(Choices &choices, const Looked &looked);
void keep(const PushWords &words, const KeptDomain &kept);

/// Asks the service for the zone and what stands there, and compares.
[[nodiscard]] Result<Plan> planAt(PushWords &words, const Deployment &wanted, const LiveState &live,
                                  const Cancel &cancel);
/// The same for the records alone.
[[nodiscard]] Result<Plan> recordsPlanAt(PushWords &words, const Deployment &wanted,
                                         const LiveState &live, const Cancel &cancel);
