// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/dswait.h"

#include "base/pause.h"

#include <QDeadlineTimer>

DelegationSight waitForDs(const std::function<DelegationSight(const Cancel &)> &look,
                          const DsWait &wait, const Cancel &cancel,
                          const std::function<void(const DelegationSight &)> &onWait)
{
    for (const QDeadlineTimer end(wait.totalMs);;) {
        const DelegationSight seen = look(cancel);
        const DelegationState state = delegationState(seen);
        if (state == DelegationState::Proven || state == DelegationState::Dark ||
            end.hasExpired() || cancel.isCancelled())
            return seen;
        if (onWait)
            onWait(seen);
        if (!pauseFor(wait.everyMs, cancel))
            return seen;
    }
}
