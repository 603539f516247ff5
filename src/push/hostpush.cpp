// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/hostpush.h"

namespace {

using State = HostOutcome::State;

bool isReached(const HostStep &step, const HostState &now)
{
    if (step.action == HostStep::Action::Withdraw)
        return now.content == HostState::Content::Absent && now.attachedTo.isEmpty() &&
               now.inTheWay.size() >= step.before.inTheWay.size();
    return now.isCurrent;
}

/// What it was before the step: of one that is withdrawn, still served.
bool isUntouched(const HostStep &step, const HostState &now)
{
    if (step.action == HostStep::Action::Withdraw)
        return now.content == HostState::Content::Ours && now.attachedTo == now.service;
    return now == step.before;
}

/// With what an earlier push took away already, so that it comes back where the host cannot be attached.
HostState shownOf(const HostStep &step)
{
    HostState shown = step.before;
    if (step.origin && shown.attachedTo.isEmpty() && shown.inTheWay.isEmpty())
        shown.inTheWay = step.origin->inTheWay;
    return shown;
}

} // namespace

HostOutcome doHostStep(const HostStep &step, const Zone &zone, PolicyHost &host,
                       const Cancel &cancel)
{
    const Result<void> done =
            step.action == HostStep::Action::Withdraw
                    ? host.withdraw(zone, step.host, step.before, cancel)
                    : host.publish(zone, step.host, step.text, shownOf(step), cancel);
    if (done)
        return {State::Done, {}};
    const Result<HostState> now = host.look(zone, step.host, step.text, Cancel());
    if (!now)
        return {State::Unknown, done.error()};
    if (isReached(step, *now) && done.error().kind != Error::Kind::Unexpected)
        return {State::Done, {}}; // an answer got lost; what it would have said has been seen
    return {isUntouched(step, *now) ? State::NotDone : State::PartlyDone, done.error()};
}
