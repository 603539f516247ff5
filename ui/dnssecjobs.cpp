// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dnssecjobs.h"

#include "base/printable.h"
#include "push/zoneswitch.h"

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

struct AtService
{
    ZoneSigningState signing;
    std::optional<Error> whyNot; // is it not to be switched on from here
};

/// What the service says, after it was switched on where that is wanted.
Result<AtService> atService(const DnssecDoors &doors, const QByteArray &zone, DnssecDo what,
                            const Cancel &cancel)
{
    Result<Service> service = doors.service();
    if (!service)
        return tl::unexpected(service.error());
    if (!service->signing)
        return AtService();
    const Result<Zone> found = zoneAt(*service, zone, cancel);
    if (!found)
        return tl::unexpected(found.error());
    Result<ZoneSigningState> state = service->signing->look(*found, cancel);
    if (state && what == DnssecDo::SwitchOn)
        state = switchedOn(*service->signing, *found, *state, cancel);
    if (!state)
        return tl::unexpected(state.error());
    return AtService{*state, whyNotSwitchedOn(*found, *state)};
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
        const auto told = atService(doors, *apex, what, cancel);
        if (told) {
            service = told->signing;
            shown.error = told->whyNot;
        } else {
            shown.error = told.error();
        }
    }
    shown.sight = doors.delegation(*apex, cancel);
    shown.state = delegationState(shown.sight);
    QList<Issue> issues = delegationIssues(shown.sight);
    if (service) {
        shown.canSwitchOn = service->state == Signing::Off && !shown.error;
        shown.wish = forParent(*service, shown.sight);
        issues += shown.wish.issues;
    }
    for (const Issue &issue : std::as_const(issues))
        shown.findings.append(toFinding(issue, Group::Dane, printable(*apex)));
    if (isToBeSigned(shown.state) && shown.wish.ds.isEmpty())
        shown.steps = signingSteps(shown.sight.nameServers, doors.info);
    return shown;
}
