// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TLSA record data (RFC 6698 2.1):  3 1 1 0123...

#include "base/error.h"
#include "base/severity.h"

#include <QByteArray>
#include <QList>

#include <optional>

struct TlsaRecord
{
    quint8 usage = 0;    // 3 DANE-EE, 2 DANE-TA; 0 and 1 are not for SMTP (RFC 7672 3.1.3)
    quint8 selector = 0; // 0 whole certificate, 1 public key
    quint8 matching = 0; // 0 full, 1 SHA2-256, 2 SHA2-512
    QByteArray data;     // octets, compared as octets (DANE-46)
    friend bool operator==(const TlsaRecord &, const TlsaRecord &) = default;
};

struct TlsaReading
{
    std::optional<TlsaRecord> record;
    QByteArray owner; // lower case without final dot, if a whole record line was given
    QList<Issue> issues;
};

/// Zone-file forms: groups, parentheses, any hex case, comments, and RFC 3597 "\# n hex".
[[nodiscard]] TlsaReading readTlsa(const QByteArray &presentation);
[[nodiscard]] std::optional<TlsaRecord> tlsaFromWire(const QByteArray &rdata);
[[nodiscard]] QByteArray tlsaToText(const TlsaRecord &record); // "3 1 1 hex", lower case
/// Empty if an SMTP sender can use the record, else why not (DANE-14, 15, 16).
[[nodiscard]] QList<Issue> whyUnusable(const TlsaRecord &record);
/// What the owner of a set should know about its usable records (DANE-30, 31, 50); needs no look-up.
[[nodiscard]] QList<Issue> adviceOn(const QList<TlsaRecord> &set);
