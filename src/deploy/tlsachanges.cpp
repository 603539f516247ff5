// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What would change in TLSA sets. Unlike texts, nobody's record is another's: a set may hold the keys of
// several programs and of days to come, so that only what is named goes (RFC 7671 8.1).
#include "base/printable.h"
#include "deploy/recordchanges.h"

#include <algorithm>

namespace {

/// DANE-46: two texts, one record. What is no TLSA record is compared as it is.
bool areSame(const QByteArray &one, const QByteArray &other)
{
    const auto a = readTlsa(one).record, b = readTlsa(other).record;
    return a && b ? *a == *b : one == other;
}

bool holds(const QList<QByteArray> &list, const QByteArray &data)
{
    return std::any_of(list.begin(), list.end(),
                       [&](const QByteArray &other) { return areSame(other, data); });
}

bool holds(const QList<DnsRecord> &list, const QByteArray &data)
{
    return std::any_of(list.begin(), list.end(),
                       [&](const DnsRecord &other) { return areSame(other.data, data); });
}

/// Each record once, as it is written.
QList<DnsRecord> at(const QByteArray &owner, const QList<DnsRecord> &records, QList<Issue> &issues)
{
    QList<DnsRecord> found;
    for (DnsRecord record : records) {
        if (record.name != owner || record.type != RecordType::TLSA)
            continue;
        const auto read = readTlsa(record.data).record;
        if (!read) {
            issues.append({"DANE-46", Severity::Error, {printable(record.data, 80)}});
            continue;
        }
        record.data = tlsaToText(*read);
        if (!holds(found, record.data))
            found.append(record);
    }
    return found;
}

const LiveRecords *setAt(const QByteArray &owner, const QList<LiveRecords> &live)
{
    const auto set = std::find_if(live.begin(), live.end(), [&](const LiveRecords &one) {
        return one.name == owner && one.type == RecordType::TLSA;
    });
    return set == live.end() ? nullptr : &*set;
}

std::optional<Issue> obstacle(const QByteArray &owner, const LiveRecords *set)
{
    if (!set || !set->known)
        return Issue{"PUSH-3.unknown", Severity::Unknown, {printable(owner)}};
    if (!set->alias.isEmpty()) // RFC 7672 2.2.3: senders follow it, so that is where records count
        return Issue{"PUSH-6.tlsa", Severity::Error, {printable(owner), printable(set->alias)}};
    return std::nullopt;
}

/// What comes stands before what goes, so that no reader of the plan sees the owner without any.
void compare(const QList<DnsRecord> &wanted, const QList<DnsRecord> &gone, const LiveRecords &live,
             QList<Change> &changes)
{
    for (const DnsRecord &record : wanted) {
        if (holds(live.data, record.data))
            changes.append({Change::Kind::Keep, record, record, "DANE-29.keep"});
        else
            changes.append({Change::Kind::Add, std::nullopt, record, "DANE-29.add"});
    }
    for (const QByteArray &data : live.data) {
        if (!holds(gone, data) || holds(wanted, data))
            continue;
        const DnsRecord there{live.name, RecordType::TLSA, gone.constFirst().ttl, data};
        changes.append({Change::Kind::Remove, there, std::nullopt, "DANE-28.gone"});
    }
}

} // namespace

QList<DnsRecord> recordsAt(const QByteArray &owner, const QList<DnsRecord> &records)
{
    QList<DnsRecord> found;
    std::copy_if(records.begin(), records.end(), std::back_inserter(found),
                 [&](const DnsRecord &record) { return record.name == owner; });
    return found;
}

bool holdsRecord(const QList<DnsRecord> &records, const DnsRecord &one)
{
    return std::any_of(records.begin(), records.end(), [&](const DnsRecord &other) {
        return other.name == one.name && other.data == one.data;
    });
}

QList<QByteArray> ownersOf(const QList<DnsRecord> &records)
{
    QList<QByteArray> owners;
    for (const DnsRecord &record : records) {
        if (!owners.contains(record.name))
            owners.append(record.name);
    }
    return owners;
}

RecordChanges tlsaChanges(const QList<DnsRecord> &wanted, const QList<DnsRecord> &gone,
                          const QList<LiveRecords> &live)
{
    RecordChanges result;
    for (const QByteArray &owner : ownersOf(wanted + gone)) {
        QList<Issue> issues;
        const QList<DnsRecord> come = at(owner, wanted, issues), go = at(owner, gone, issues);
        const LiveRecords *set = setAt(owner, live);
        if (const auto issue = obstacle(owner, set))
            issues.append(*issue);
        if (issues.isEmpty())
            compare(come, go, *set, result.changes);
        result.issues.append(issues);
    }
    return result;
}
