// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/serverdane.h"

#include "check/danestate.h"

namespace {

ServerDane::Runner runnerOf(const QByteArray &host, const QByteArray &domain, QString &provider)
{
    if (isWithin(host, domain)) // a company's servers under one's own names need one's own records
        return ServerDane::Runner::Own;
    if (const auto known = recogniseMailProvider({host})) {
        provider = known->name;
        return ServerDane::Runner::Provider;
    }
    return ServerDane::Runner::Elsewhere;
}

/// How bad it is for the mail; what is not known is worse than what is good.
int rank(DaneResult result)
{
    switch (result) {
    case DaneResult::Unreachable:
        return 5;
    case DaneResult::Fail:
        return 4;
    case DaneResult::EncryptUnauthenticated:
        return 3;
    case DaneResult::Unknown:
        return 2;
    case DaneResult::NotApplicable:
        return 1;
    case DaneResult::Authenticated:
        break;
    }
    return 0;
}

DaneResult worstOf(const Survey &survey, const MailHost &host, const DaneHostPlan &plan)
{
    if (survey.validation != Validation::Works) // DNS-15
        return DaneResult::Unknown;
    if (plan.applies == DaneApplies::Unreachable)
        return DaneResult::Unreachable;
    if (plan.applies == DaneApplies::NotApplicable)
        return DaneResult::NotApplicable;
    if (host.addresses.isEmpty())
        return DaneResult::Unknown;
    DaneResult worst = DaneResult::Authenticated;
    for (const AddressLook &look : host.addresses) {
        const DaneResult result = daneResult(survey, host, plan, look); // of either kind of key
        if (rank(result) > rank(worst))
            worst = result;
    }
    return worst;
}

/// Signed answers about the TLSA name that counts.
bool provesAbsence(const MailHost &host)
{
    const auto isProof = [](const std::optional<DnsAnswer> &answer) {
        return answer && answer->isKnown() && answer->security == Security::Secure;
    };
    return isProof(host.tlsa) || isProof(host.tlsaAtAlias);
}

ServerDane serverOf(const Survey &survey, const MailHost &host, const DaneHostPlan &plan)
{
    ServerDane server;
    server.host = host.name;
    server.runner = runnerOf(host.name, survey.domain.ascii(), server.provider);
    if (survey.validation == Validation::Works)
        server.state = liveHostDane(plan).state;
    // What has not arrived yet is neither a failure nor a proof that nothing is there.
    const bool isUnderWay = !host.done && !survey.finished;
    if ((server.state == LiveHostDane::State::Fails && isUnderWay) ||
        (server.state == LiveHostDane::State::NoTlsa && !provesAbsence(host)))
        server.state = LiveHostDane::State::Unknown;
    const auto tlsa = madeLookup(survey, host.tlsa);
    if (tlsa && tlsa->isKnown() && !tlsa->cut)
        server.published = tlsaRecords(*tlsa);
    else if (server.state == LiveHostDane::State::Unsigned && !host.tlsa)
        server.published = QList<TlsaRecord>(); // RFC 7672 2.2.2: nobody asks
    return server;
}

} // namespace

QList<ServerDane> serverZones(const Survey &survey)
{
    QList<ServerDane> servers;
    const DaneDiscovery discovery = daneDiscovery(survey);
    for (qsizetype i = 0; i < survey.hosts.size(); ++i)
        servers.append(serverOf(survey, survey.hosts.at(i), discovery.hosts.at(i)));
    return servers;
}

QList<ServerDane> serverDane(const Survey &survey)
{
    QList<ServerDane> servers = serverZones(survey);
    const DaneDiscovery discovery = daneDiscovery(survey);
    for (qsizetype i = 0; i < servers.size(); ++i)
        servers[i].senders = worstOf(survey, survey.hosts.at(i), discovery.hosts.at(i));
    return servers;
}

QList<LiveHostDane> liveHostsDane(const QList<ServerDane> &servers)
{
    QList<LiveHostDane> hosts;
    for (const ServerDane &server : servers)
        hosts.append({server.host, server.state});
    return hosts;
}

void takeKeys(ServerDane &server, const LiveServerKeys &seen)
{
    server.wasLookedAt = true;
    server.keys = sourceKeys(seen);
    server.unseen = unseenLines(seen);
}

TlsaMaking tlsaFor(const ServerDane &server, const QList<SourceKey> &next,
                   std::optional<int> issuer, const QDateTime &now)
{
    TlsaWish wish;
    wish.host = server.host;
    wish.current = server.keys;
    wish.next = next;
    wish.issuer = issuer;
    wish.wasSeen = true;
    wish.published = server.published;
    wish.now = now;
    return tlsaToPublish(wish);
}
