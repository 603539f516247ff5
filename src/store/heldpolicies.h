// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The policies that senders may hold (RFC 8461 3.2 max_age, 5.1): each one that was seen, until the
// last sender that can have fetched it must have dropped it. Pure.

#include "check/senders.h"

namespace HeldLimits {
inline constexpr qsizetype Policies = 16;
inline constexpr qsizetype Octets = 131072; // of all of them, written as policies
} // namespace HeldLimits

/// Takes up a policy that could be fetched until `from` (UTC). The same one again only lasts longer.
/// Over the limits those that do least go first: not enforced, then the first to run out.
void hold(QList<CachedPolicy> &held, const Policy &policy, const QDateTime &from);
/// At a time that is believed: what nobody can hold any more goes, and what seems to have been fetched
/// in the future was fetched by now.
void dropOld(QList<CachedPolicy> &held, const QDateTime &now);
