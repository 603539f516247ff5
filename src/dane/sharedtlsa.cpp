// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/sharedtlsa.h"

#include "base/printable.h"

#include <algorithm>

namespace {

constexpr quint8 DaneTa = 2;

QList<TlsaRecord> recordsOf(const TlsaMaking &making)
{
    QList<TlsaRecord> records;
    for (const MadeTlsa &made : making.records)
        records.append(made.record);
    return records;
}

/// Whatever their order.
bool areSame(const QList<TlsaRecord> &one, const QList<TlsaRecord> &other)
{
    return one.size() == other.size() &&
           std::all_of(one.cbegin(), one.cend(),
                       [&other](const TlsaRecord &record) { return other.contains(record); });
}

QString listed(const QList<TlsaRecord> &records)
{
    QStringList all;
    for (const TlsaRecord &record : records)
        all.append(printable(tlsaToText(record), 80));
    return all.join(QStringLiteral(", "));
}

QString ownersOf(const QList<TlsaMaking> &makings)
{
    QStringList all;
    for (const TlsaMaking &making : makings)
        all.append(printable(making.owner));
    return all.join(QStringLiteral(", "));
}

/// What makes sharing impossible.
QList<Issue> obstacles(const QList<TlsaMaking> &makings, const SharedPlace &place)
{
    QList<Issue> issues;
    for (const TlsaMaking &making : makings) {
        const QString owner = printable(making.owner);
        if (making.records.isEmpty())
            issues.append({"DANE-8.none", Severity::Error, {owner}});
        else if (!areSame(recordsOf(making), recordsOf(makings.constFirst())))
            issues.append({"DANE-8.unlike",
                           Severity::Error,
                           {owner, printable(makings.constFirst().owner)}});
    }
    // RFC 6698 4.1: what is not signed counts for nothing, whatever led there.
    if (place.security == Security::Insecure)
        issues.append({"DANE-8.unsigned", Severity::Error, {printable(place.name)}});
    return issues;
}

QList<Issue> cautions(const QList<TlsaMaking> &makings, const QList<QList<TlsaRecord>> &published,
                      const SharedPlace &place)
{
    QList<Issue> issues;
    const QString name = printable(place.name);
    const QList<TlsaRecord> made = recordsOf(makings.constFirst());
    for (qsizetype i = 0; i < makings.size(); ++i) {
        if (const QList<TlsaRecord> there = published.value(i); !there.isEmpty()) // RFC 1034 3.6.2
            issues.append({"DANE-8.beside",
                           Severity::Warning,
                           {printable(makings.at(i).owner), listed(there)}});
    }
    QList<TlsaRecord> others = place.records;
    others.removeIf([&made](const TlsaRecord &record) { return made.contains(record); });
    if (!others.isEmpty())
        issues.append({"DANE-8.there", Severity::Warning, {name, listed(others)}});
    if (place.security != Security::Secure)
        issues.append({"DANE-8.signed", Severity::Warning, {name}});
    const bool hasIssuer = std::any_of(made.cbegin(), made.cend(), [](const TlsaRecord &record) {
        return record.usage == DaneTa;
    });
    if (hasIssuer) // RFC 7672 2.2.3: the base domain stays
        issues.append({"DANE-8", Severity::Info, {name}});
    if (makings.size() > 1)
        issues.append({"DANE-35", Severity::Info, {ownersOf(makings)}});
    return issues;
}

} // namespace

QList<QList<qsizetype>> sharingServers(const QList<TlsaMaking> &makings)
{
    QList<QList<qsizetype>> groups;
    for (qsizetype i = 0; i < makings.size(); ++i) {
        const QList<TlsaRecord> records = recordsOf(makings.at(i));
        if (records.isEmpty())
            continue;
        const auto known =
                std::find_if(groups.begin(), groups.end(), [&](const QList<qsizetype> &group) {
                    return areSame(recordsOf(makings.at(group.constFirst())), records);
                });
        if (known == groups.end())
            groups.append(QList<qsizetype>{i});
        else
            known->append(i);
    }
    groups.removeIf([](const QList<qsizetype> &group) { return group.size() < 2; });
    return groups;
}

QByteArray sharedPlaceFor(const QList<QByteArray> &hosts)
{
    QList<QByteArray> common;
    for (qsizetype i = 0; i < hosts.size(); ++i) {
        const QList<QByteArray> labels = hosts.at(i).split('.');
        if (i == 0) {
            common = labels.mid(1); // the domain of the server, not the server
            continue;
        }
        while (!common.isEmpty() && (labels.size() <= common.size() ||
                                     labels.mid(labels.size() - common.size()) != common))
            common.removeFirst();
    }
    return common.size() < 2 ? QByteArray() : "tlsa._dane." + common.join('.');
}

SharedTlsa sharedTlsa(const QList<TlsaMaking> &makings, const QList<QList<TlsaRecord>> &published,
                      const SharedPlace &place, int ttl)
{
    SharedTlsa shared;
    if (makings.isEmpty())
        return shared;
    shared.issues = obstacles(makings, place);
    if (!shared.issues.isEmpty())
        return shared;
    for (const MadeTlsa &made : makings.constFirst().records) {
        DnsRecord record = dnsRecord(made, ttl);
        record.name = place.name;
        shared.set.append(record);
    }
    for (const TlsaMaking &making : makings)
        shared.aliases.append({making.owner, RecordType::CNAME, ttl, place.name});
    shared.issues = cautions(makings, published, place);
    return shared;
}
