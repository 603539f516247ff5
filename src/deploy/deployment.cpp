// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/deployment.h"

#include "mail/stsrecord.h"
#include "mail/tlsrptrecord.h"

#include <algorithm>

namespace {

QList<QByteArray> patternSet(const QList<MxPattern> &patterns)
{
    QList<QByteArray> set;
    for (const MxPattern &pattern : patterns)
        set.append(pattern.text().toLower());
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
    return set;
}

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
    result.policy = wantedPolicy(choices, served);
    result.policyText = writePolicy(result.policy);

    // RFC 8461 3.1: the id names one policy; a file of unknown content gets a new one.
    const bool same = served && meansTheSame(*served, result.policy);
    const bool keepId = same && live.stsKnown && !live.stsId.isEmpty();
    result.id = keepId ? live.stsId : newStsId(now, live.stsId);

    // RFC 8461 8.1: the record that makes senders look comes last.
    if (!choices.reportTo.isEmpty())
        result.records.append(tlsRptRecord(choices, live));
    result.records.append(stsRecord(choices, live, result.id));
    return result;
}
