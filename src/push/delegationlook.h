// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Asks the servers of a zone and of its parent themselves, and a resolver that checks DNSSEC. Blocking; each look
// anew, with no answer remembered from before.

#include "push/zonedelegation.h"
#include "survey/network.h"

/// Where the zone that holds `name` begins. Network: the DNS did not say.
[[nodiscard]] Result<QByteArray> zoneAbove(const QByteArray &name, const NetworkOptions &options,
                                           const Cancel &cancel);
/// `port`: of the servers of both, for a test bed.
[[nodiscard]] DelegationSight lookAtDelegation(const QByteArray &zone,
                                               const NetworkOptions &options, quint16 port,
                                               const Cancel &cancel);
