// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dnssecjobs.h"

#include "base/printable.h"

#include <QCoreApplication>

namespace {

using Signing = TokenFacts::Signing;

/// The zone at the service, which has to be the one that the DNS asks.
Result<Zone> zoneAt(Service &service, const QByteArray &zone, const Cancel &cancel)
{
    const auto zones = service.provider->zones(zone, cancel);
    if (!zones)
        return tl::unexpected(zones.error());
    Result<Zone> found = zoneFor(zone, *zones);
    if (found && found->name != zone)
        return failed(Error::Kind::Refused,
                      QLatin1String(QT_TRANSLATE_NOOP(
                              "Error", "the zone is served elsewhere, not by this account")));
    return found;
}

/// What the service says, after it was switched on where that is wanted.
Result<ZoneSigningState> atService(const DnssecDoors &doors, const QByteArray &zone, DnssecDo what,
                                   const Cancel &cancel)
{
    Result<Service> service = doors.service();
    if (!service)
        return tl::unexpected(service.error());
    if (!service->signing)
        return ZoneSigningState();
    const Result<Zone> found = zoneAt(*service, zone, cancel);
    if (!found)
        return tl::unexpected(found.error());
    Result<ZoneSigningState> state = service->signing->look(*found, cancel);
    if (!state || what == DnssecDo::Look || state->state != Signing::Off)
        return state;
    if (const auto done = service->signing->switchOn(*found, cancel); !done)
        return tl::unexpected(done.error());
    return service->signing->look(*found, cancel); // no Error is no proof
}

} // namespace

DnssecShown seeDnssec(const DnssecDoors &doors, DnssecDo what, const Cancel &cancel)
{
    DnssecShown shown;
    const auto apex = doors.zoneAbove(doors.name, cancel);
    if (!apex) {
        shown.error = apex.error();
        return shown;
    }
    std::optional<ZoneSigningState> service;
    if (doors.service) {
        const auto state = atService(doors, *apex, what, cancel);
        if (state)
            service = *state;
        else
            shown.error = state.error();
    }
    shown.sight = doors.delegation(*apex, cancel);
    shown.state = delegationState(shown.sight);
    QList<Issue> issues = delegationIssues(shown.sight);
    if (service) {
        shown.canSwitchOn = service->state == Signing::Off;
        shown.wish = forParent(*service, shown.sight);
        issues += shown.wish.issues;
    }
    for (const Issue &issue : std::as_const(issues))
        shown.findings.append(toFinding(issue, Group::Dane, printable(*apex)));
    // Signing anew what is signed, or not seen, would take a domain off the net.
    const bool isLeft =
            shown.state == DelegationState::Unsigned || shown.state == DelegationState::NoDs;
    if (isLeft && shown.wish.ds.isEmpty())
        shown.steps = signingSteps(shown.sight.nameServers, doors.info);
    return shown;
}
