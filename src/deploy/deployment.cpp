// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/deployment.h"

#include "mail/passedon.h"
#include "mail/stsrecord.h"
#include "mail/tlsrptrecord.h"

#include <algorithm>

namespace {

QList<MxPattern> withoutRepeats(const QList<MxPattern> &patterns)
{
    QList<MxPattern> once;
    for (const MxPattern &pattern : patterns) {
        const bool seen = std::any_of(once.begin(), once.end(), [&](const MxPattern &other) {
            return other.text().compare(pattern.text(), Qt::CaseInsensitive) == 0;
        });
        if (!seen)
            once.append(pattern);
    }
    return once;
}

Policy wantedPolicy(const Choices &choices, const std::optional<Policy> &served)
{
    Policy policy;
    policy.mode = choices.mode;
    policy.maxAge = choices.maxAge;
    policy.mx = withoutRepeats(choices.mx);
    if (!served)
        return policy;
    // Some senders refuse mode none without mx lines: what was listed stays listed (STS-30).
    if (policy.mode == Policy::Mode::None && policy.mx.isEmpty())
        policy.mx = served->mx;
    // The order says nothing to a sender: the served one is kept, so that no octet changes for it.
    if (patternSet(policy.mx) == patternSet(served->mx))
        policy.mx = withoutRepeats(served->mx);
    return policy;
}

DnsRecord stsRecord(const Choices &choices, const LiveState &live, const QByteArray &id)
{
    // Extension fields of somebody's live record stay as long as the id does.
    const bool keep = live.stsKnown && !live.stsText.isEmpty() && id == live.stsId;
    return {choices.domain.child("_mta-sts"), RecordType::TXT, RecordTtl,
            keep ? live.stsText : writeStsRecord(id)};
}

DnsRecord tlsRptRecord(const Choices &choices, const LiveState &live)
{
    QByteArray text = writeTlsRptRecord(choices.reportTo);
    if (live.tlsRptKnown && !live.tlsRptText.isEmpty()) {
        const TlsRptReading reading = readTlsRptRecords({live.tlsRptText}, choices.domain.ascii());
        if (reading.outcome == RecordOutcome::Valid && reading.rua == choices.reportTo)
            text = live.tlsRptText;
    }
    return {choices.domain.child("_smtp._tls"), RecordType::TXT, RecordTtl, text};
}

DnsRecord alias(const QByteArray &name, const QByteArray &target)
{
    return {name, RecordType::CNAME, RecordTtl, target};
}

/// RFC 8461 3.1: the id names one policy; a file of unknown content gets a new one.
QByteArray wantedId(const Choices &choices, const LiveState &live,
                    const std::optional<Policy> &served, const Policy &policy, const QDateTime &now)
{
    const bool same = served && meansTheSame(*served, policy);
    const bool isLive = live.stsKnown && !live.stsId.isEmpty();
    const HandOver &delivery = choices.delivery;
    if (!delivery.id.isEmpty() && delivery.digest == policyDigest(choices)) {
        // Senders that saw this id beside another policy would not look again.
        const bool spent = isLive && live.stsId == delivery.id && served && !same;
        if (!spent)
            return delivery.id;
    }
    return same && isLive ? live.stsId : newStsId(now, live.stsId);
}

/// What is within the mail domain. Records of servers elsewhere belong to another zone.
QList<DnsRecord> ownTlsa(const QList<DnsRecord> &records, const DomainName &domain)
{
    QList<DnsRecord> own;
    std::copy_if(records.begin(), records.end(), std::back_inserter(own),
                 [&](const DnsRecord &record) { return isWithin(record.name, domain.ascii()); });
    return own;
}

} // namespace

bool meansTheSame(const Policy &a, const Policy &b)
{
    return a.mode == b.mode && a.maxAge == b.maxAge && patternSet(a.mx) == patternSet(b.mx);
}

Deployment deployment(const Choices &choices, const LiveState &live, const QDateTime &now)
{
    std::optional<Policy> served;
    if (live.policyKnown && live.policyBody)
        served = readPolicy(*live.policyBody).policy;

    Deployment result;
    result.domain = choices.domain;
    result.hosting = choices.hosting;
    result.tlsa = ownTlsa(choices.tlsa, choices.domain);
    result.tlsaGone = ownTlsa(choices.tlsaGone, choices.domain);
    // RFC 8461 8.1: the record that makes senders look comes last.
    if (!choices.reportTo.isEmpty())
        result.records.append(tlsRptRecord(choices, live));
    if (choices.hosting == Hosting::Delegated && live.canDelegate()) {
        if (live.passedOn.isEmpty())
            result.records.append(alias(choices.domain.child("mta-sts"), live.delegateHost));
        else
            result.policyText = policyPassedOn(live.passedOn);
        result.records.append(alias(choices.domain.child("_mta-sts"), live.delegateRecord));
        return result;
    }
    if (choices.hosting == Hosting::Delegated)
        result.hosting = Hosting::Undecided;
    result.policy = wantedPolicy(choices, served);
    result.policyText = writePolicy(result.policy);
    result.id = wantedId(choices, live, served, result.policy, now);
    result.records.append(stsRecord(choices, live, result.id));
    return result;
}

Deployment withoutPolicy(Deployment wanted)
{
    const QByteArray record = wanted.domain.child("_mta-sts");
    wanted.records.removeIf([&](const DnsRecord &kept) { return kept.name == record; });
    wanted.policyText.clear();
    wanted.hosting = Hosting::Undecided;
    return wanted;
}

Choices handedOver(Choices choices, const Deployment &made)
{
    const QByteArray digest = policyDigest(choices);
    if (choices.delivery.digest != digest || choices.delivery.id != made.id)
        choices.delivery = {made.id, digest, {}};
    return choices;
}
