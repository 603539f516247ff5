// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "comeback.h"

#include "deploy/advice.h"
#include "push/guard.h"

#include <algorithm>

ComeBack comeBack(const Deployment &wanted, const QDateTime &testingSince,
                  const QDateTime &cachedUntil, const QDateTime &now)
{
    if (wanted.isDelegated())
        return {};
    switch (wanted.policy.mode) {
    case Policy::Mode::Testing: {
        const bool usable = testingSince.isValid() && testingSince <= now;
        return {ComeBack::For::Enforce, (usable ? testingSince : now).addDays(TestingDays).date()};
    }
    case Policy::Mode::Enforce:
        if (wanted.policy.maxAge >= TestingDays * qint64(86400))
            return {};
        return {ComeBack::For::Longer, now.addDays(7).date()};
    case Policy::Mode::None:
        break;
    }
    // The none policy itself is remembered for a while too, and nothing may go before it.
    const QDateTime own = now.addSecs(wanted.policy.maxAge);
    return {ComeBack::For::Delete,
            cachedUntil.isValid() ? firstFreeDay(std::max(cachedUntil, own)) : QDate()};
}
