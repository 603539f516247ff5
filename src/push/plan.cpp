// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/plan.h"

#include "base/printable.h"
#include "dns/presentation.h"
#include "provider/catalogue.h"

#include <QJsonArray>

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

const char *actionOf(Change::Kind kind)
{
    switch (kind) {
    case Change::Kind::Keep:
        return "keep";
    case Change::Kind::Add:
        return "create";
    case Change::Kind::Replace:
        return "replace";
    case Change::Kind::Remove:
        return "delete";
    }
    return "keep";
}

QJsonObject stepJson(const char *action, const QByteArray &name, const QByteArray &type,
                     const QJsonArray &before, const QJsonArray &after, const QByteArray &why)
{
    return {{QStringLiteral("action"), QLatin1String(action)},
            {QStringLiteral("name"), printable(name)},
            {QStringLiteral("type"), QLatin1String(type)},
            {QStringLiteral("before"), before},
            {QStringLiteral("after"), after},
            {QStringLiteral("why"), QLatin1String(why)}};
}

QJsonArray textOf(const std::optional<DnsRecord> &record)
{
    return record ? QJsonArray{QString::fromLatin1(dataText(*record))} : QJsonArray();
}

QJsonArray textOf(const QByteArray &policy)
{
    return policy.isEmpty() ? QJsonArray() : QJsonArray{QString::fromUtf8(policy)};
}

/// Everything that will be sent (PUSH-1): the file, and the records that make room for it or come back.
void addHostSteps(const HostStep &step, QJsonArray &steps)
{
    const auto file = [&](const char *action, const QByteArray &before, const QByteArray &after,
                          const char *why) {
        steps.append(stepJson(action, step.host, "policy", textOf(before), textOf(after), why));
    };
    const auto room = [&](const char *action) {
        for (const ZoneRecord &record : step.before.inTheWay) {
            const QJsonArray text = textOf(std::optional(record.record));
            const bool isGoing = qstrcmp(action, "delete") == 0;
            steps.append(stepJson(action, step.host, typeName(record.record.type),
                                  isGoing ? text : QJsonArray(), isGoing ? QJsonArray() : text,
                                  "PUSH-6.room"));
        }
    };
    switch (step.action) {
    case HostStep::Action::Keep:
        return file("keep", step.text, step.text, "PUSH-1.keep");
    case HostStep::Action::Publish:
        file("publish", step.before.text, step.text, "PUSH-1.publish");
        if (step.before.attachedTo != step.before.service) // else it has its place already
            room("delete");
        return;
    case HostStep::Action::Withdraw:
        file("withdraw", step.text, {}, "PUSH-1.withdraw");
        return room("create");
    }
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
    ProviderTraits bounds = traits; // PUSH-13
    bounds.minimumTtl = qBound(traits.minimumTtl, zone.minimumTtl, traits.maximumTtl);
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

QJsonObject planJson(const Plan &plan)
{
    QJsonArray steps;
    const bool isWithdrawn = plan.host && plan.host->action == HostStep::Action::Withdraw;
    if (plan.host && !isWithdrawn)
        addHostSteps(*plan.host, steps);
    if (!plan.policyText.isEmpty())
        steps.append(stepJson("verify", plan.domain.child("mta-sts"), "policy", {},
                              {QString::fromUtf8(plan.policyText)}, "STS-83"));
    for (const Change &change : plan.changes) {
        const DnsRecord &record = change.after ? *change.after : *change.before;
        steps.append(stepJson(actionOf(change.kind), record.name, typeName(record.type),
                              textOf(change.before), textOf(change.after), change.reason));
    }
    if (isWithdrawn)
        addHostSteps(*plan.host, steps);
    return {{QStringLiteral("schema"), QStringLiteral("mta-sts-plan/1")},
            {QStringLiteral("domain"), QString::fromLatin1(plan.domain.ascii())},
            {QStringLiteral("provider"), QString::fromLatin1(plan.provider)},
            {QStringLiteral("zone"), printable(plan.zone.name)},
            {QStringLiteral("steps"), steps}};
}
