// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "nameserverproof.h"

#include "base/printable.h"
#include "deploy/recordchanges.h"
#include "mail/stsrecord.h"
#include "mail/tlsrptrecord.h"
#include "provider/nameserverlook.h"

#include <algorithm>

namespace {

using Kind = ProofRow::Kind;

struct Wanted
{
    Kind kind = Kind::Record;
    AskedSet set;
    QByteArray data;                           // empty: none of ours
    QList<DnsRecord> tlsa = {}, tlsaGone = {}; // of Tlsa
};

QList<Wanted> wantedSets(const Deployment &wanted)
{
    const QByteArray record = wanted.domain.child("_mta-sts");
    const QByteArray reports = wanted.domain.child("_smtp._tls");
    QList<Wanted> sets;
    for (const DnsRecord &one : wanted.records) {
        if (one.name == record || one.name == reports)
            sets.append({one.name == record ? Kind::Record : Kind::Reports,
                         {one.name, one.type},
                         one.data});
    }
    for (const QByteArray &owner : ownersOf(wanted.tlsa + wanted.tlsaGone))
        sets.append({Kind::Tlsa,
                     {owner, RecordType::TLSA},
                     {},
                     recordsAt(owner, wanted.tlsa),
                     recordsAt(owner, wanted.tlsaGone)});
    if (wanted.isRemoved())
        sets.append({Kind::Record, {record, RecordType::TXT}, {}});
    return sets;
}

/// As a sender would read the set, so that a second record beside the wanted one does not count.
bool isAsWanted(const Wanted &wanted, const QList<QByteArray> &data, const DomainName &domain)
{
    if (wanted.kind == Kind::Tlsa) {
        const auto isThere = [&](const DnsRecord &one) { return data.contains(one.data); };
        return std::all_of(wanted.tlsa.begin(), wanted.tlsa.end(), isThere) &&
               std::none_of(wanted.tlsaGone.begin(), wanted.tlsaGone.end(),
                            [&](const DnsRecord &one) {
                                return isThere(one) && !holdsRecord(wanted.tlsa, one);
                            });
    }
    if (wanted.set.second == RecordType::CNAME)
        return data.size() == 1 && normalName(data.first()) == normalName(wanted.data);
    if (wanted.kind == Kind::Reports) {
        const TlsRptReading reading = readTlsRptRecords(data, domain.ascii());
        return reading.outcome == RecordOutcome::Valid && reading.text == wanted.data;
    }
    const StsReading reading = readStsRecords(data);
    return wanted.data.isEmpty()
                   ? reading.outcome == RecordOutcome::None
                   : reading.outcome == RecordOutcome::Valid && reading.text == wanted.data;
}

} // namespace

QList<RecordAtServers> lookAtServers(const PublishDoors &doors, const Deployment &wanted,
                                     const Cancel &cancel)
{
    const QList<Wanted> sets = wantedSets(wanted);
    if (!doors.nameServers || sets.isEmpty())
        return {};
    const auto servers = serversAbove(wanted.domain.ascii(), [&](const QByteArray &zone) {
        return doors.nameServers(zone, cancel);
    });
    if (!servers)
        return {};
    QList<AskedSet> asked;
    QList<RecordAtServers> records;
    for (const Wanted &one : sets) {
        asked.append(one.set);
        const QByteArray &owner = one.set.first;
        records.append(
                {one.kind,
                 {},
                 one.kind == Kind::Tlsa ? printable(tlsaOwnerFrom(owner).host, 255) : QString()});
    }
    for (const ServerAnswers &one : askEveryServer(*servers, asked, cancel)) {
        for (int i = 0; i < sets.size(); ++i) {
            ProofRow::AtServers &at = records[i].servers;
            const auto &data = one.sets.at(i);
            QStringList &where = !data                                          ? at.silent
                                 : isAsWanted(sets.at(i), *data, wanted.domain) ? at.with
                                                                                : at.without;
            where.append(serverText(one.server));
        }
    }
    return records;
}

bool wantServers(const QList<ProofRow> &rows)
{
    return std::any_of(rows.begin(), rows.end(), [](const ProofRow &row) {
        return (row.kind == Kind::Record || row.kind == Kind::Reports || row.kind == Kind::Tlsa) &&
               row.state != ProofRow::State::Seen;
    });
}

QList<ProofRow> withServers(QList<ProofRow> rows, const QList<RecordAtServers> &records)
{
    for (ProofRow &row : rows) {
        for (const RecordAtServers &one : records) {
            if (one.kind == row.kind && one.about == row.about &&
                row.state != ProofRow::State::Seen)
                row.servers = one.servers;
        }
    }
    return rows;
}
