// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tlsaproof.h"

#include "base/printable.h"
#include "deploy/recordchanges.h"
#include "serverwords.h"

ProofRow tlsaRow(const QByteArray &owner, const Deployment &wanted, const Survey &survey,
                 const QList<ServerDane> &judged)
{
    ProofRow row;
    row.kind = ProofRow::Kind::Tlsa;
    row.about = printable(tlsaOwnerFrom(owner).host, 255);
    for (qsizetype i = 0; i < survey.hosts.size(); ++i) {
        const MailHost &host = survey.hosts.at(i);
        if (tlsaOwner(host.name, 25) != owner || !host.tlsa || !host.tlsa->isKnown() ||
            host.tlsa->cut)
            continue;
        const RecordChanges left = tlsaChanges(recordsAt(owner, wanted.tlsa),
                                               recordsAt(owner, wanted.tlsaGone), liveTlsa(survey));
        row.ttl = host.tlsa->ttl;
        if (left.isBlocked() || host.tlsa->security != Security::Secure)
            return row; // RFC 7672 2.2: without signatures nobody heeds them
        row.state = left.count() > 0 ? ProofRow::State::Waiting : ProofRow::State::Seen;
        if (row.state != ProofRow::State::Seen || recordsAt(owner, wanted.tlsa).isEmpty())
            return row;
        row.seen.append(wordsOf(judged.at(i)).senders);
        if (judged.at(i).senders == DaneResult::Unknown)
            row.state = ProofRow::State::NotTested;
        else if (judged.at(i).senders != DaneResult::Authenticated)
            row.state = ProofRow::State::Other;
    }
    return row;
}
