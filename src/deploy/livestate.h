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
    QByteArray stsId;   // empty when there is no valid record
    QByteArray stsText; // the one valid record as found
    bool tlsRptKnown = false;
    QByteArray tlsRptText; // the one valid record as found
};

[[nodiscard]] LiveState liveState(const Survey &survey);

/// All records of one name and type as they are now, for the comparison.
struct LiveRecords
{
    QByteArray name; // absolute, lower case, no final dot
    RecordType type = RecordType::TXT;
    bool known = false;
    QByteArray alias;       // CNAME target when the name is an alias, else empty
    QList<QByteArray> data; // as in DnsRecord; for TXT the joined octets
};

/// The sets that a deployment may touch: _mta-sts and _smtp._tls.
[[nodiscard]] QList<LiveRecords> liveRecords(const Survey &survey);
