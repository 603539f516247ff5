// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/hostrecord.h"

#include "preset/namesuffix.h"

QByteArray aliasTarget(Hosting hosting)
{
    switch (hosting) {
    case Hosting::GithubPages:
        return "OWNER.github.io";
    case Hosting::Netlify:
        return "SITE.netlify.app";
    case Hosting::CloudflarePages:
        return "PROJECT.pages.dev";
    default:
        return {};
    }
}

QByteArray aliasService(Hosting hosting)
{
    const QByteArray target = aliasTarget(hosting);
    return target.mid(target.indexOf('.') + 1);
}

std::optional<HostRecord> hostRecord(const Deployment &wanted, const LiveState &live)
{
    if (wanted.isAliased())
        return std::nullopt;
    HostRecord record;
    record.name = wanted.policyHost();
    record.target = aliasTarget(wanted.hosting);
    if (!record.target.isEmpty())
        record.kind = HostRecord::Kind::Alias;
    else if (wanted.isWorker())
        record.kind = HostRecord::Kind::ByHost;
    if (!live.policyHostAlias.isEmpty())
        record.leadsTo.append(live.policyHostAlias);
    record.leadsTo += live.policyHostLeadsTo;
    if (!live.policyHostKnown)
        return record;
    if (record.leadsTo.isEmpty())
        record.standing = HostRecord::Standing::Missing;
    else if (record.kind == HostRecord::Kind::Alias &&
             !endsWithLabels(live.policyHostAlias, aliasService(wanted.hosting)))
        record.standing = HostRecord::Standing::Elsewhere;
    else
        record.standing = HostRecord::Standing::There;
    return record;
}
