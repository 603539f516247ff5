// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/plan.h"

#include "base/printable.h"
#include "provider/catalogue.h"

#include <algorithm>

namespace {

bool isAt(const ZoneRecord &record, const QByteArray &name, RecordType type)
{
    return record.record.name == name && record.record.type == type;
}

QList<ZoneRecord> setAt(const QList<ZoneRecord> &records, const QByteArray &name, RecordType type)
{
    QList<ZoneRecord> set;
    std::copy_if(records.begin(), records.end(), std::back_inserter(set),
                 [&](const ZoneRecord &record) { return isAt(record, name, type); });
    return set;
}

QList<DnsRecord> plain(const QList<ZoneRecord> &set)
{
    QList<DnsRecord> records;
    for (const ZoneRecord &record : set)
        records.append(record.record);
    return records;
}

/// Without what the service keeps for itself.
QList<DnsRecord> writable(QList<ZoneRecord> set)
{
    set.removeIf([](const ZoneRecord &record) { return record.isReadOnly; });
    return plain(set);
}

/// What the service holds at one name, in the form in which live answers are compared. Its first alias
/// is known here, where a resolver tells the last one only.
LiveRecords asLive(const QByteArray &name, bool isPolicyHost, const QList<ZoneRecord> &records)
{
    LiveRecords live;
    live.name = name;
    live.known = true;
    live.type = isPolicyHost ? RecordType::CNAME : RecordType::TXT;
    for (const ZoneRecord &record : records) {
        if (record.record.name != name || record.isReadOnly)
            continue;
        const RecordType type = record.record.type;
        if (type == RecordType::CNAME)
            live.alias = record.record.data;
        else if (isPolicyHost ? type == RecordType::A || type == RecordType::AAAA
                              : type == RecordType::TXT)
            live.data.append(record.record.data);
    }
    return live;
}

LiveRecords asLiveTlsa(const QByteArray &owner, const QList<ZoneRecord> &records)
{
    LiveRecords live;
    live.name = owner;
    live.known = true;
    live.type = RecordType::TLSA;
    for (const ZoneRecord &record : records) {
        if (isAt(record, owner, RecordType::CNAME))
            live.alias = record.record.data;
        else if (isAt(record, owner, RecordType::TLSA) && !record.isReadOnly)
            live.data.append(record.record.data);
    }
    return live;
}

/// From `owner` up to below the zone: the names at which another zone could begin.
QList<QByteArray> namesBetween(QByteArray owner, const Zone &zone)
{
    QList<QByteArray> names;
    for (; isWithin(owner, zone.name) && owner != zone.name;
         owner = owner.mid(owner.indexOf('.') + 1))
        names.append(owner);
    return names;
}

/// Why nothing that is written to this zone would be what senders find at `owner`, if so (DANE-41).
std::optional<Issue> otherZone(const QByteArray &owner, const Zone &zone,
                               const QList<ZoneRecord> &records)
{
    if (!isWithin(owner, zone.name))
        return Issue{"PUSH-2.other", Severity::Error, {printable(owner), printable(zone.name)}};
    for (const QByteArray &name : namesBetween(owner, zone)) {
        // RFC 1034 4.2.1: below a cut nobody asks the zone above (T-27).
        if (!setAt(records, name, RecordType::NS).isEmpty())
            return Issue{"PUSH-2.cut", Severity::Error, {printable(name), printable(zone.name)}};
    }
    return std::nullopt;
}

/// One change of ours as part of the whole set, whatever others keep there.
void addTo(QList<SetChange> &sets, const Change &change, const QList<ZoneRecord> &records,
           const ProviderTraits &traits)
{
    const DnsRecord &record = change.after ? *change.after : *change.before;
    auto set = std::find_if(sets.begin(), sets.end(), [&](const SetChange &other) {
        return other.name == record.name && other.type == record.type;
    });
    if (set == sets.end()) {
        const QList<ZoneRecord> before = setAt(records, record.name, record.type);
        sets.append({record.name, record.type, before, writable(before)});
        set = sets.end() - 1;
    }
    if (change.before)
        set->after.removeIf(
                [&](const DnsRecord &kept) { return kept.data == change.before->data; });
    if (change.after) {
        DnsRecord wanted = *change.after;
        // RFC 2181 5.2: one TTL in a set; that of the others stays.
        wanted.ttl = set->after.isEmpty() ? qBound(traits.minimumTtl, wanted.ttl, traits.maximumTtl)
                                          : set->after.first().ttl;
        set->after.append(wanted);
    }
}

/// PUSH-13.
ProviderTraits boundsIn(const Zone &zone, ProviderTraits traits)
{
    traits.minimumTtl = qBound(traits.minimumTtl, zone.minimumTtl, traits.maximumTtl);
    return traits;
}

/// Senders look because of this record; until the file is served it must not change.
bool makesSendersLook(const Change &change)
{
    return change.kind != Change::Kind::Keep && change.after &&
           change.after->name.startsWith("_mta-sts.");
}

} // namespace

QList<QByteArray> namesToRead(const DomainName &domain)
{
    return {domain.child("_smtp._tls"), domain.child("_mta-sts"), domain.child("mta-sts")};
}

QList<QByteArray> tlsaNamesToRead(const Deployment &wanted, const Zone &zone)
{
    QList<QByteArray> names;
    for (const QByteArray &owner : ownersOf(wanted.tlsa + wanted.tlsaGone)) {
        for (const QByteArray &name : namesBetween(owner, zone)) {
            if (!names.contains(name))
                names.append(name);
        }
    }
    return names;
}

QList<QByteArray> namesToRead(const Deployment &wanted, const Zone &zone)
{
    return namesToRead(wanted.domain) + tlsaNamesToRead(wanted, zone);
}

void addTlsa(Plan &made, const Deployment &wanted, const QList<ZoneRecord> &records,
             const ProviderTraits &traits)
{
    QList<LiveRecords> sets;
    QList<DnsRecord> come = wanted.tlsa, go = wanted.tlsaGone;
    for (const QByteArray &owner : ownersOf(come + go)) {
        const auto issue = otherZone(owner, made.zone, records);
        if (!issue) {
            sets.append(asLiveTlsa(owner, records));
            continue;
        }
        made.blockers.append(*issue);
        for (QList<DnsRecord> *list : {&come, &go})
            list->removeIf([&](const DnsRecord &record) { return record.name == owner; });
    }
    const RecordChanges compared = tlsaChanges(come, go, sets);
    made.changes += compared.changes;
    made.blockers += compared.issues;
    const ProviderTraits bounds = boundsIn(made.zone, traits);
    made.minimumTtl = bounds.minimumTtl;
    for (const Change &change : compared.changes) {
        if (change.kind != Change::Kind::Keep)
            addTo(made.sets, change, records, bounds);
    }
}

Plan plan(const Deployment &wanted, const LiveState &live, const QByteArray &provider,
          const Zone &zone, const QList<ZoneRecord> &records, const ProviderTraits &traits,
          const HostState *host)
{
    Plan made;
    made.domain = wanted.domain;
    made.provider = provider;
    made.zone = zone;
    if (!zone.obstacle.isEmpty())
        made.blockers.append({zone.obstacle, Severity::Error, {printable(zone.name)}});
    // RFC 1034 4.2.1: below a cut nobody asks the zone above (T-27).
    if (live.isOwnZone && zone.name != wanted.domain.ascii())
        made.blockers.append(
                {"PUSH-2.cut", Severity::Error, {wanted.domain.display(), printable(zone.name)}});
    QList<LiveRecords> sets;
    for (const QByteArray &name : namesToRead(wanted.domain)) {
        const bool isPolicyHost = name == wanted.policyHost();
        // What leads to the policy host is in the plan only where it is our own alias.
        if (!isPolicyHost || wanted.isAliased())
            sets.append(asLive(name, isPolicyHost, records));
    }
    const ProviderTraits bounds = boundsIn(zone, traits);
    made.minimumTtl = bounds.minimumTtl;
    const RecordChanges compared = recordChanges(wanted.records, sets);
    made.changes = compared.changes;
    made.blockers += compared.issues;
    for (const Change &change : compared.changes) {
        if (change.kind != Change::Kind::Keep)
            addTo(made.sets, change, records, bounds);
    }
    // What goes makes room for what comes: an alias stands beside nothing (RFC 1034 3.6.2).
    std::stable_sort(made.sets.begin(), made.sets.end(),
                     [](const SetChange &a, const SetChange &b) {
                         return a.after.isEmpty() && !b.after.isEmpty();
                     });
    addTlsa(made, wanted, records, traits); // DANE-34: after all that
    if (host && !wanted.isAliased()) {
        made.host = hostStep(wanted, *host);
        made.blockers += hostBlockers(*made.host, zone);
        if (const ProviderInfo *info = providerInfo(provider))
            made.blockers += certificateBlockers(*made.host, live.caa, info->issuers);
    }
    if (!wanted.isAliased() &&
        (made.writesHost() ||
         std::any_of(made.changes.begin(), made.changes.end(), makesSendersLook))) {
        made.policyText = wanted.policyText;
        made.isServed = live.policyKnown && live.policyBody == wanted.policyText;
    }
    return made;
}

std::optional<int> raisedTtl(const Plan &plan, const Change &change)
{
    if (!change.after || change.after->ttl >= plan.minimumTtl)
        return std::nullopt;
    for (const SetChange &set : plan.sets) {
        for (const DnsRecord &record : set.after) {
            if (set.name == change.after->name && set.type == change.after->type &&
                record.data == change.after->data && record.ttl == plan.minimumTtl)
                return record.ttl;
        }
    }
    return std::nullopt; // not written, or with the TTL of others beside it
}

QList<QByteArray> namesOf(const QList<SetChange> &sets)
{
    QList<QByteArray> names;
    for (const SetChange &change : sets) {
        if (!names.contains(change.name))
            names.append(change.name);
    }
    return names;
}

QList<QByteArray> sortedData(const QList<DnsRecord> &records)
{
    QList<QByteArray> data;
    for (const DnsRecord &record : records)
        data.append(record.data);
    std::sort(data.begin(), data.end());
    return data;
}

bool standsAsBefore(const SetChange &change, const QList<ZoneRecord> &records)
{
    return sortedData(plain(setAt(records, change.name, change.type))) ==
           sortedData(plain(change.before));
}

bool standsAsWanted(const SetChange &change, const QList<ZoneRecord> &records)
{
    return sortedData(writable(setAt(records, change.name, change.type))) ==
           sortedData(change.after);
}

QList<SetChange> undoOf(const QList<SetChange> &done, const QList<ZoneRecord> &records)
{
    QList<SetChange> undo;
    // Backwards: what came last, and leans on the others, goes first.
    for (auto change = done.rbegin(); change != done.rend(); ++change) {
        if (standsAsWanted(*change, records) && !standsAsBefore(*change, records))
            undo.append({change->name, change->type, setAt(records, change->name, change->type),
                         writable(change->before)});
    }
    return undo;
}
