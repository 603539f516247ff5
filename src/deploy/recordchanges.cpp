// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/recordchanges.h"

#include "base/printable.h"

#include <algorithm>

namespace {

/// "v=STSv1" at _mta-sts names, "v=TLSRPTv1" at _smtp._tls names.
QByteArray versionFor(const QByteArray &name)
{
    if (name.startsWith("_mta-sts."))
        return "v=STSv1";
    if (name.startsWith("_smtp._tls."))
        return "v=TLSRPTv1";
    return {};
}

/// A record of the kind we write at this name, broken ones included: with a leading blank or with
/// quotation marks published as text (STS-14) it is still meant as ours.
bool isOurs(const QByteArray &text, const QByteArray &name)
{
    const QByteArray version = versionFor(name);
    QByteArray bare = text.trimmed();
    if (bare.startsWith('"'))
        bare = bare.mid(1);
    if (version.isEmpty() || !bare.startsWith(version))
        return false;
    if (bare.size() == version.size())
        return true;
    const char next = bare.at(version.size());
    return next == ';' || next == ' ' || next == '\t' || next == '"' || next == '\\';
}

bool isOurs(const QByteArray &data, const LiveRecords &live)
{
    return live.type == RecordType::TXT && isOurs(data, live.name);
}

DnsRecord asRecord(const LiveRecords &live, const QByteArray &data)
{
    DnsRecord record;
    record.name = live.name;
    record.type = live.type;
    record.data = data;
    return record;
}

QByteArray changeReason(const QByteArray &name)
{
    return name.startsWith("_mta-sts.") ? "STS-15.newid" : "RPT-1.newtext";
}

QByteArray secondReason(const QByteArray &name)
{
    return name.startsWith("_mta-sts.") ? "STS-6.second" : "RPT-3.second";
}

/// One wanted record against its live set: one of ours is kept or replaced, all others of ours go,
/// because senders ignore every one of them when there are two (RFC 8461 3.1, RFC 8460 3).
void compare(const DnsRecord &wanted, const LiveRecords &live, QList<Change> &changes)
{
    const bool there = live.data.contains(wanted.data);
    bool placed = false;
    QList<Change> removals;
    for (const QByteArray &data : live.data) {
        if (!placed && data == wanted.data) {
            placed = true;
            changes.append({Change::Kind::Keep, asRecord(live, data), wanted, "PUSH-1.keep"});
        } else if (data == wanted.data || isOurs(data, live)) {
            if (!placed && !there) {
                placed = true;
                changes.append({Change::Kind::Replace, asRecord(live, data), wanted,
                                changeReason(live.name)});
            } else {
                removals.append({Change::Kind::Remove, asRecord(live, data), std::nullopt,
                                 secondReason(live.name)});
            }
        }
    }
    if (!placed)
        changes.append({Change::Kind::Add, std::nullopt, wanted, "PUSH-1.add"});
    changes.append(removals);
}

/// Says why a set cannot be changed, if so.
std::optional<Issue> obstacle(const QByteArray &name, const LiveRecords *live)
{
    if (!live || !live->known)
        return Issue{"PUSH-3.unknown", Severity::Unknown, {printable(name)}};
    if (!live->alias.isEmpty()) // RFC 1034 3.6.2: no other data beside an alias
        return Issue{"PUSH-6.alias", Severity::Error, {printable(name), printable(live->alias)}};
    return std::nullopt;
}

/// Why an alias cannot be put at this name, if so. What is known of a live one is only its end.
std::optional<Issue> aliasObstacle(const DnsRecord &wanted, const LiveRecords *live)
{
    if (!live || !live->known)
        return Issue{"PUSH-3.unknown", Severity::Unknown, {printable(wanted.name)}};
    if (!live->alias.isEmpty() && live->alias != wanted.data)
        return Issue{"PUSH-6.elsewhere",
                     Severity::Unknown,
                     {printable(wanted.name), printable(live->alias), printable(wanted.data)}};
    const bool others = live->alias.isEmpty() &&
                        std::any_of(live->data.begin(), live->data.end(),
                                    [&](const QByteArray &data) { return !isOurs(data, *live); });
    if (others) // RFC 1034 3.6.2
        return Issue{"PUSH-6.beside", Severity::Error, {printable(wanted.name)}};
    return std::nullopt;
}

/// Our own texts go before the alias comes, because it can stand beside nothing.
void compareAlias(const DnsRecord &wanted, const LiveRecords &live, QList<Change> &changes)
{
    if (live.alias == wanted.data) {
        changes.append({Change::Kind::Keep, wanted, wanted, "PUSH-1.keep"});
        return;
    }
    for (const QByteArray &data : live.data)
        changes.append(
                {Change::Kind::Remove, asRecord(live, data), std::nullopt, "PUSH-6.replaced"});
    changes.append({Change::Kind::Add, std::nullopt, wanted, "PUSH-1.add"});
}

const LiveRecords *find(const QList<LiveRecords> &live, const QByteArray &name)
{
    const auto at = std::find_if(live.begin(), live.end(),
                                 [&](const LiveRecords &set) { return set.name == name; });
    return at == live.end() ? nullptr : &*at;
}

} // namespace

int RecordChanges::count() const
{
    return int(std::count_if(changes.begin(), changes.end(),
                             [](const Change &c) { return c.kind != Change::Kind::Keep; }));
}

RecordChanges recordChanges(const QList<DnsRecord> &wanted, const QList<LiveRecords> &live)
{
    RecordChanges result;
    for (const DnsRecord &record : wanted) {
        const LiveRecords *set = find(live, record.name);
        const bool isAlias = record.type == RecordType::CNAME;
        if (const auto issue = isAlias ? aliasObstacle(record, set) : obstacle(record.name, set))
            result.issues.append(*issue);
        else if (isAlias)
            compareAlias(record, *set, result.changes);
        else
            compare(record, *set, result.changes);
    }
    for (const LiveRecords &set : live) {
        const bool isWanted = std::any_of(wanted.begin(), wanted.end(),
                                          [&](const DnsRecord &r) { return r.name == set.name; });
        // An alias is somebody else's answer, and what is not known cannot be removed.
        if (isWanted || !set.known || !set.alias.isEmpty())
            continue;
        for (const QByteArray &data : set.data) {
            if (isOurs(data, set))
                result.changes.append({Change::Kind::Remove, asRecord(set, data), std::nullopt,
                                       "PUSH-1.unwanted"});
        }
    }
    return result;
}
