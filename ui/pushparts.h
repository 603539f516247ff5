// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A plan for a DNS service as the rows that are shown of it, and its steps. Pure.

#include "draft.h"
#include "push/push.h"

/// In the order of work. `live` is what senders get of the policy file now.
[[nodiscard]] QList<PlanPart> planParts(const Plan &plan, const LiveState &live);
/// Those that write something.
[[nodiscard]] int writes(const QList<PlanPart> &parts);
/// The record changes wait for a file that somebody else has to put there (STS-83).
[[nodiscard]] bool waitsForFile(const Plan &plan);

/// The steps that push() will tell of, in its order.
[[nodiscard]] QList<PushEvent::Step> stepsOf(const Plan &plan);
