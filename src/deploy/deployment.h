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
    QByteArray policyText;    // octets to serve
    QByteArray id;            // of the _mta-sts record
    QList<DnsRecord> records; // in the order of publishing: _smtp._tls first, _mta-sts last

    [[nodiscard]] QByteArray policyHost() const { return domain.child("mta-sts"); }
};

/// TTL of every record written: short enough to change one's mind (STS-20).
inline constexpr int RecordTtl = 3600;

/// Keeps the live id, and the live record text, while mode, mx and max_age are what is served
/// (STS-15); gives a new id otherwise, and also when it is not known what is served.
[[nodiscard]] Deployment deployment(const Choices &choices, const LiveState &live,
                                    const QDateTime &now);

/// Same mode, max_age and set of mx patterns: nothing that matters to a sender differs.
[[nodiscard]] bool meansTheSame(const Policy &a, const Policy &b);
