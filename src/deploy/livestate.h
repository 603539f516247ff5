// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the domain has today, as far as a deployment must know it. "Not known" is kept apart from "not
// there": a look-up that failed says nothing (DNS-1).

#include "survey/survey.h"

struct LiveState
{
    bool policyKnown = false;
    std::optional<QByteArray> policyBody; // octets as served; empty when there is no file
    bool stsKnown = false;
    bool tlsRptKnown = false;
    QByteArray stsId;      // empty when there is no valid record
    QByteArray stsText;    // the one valid record as found
    QByteArray tlsRptText; // the one valid record as found
    /// Name servers are named for the domain itself; false: none, or not known.
    bool isOwnZone = false;
    bool policyHostKnown = false;        // where mta-sts.<domain> leads
    QByteArray policyHostAlias;          // the end of its aliases; empty when it is none
    QList<QByteArray> policyHostLeadsTo; // its addresses, as text
    /// On the way up from the policy host, nearest first (RFC 8659 3); empty: not looked up.
    QList<CaaAnswer> caa;
    // Where the mail provider, if it is known, offers to answer instead (RFC 8461 8.2), else empty.
    QByteArray delegateRecord, delegateHost;
    QByteArray passedOn;           // in place of delegateHost: MailProvider::passedOn
    QList<QByteArray> mailServers; // as far as they are known; names
    QList<DnsRecord> tlsa;         // at port 25 of these, as far as they are known

    /// Both halves: an alias for the record alone leaves senders without a policy.
    [[nodiscard]] bool canDelegate() const
    {
        return !delegateRecord.isEmpty() && !(delegateHost.isEmpty() && passedOn.isEmpty());
    }
};

[[nodiscard]] LiveState liveState(const Survey &survey);
/// Something that is known both times is another now. What is not known says nothing.
[[nodiscard]] bool hasChanged(const LiveState &before, const LiveState &after);

/// All records of one name and type as they are now, for the comparison.
struct LiveRecords
{
    QByteArray name; // absolute, lower case, no final dot
    RecordType type = RecordType::TXT;
    bool known = false;
    QByteArray alias;       // CNAME target when the name is an alias, else empty
    QList<QByteArray> data; // as in DnsRecord; for TXT the joined octets
};

/// The sets that a deployment may touch: the texts of _smtp._tls and _mta-sts, and what stands at
/// mta-sts (its addresses as data, under the type CNAME, because nothing can stand beside an alias).
[[nodiscard]] QList<LiveRecords> liveRecords(const Survey &survey);
/// The TLSA sets at port 25 of the mail servers.
[[nodiscard]] QList<LiveRecords> liveTlsa(const Survey &survey);
