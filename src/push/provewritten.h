// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The end of a push: what stands at the service has to stand in the DNS (PUSH-8), and TLSA records have to be
// proven to senders (DANE-2).

#include "push/push.h"

/// Asks every server of the zone until all have the sets as `after` has them or the time is over; then, where the
/// plan has TLSA records, as senders do. Sets state, serversWithout and trouble of `outcome`.
void proveWritten(const Plan &plan, const PushDoors &doors, const PushLimits &limits,
                  const Cancel &cancel, const std::function<void(const PushEvent &)> &onEvent,
                  Outcome &outcome);
