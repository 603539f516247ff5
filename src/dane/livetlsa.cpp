// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/livetlsa.h"

#include "check/judges.h"
#include "dane/tlsamaking.h"
#include "dns/record.h"
#include "dns/resolver.h"

namespace {

/// A failure that nobody is known to be at fault for: our resolver or our network may be.
bool isOpenFailure(const std::optional<DnsAnswer> &answer)
{
    return answer && !answer->isKnown() && !isFaultOfDomain(*answer);
}

} // namespace

LiveTlsa lookUpTlsa(const QByteArray &host, quint16 port, const QList<QByteArray> &nextHops,
                    Resolver &validating, const Cancel &cancel)
{
    LiveTlsa live;
    live.plan.name = live.plan.base = host;
    live.owner = tlsaOwner(host, port);
    if (!rootKeyIsSecure(validating, cancel)) { // DNS-15: nothing can be told
        live.plan.issues.append({"DANE-1", Severity::Unknown, {}});
        return live;
    }
    const PendingAnswer askedA = validating.start(host, RecordType::A);
    const PendingAnswer askedAaaa = validating.start(host, RecordType::AAAA);
    const PendingAnswer askedTlsa = validating.start(tlsaOwner(host, port), RecordType::TLSA);
    const DnsAnswer a = askedA.wait(cancel);
    const DnsAnswer aaaa = askedAaaa.wait(cancel);
    const DnsAnswer tlsa = askedTlsa.wait(cancel);
    const DnsAnswer &aliased = a.isAlias() ? a : aaaa;
    std::optional<DnsAnswer> alias, tlsaAtAlias;
    if (aliased.isAlias()) { // RFC 7672 2.2.2: the expanded name first
        alias = validating.lookup(host, RecordType::CNAME, cancel);
        tlsaAtAlias =
                validating.lookup(tlsaOwner(aliased.canonicalName, port), RecordType::TLSA, cancel);
    }
    DaneHostFacts facts;
    facts.name = host;
    facts.expanded = aliased.isAlias() ? aliased.canonicalName : host;
    facts.alias = daneLookup(alias);
    facts.address = daneAddresses(a, aaaa);
    facts.tlsa = daneLookup(tlsa);
    facts.tlsaAtExpanded = daneLookup(tlsaAtAlias);
    const bool isAtExpanded =
            tlsaAtAlias && tlsaAtAlias->isFound() && tlsaAtAlias->security == Security::Secure;
    const DnsAnswer &counting = isAtExpanded ? *tlsaAtAlias : tlsa;
    std::optional<DnsAnswer> beside; // DANE-43
    if (facts.address.security == Security::Secure && counting.isFound() &&
        counting.security == Security::Secure)
        beside = validating.lookup(counting.name, RecordType::A, cancel);
    facts.besideTlsa = daneLookup(beside);
    DaneDomainFacts domain; // only the host is asked about
    domain.mx = {true, AnswerStatus::Found, Security::Secure};
    live.plan = discoverDaneHost(domain, facts);
    for (const QByteArray &name : nextHops) {
        if (!live.plan.names.contains(name))
            live.plan.names.append(name);
    }
    const bool isAtAlias = tlsaAtAlias && live.plan.base != host;
    live.owner = tlsaOwner(live.plan.base, port);
    live.records = tlsaRecords(isAtAlias ? *tlsaAtAlias : tlsa);
    live.ttl = isAtAlias ? tlsaAtAlias->ttl : tlsa.ttl;
    live.hasNoAddress = a.isAbsent() && aaaa.isAbsent();
    live.isFailed = isOpenFailure(a) || isOpenFailure(aaaa) || isOpenFailure(alias) ||
                    isOpenFailure(tlsa) || isOpenFailure(tlsaAtAlias);
    return live;
}
