// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tlsaproof.h"

#include "base/printable.h"
#include "deploy/recordchanges.h"
#include "serverwords.h"

#include <algorithm>

namespace {

QList<DnsRecord> at(const QList<DnsRecord> &records, const QByteArray &owner)
{
    QList<DnsRecord> found;
    std::copy_if(records.begin(), records.end(), std::back_inserter(found),
                 [&](const DnsRecord &record) { return record.name == owner; });
    return found;
}

} // namespace

ProofRow tlsaRow(const QByteArray &owner, const Deployment &wanted, const Survey &survey)
{
    ProofRow row;
    row.kind = ProofRow::Kind::Tlsa;
    row.about = printable(tlsaOwnerFrom(owner).host, 255);
    for (qsizetype i = 0; i < survey.hosts.size(); ++i) {
        const MailHost &host = survey.hosts.at(i);
        if (tlsaOwner(host.name, 25) != owner || !host.tlsa || !host.tlsa->isKnown() ||
            host.tlsa->cut)
            continue;
        const QList<LiveRecords> live = liveTlsa(survey);
        const RecordChanges left =
                tlsaChanges(at(wanted.tlsa, owner), at(wanted.tlsaGone, owner), live);
        row.ttl = host.tlsa->ttl;
        if (left.isBlocked() || host.tlsa->security != Security::Secure)
            return row; // RFC 7672 2.2: without signatures nobody heeds them
        row.state = left.count() > 0 ? ProofRow::State::Waiting : ProofRow::State::Seen;
        if (row.state != ProofRow::State::Seen || at(wanted.tlsa, owner).isEmpty())
            return row;
        const ServerDane judged = serverDane(survey).at(i);
        row.seen.append(wordsOf(judged).senders);
        if (judged.senders == DaneResult::Unknown)
            row.state = ProofRow::State::NotTested;
        else if (judged.senders != DaneResult::Authenticated)
            row.state = ProofRow::State::Other;
    }
    return row;
}
