// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/resumed.h"

#include <algorithm>

namespace {

bool isAboutTheSame(const JournalRecord &last, const Plan &plan)
{
    return last.host && plan.host && last.provider == plan.provider &&
           last.zone.handle == plan.zone.handle && last.host->host == plan.host->host;
}

/// What is announced must not lose its file: only while senders were told nothing by that push, and by
/// nobody else since, does its way back lead to something whole.
bool toldNothing(const JournalRecord &last, const QList<ZoneRecord> &records)
{
    return std::all_of(last.sets.begin(), last.sets.end(),
                       [&](const SetChange &change) { return standsAsBefore(change, records); });
}

std::optional<HostState> originAfter(const JournalRecord &last, const QList<ZoneRecord> &records,
                                     const HostState &now)
{
    const auto back = undoOf(*last.host, now);
    if (!back)
        return std::nullopt;
    if (last.host->action == HostStep::Action::Withdraw)
        return back->origin;
    const bool isAttached = now.attachedTo == now.service;
    if (!toldNothing(last, records) || (last.sets.isEmpty() && isAttached)) // that was all of it
        return std::nullopt;
    HostState origin = last.host->cameFrom();
    if (!now.inTheWay.isEmpty()) // newer than what was taken away
        origin.inTheWay = now.inTheWay;
    return origin;
}

} // namespace

void goOnFrom(const JournalRecord &last, const QList<ZoneRecord> &records, Plan &plan)
{
    if (isAboutTheSame(last, plan) && last.wasSent() && !last.isFinished())
        plan.host->origin = originAfter(last, records, plan.host->before);
}
