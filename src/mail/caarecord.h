// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CAA records and whether a set lets an authority issue (RFC 8659, 8657).  0 issue "letsencrypt.org"

#include "base/severity.h"

#include <QByteArray>
#include <QList>

#include <optional>

struct CaaRecord
{
    quint8 flags = 0;
    QByteArray tag;   // lower case
    QByteArray value; // octets
    friend bool operator==(const CaaRecord &, const CaaRecord &) = default;
};

struct CaaVerdict
{
    bool mayIssue = false;
    QList<Issue> issues;
};

[[nodiscard]] std::optional<CaaRecord> caaFromWire(const QByteArray &rdata);
[[nodiscard]] std::optional<CaaRecord> caaFromText(const QByteArray &presentation);
[[nodiscard]] QByteArray caaToText(const CaaRecord &record);
enum class CertificateKind { Single, Wildcard };
/// `set` is the relevant record set (found by climbing, RFC 8659 3); empty does not restrict.
[[nodiscard]] CaaVerdict mayIssue(const QList<CaaRecord> &set, const QByteArray &issuer,
                                  CertificateKind kind);
