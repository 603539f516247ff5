// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What `plan`, `push` and `remove` share: what a plan is made of.

#include "check/finding.h"
#include "cli/pushwords.h"
#include "push/guard.h"
#include "store/policyid.h"

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
void keep(const PushWords &words, const KeptDomain &kept);
