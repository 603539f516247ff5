// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// When to come back to a deployment that has arrived, and for what. Pure.

#include "deploy/deployment.h"

struct ComeBack
{
    enum class For {
        Nothing, // the policy is where it should stay
        Enforce, // the testing time is over (STS-85)
        Longer,  // the first time of enforce has passed without trouble
        Delete,  // senders have forgotten the old policy (STS-87)
    };
    For what = For::Nothing;
    QDate on; // invalid: not known
};
/// `testingSince` and `cachedUntil` as remembered; invalid when not. `now` in UTC.
[[nodiscard]] ComeBack comeBack(const Deployment &wanted, const QDateTime &testingSince,
                                const QDateTime &cachedUntil, const QDateTime &now);
