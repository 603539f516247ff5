// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Plans and what became of them, for people at a terminal.

#include "push/push.h"

/// Every step in the order of work, with what stands there now and what will.
[[nodiscard]] QString planText(const Plan &plan);
/// Empty where the step has nothing to tell yet.
[[nodiscard]] QString eventText(const PushEvent &event);
/// What was done, what was not, and what to do.
[[nodiscard]] QString outcomeText(const Outcome &outcome, const QString &journal);
[[nodiscard]] QByteArray outcomeName(Outcome::State state); // "done", "not-in-dns"
