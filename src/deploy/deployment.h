// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What should be there: the policy file, its id and the records, made from the choices and from what
// is live. Pure; the time is an argument.

#include "deploy/choices.h"
#include "deploy/livestate.h"

struct Deployment
{
    DomainName domain;
    Policy policy;
    QByteArray policyText;    // octets to serve, or what policyPassedOn() says to pass on
    QByteArray id;            // of the _mta-sts record
    QList<DnsRecord> records; // in the order of publishing: _smtp._tls first, _mta-sts last
    QList<DnsRecord>
            tlsa; // records to publish after everything else (DANE-34), confirmed by the user (T-33)
    QList<DnsRecord>
            tlsaGone; // live ones that match nothing in use and that the user wants gone (DANE-28)
    Hosting hosting = Hosting::Undecided;

    /// The mail provider answers (RFC 8461 8.2): no policy and no id of one's own.
    [[nodiscard]] bool isDelegated() const { return hosting == Hosting::Delegated; }
    /// By two aliases; else an alias for the record, and a host of one's own that passes the file on.
    [[nodiscard]] bool isAliased() const { return isDelegated() && policyText.isEmpty(); }
    /// A Worker serves the file, or passes it on.
    [[nodiscard]] bool isWorker() const
    {
        return hosting == Hosting::CloudflareWorker || (isDelegated() && !isAliased());
    }
    /// Record and file are to go: the end of a removal.
    [[nodiscard]] bool isRemoved() const { return policyText.isEmpty() && !isDelegated(); }
    [[nodiscard]] QByteArray policyHost() const { return domain.child("mta-sts"); }
};

/// TTL of every record written: short enough to change one's mind (STS-20).
inline constexpr int RecordTtl = 3600;

/// Keeps the live id, and the live record text, while mode, mx and max_age are what is served
/// (STS-15); otherwise takes the id that was handed over with these choices, or gives a new one; so
/// also when it is not known what is served. Delegated counts only where live.canDelegate().
[[nodiscard]] Deployment deployment(const Choices &choices, const LiveState &live,
                                    const QDateTime &now);

/// The same without MTA-STS; the reports stay (RFC 8460 stands alone).
[[nodiscard]] Deployment withoutPolicy(Deployment wanted);

/// The choices with the id of `made` written down, so that every later deployment() gives the same;
/// what was ticked for another policy is forgotten.
[[nodiscard]] Choices handedOver(Choices choices, const Deployment &made);

/// Same mode, max_age and set of mx patterns: nothing that matters to a sender differs.
[[nodiscard]] bool meansTheSame(const Policy &a, const Policy &b);
