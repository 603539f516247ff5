// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Waits until the parent vouches for a zone, and a resolver proves it.

#include "base/cancel.h"
#include "push/zonedelegation.h"

#include <functional>

struct DsWait
{
    int everyMs = 30000;
    qint64 totalMs = 3600000; // then what was seen last is given back; 0: one look
};

/// Looks again and again until it is Proven, or Dark, which no waiting mends; gives the last look back.
/// `onWait` hears before each wait what was seen.
[[nodiscard]] DelegationSight waitForDs(const std::function<DelegationSight(const Cancel &)> &look,
                                        const DsWait &wait, const Cancel &cancel,
                                        const std::function<void(const DelegationSight &)> &onWait);
