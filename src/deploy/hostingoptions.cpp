// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/hostingoptions.h"

#include "base/printable.h"
#include "deploy/hostrecord.h"
#include "preset/dnshost.h"
#include "preset/mailprovider.h"
#include "preset/namesuffix.h"

#include <algorithm>

namespace {

using Kind = HostingGroup::Kind;
using Why = HostingGroup::Why;

HostingGroup worker(const Survey &survey)
{
    HostingGroup group{Kind::Worker, {Hosting::CloudflareWorker}, Why::No, {}};
    const auto host = dnsHost(survey);
    if (host && host->id == "cloudflare") {
        group.why = Why::DnsHost;
        group.whose = host->name;
    }
    return group;
}

/// A name that serves a policy today and is no alias of a known service: a server of one's own, as
/// far as can be told from outside.
HostingGroup webServer(const LiveState &live)
{
    HostingGroup group{
            Kind::WebServer, {Hosting::Nginx, Hosting::Apache, Hosting::Caddy}, Why::No, {}};
    if (live.policyBody && live.policyHostAlias.isEmpty() && !live.policyHostLeadsTo.isEmpty()) {
        group.why = Why::Served;
        group.whose = printable(live.policyHostLeadsTo.constFirst());
    }
    return group;
}

HostingGroup staticSite(const LiveState &live)
{
    HostingGroup group{Kind::StaticSite,
                       {Hosting::GithubPages, Hosting::Netlify, Hosting::CloudflarePages},
                       Why::No,
                       {}};
    const auto at =
            std::find_if(group.hostings.begin(), group.hostings.end(), [&](Hosting hosting) {
                return endsWithLabels(live.policyHostAlias, aliasService(hosting));
            });
    if (at != group.hostings.end()) {
        std::rotate(group.hostings.begin(), at, at + 1);
        group.why = Why::Served;
        group.whose = printable(live.policyHostAlias);
    }
    return group;
}

HostingGroup provider(const Survey &survey, const LiveState &live)
{
    HostingGroup group{Kind::Provider, {Hosting::Delegated}, Why::Provider, {}};
    QList<QByteArray> servers;
    for (const MailHost &host : survey.hosts)
        servers.append(host.name);
    if (const auto known = recogniseMailProvider(servers))
        group.whose = known->name;
    group.isPassedOn = !live.passedOn.isEmpty();
    if (!group.isPassedOn && live.policyHostAlias == live.delegateHost)
        group.why = Why::Served;
    return group;
}

int rank(const HostingGroup &group)
{
    switch (group.why) {
    case Why::Served:
        return 0;
    case Why::Provider:
        return 1;
    case Why::DnsHost:
        return 2;
    case Why::No:
        break;
    }
    return 3;
}

} // namespace

std::optional<DnsHost> dnsHost(const Survey &survey)
{
    return survey.ns && survey.ns->isFound() ? recogniseDnsHost(targets(*survey.ns)) : std::nullopt;
}

QList<HostingGroup> hostingGroups(const Survey &survey)
{
    const LiveState live = liveState(survey);
    QList<HostingGroup> groups{webServer(live), staticSite(live), worker(survey)};
    // A server of one's own on an address of Cloudflare looks the same as a Worker from outside.
    if (groups.last().why == Why::DnsHost && groups.first().why == Why::Served)
        groups.first().why = Why::No;
    if (live.canDelegate())
        groups.append(provider(survey, live));
    std::stable_sort(
            groups.begin(), groups.end(),
            [](const HostingGroup &a, const HostingGroup &b) { return rank(a) < rank(b); });
    groups.append({Kind::ByHand, {Hosting::FilesOnly}, Why::No, {}});
    return groups;
}
