// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the policy file could live, the best for this domain first. Pure.

#include "deploy/choices.h"
#include "deploy/livestate.h"
#include "preset/dnshost.h"

struct HostingGroup
{
    enum class Kind { Worker, WebServer, StaticSite, Provider, ByHand };
    enum class Why {
        No,       // nothing speaks for it more than for the others
        Served,   // mta-sts.<domain> leads there today
        DnsHost,  // the company that answers for the zone is the same
        Provider, // the mail provider offers to do it all
    };
    Kind kind = Kind::ByHand;
    QList<Hosting> hostings; // one at least; the likely one first
    Why why = Why::No;
    QString whose;           // printable: the company or host name that `why` speaks of
    bool isPassedOn = false; // of a provider: a host of one's own passes its file on
};

/// Who answers for the zone, as its name servers tell.
[[nodiscard]] std::optional<DnsHost> dnsHost(const Survey &survey);

/// Every kind that is possible, by hand always last. A provider is offered only where it takes both
/// halves, record and file.
[[nodiscard]] QList<HostingGroup> hostingGroups(const Survey &survey);
