// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which id a policy gets, from what this computer remembers. Pure.

#include "store/keptdomain.h"

/// The id that was given to these choices before, when the file was to be changed first; a new one where
/// another policy was served under the live id, because senders that saw that one look no more (STS-15).
void takeId(Choices &choices, const KeptDomain &kept, const LiveState &live, const QDateTime &now);
