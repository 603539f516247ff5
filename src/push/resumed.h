// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A push that goes on where an earlier one was left: by a crash, a closed window, a failure of the network.

#include "push/journal.h"

/// What is left to do is in the plan anyhow, because it compares with what stands. What would be lost is
/// the way back: records that the earlier push, `last`, took away are nowhere but in its journal. So where
/// it was left half-way at the policy host, and its records stand as it found them in `records`, undoing
/// `plan` will lead back to before both. Pure.
void goOnFrom(const JournalRecord &last, const QList<ZoneRecord> &records, Plan &plan);
