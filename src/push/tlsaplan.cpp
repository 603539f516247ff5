// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/tlsaplan.h"

#include "base/printable.h"

namespace {

Result<Zone> zoneOf(Service &service, const QByteArray &owner, const Cancel &cancel)
{
    const auto zones = service.provider->zones(owner, cancel);
    if (!zones)
        return tl::unexpected(zones.error());
    return zoneFor(owner, *zones);
}

/// The owners that the service itself keeps in another of its zones; the others are told by the plan.
Result<QList<QByteArray>> ownersElsewhere(Service &service, const Zone &zone,
                                          const QList<QByteArray> &owners, const Cancel &cancel)
{
    QList<QByteArray> elsewhere;
    for (const QByteArray &owner : owners) {
        if (!isWithin(owner, zone.name))
            continue;
        const Result<Zone> other = zoneOf(service, owner, cancel);
        if (!other)
            return tl::unexpected(other.error());
        if (other->name != zone.name)
            elsewhere.append(owner);
    }
    return elsewhere;
}

} // namespace

Result<Plan> tlsaPlanAt(Service &service, const DomainName &domain, const QList<DnsRecord> &wanted,
                        const QList<DnsRecord> &gone, const Cancel &cancel)
{
    const QList<QByteArray> owners = ownersOf(wanted + gone);
    if (owners.isEmpty())
        return failed(Error::Kind::Malformed, QStringLiteral("there is no TLSA record to publish"));
    const Result<Zone> zone = zoneOf(service, owners.first(), cancel);
    if (!zone)
        return tl::unexpected(zone.error());
    const auto elsewhere = ownersElsewhere(service, *zone, owners.mid(1), cancel);
    if (!elsewhere)
        return tl::unexpected(elsewhere.error());
    Plan made;
    made.domain = domain;
    made.provider = service.info->id;
    made.zone = *zone;
    if (!zone->obstacle.isEmpty())
        made.blockers.append({zone->obstacle, Severity::Error, {printable(zone->name)}});
    for (const QByteArray &owner : *elsewhere)
        made.blockers.append(
                {"PUSH-2.other", Severity::Error, {printable(owner), printable(zone->name)}});
    Deployment deployment;
    const auto isElsewhere = [&](const DnsRecord &record) {
        return elsewhere->contains(record.name);
    };
    deployment.tlsa = wanted;
    deployment.tlsa.removeIf(isElsewhere);
    deployment.tlsaGone = gone;
    deployment.tlsaGone.removeIf(isElsewhere);
    const auto records =
            service.provider->records(*zone, tlsaNamesToRead(deployment, *zone), cancel);
    if (!records)
        return tl::unexpected(records.error());
    addTlsa(made, deployment, *records, service.provider->traits());
    return made;
}

Result<QList<TlsaRecord>> tlsaAt(Service &service, const QByteArray &owner, const Cancel &cancel)
{
    const Result<Zone> zone = zoneOf(service, owner, cancel);
    if (!zone)
        return tl::unexpected(zone.error());
    const auto records = service.provider->records(*zone, {owner}, cancel);
    if (!records)
        return tl::unexpected(records.error());
    QList<TlsaRecord> found;
    for (const ZoneRecord &record : *records) {
        if (record.record.name != owner || record.record.type != RecordType::TLSA)
            continue;
        if (const auto read = readTlsa(record.record.data).record)
            found.append(*read);
    }
    return found;
}
