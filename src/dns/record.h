// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Names and record data between the wire and the program. Text forms: presentation.h.

#include "dns/answer.h"
#include "mail/caarecord.h"
#include "mail/tlsarecord.h"

#include <QHostAddress>

struct MxRecord
{
    int preference = 0;
    QByteArray host; // lower case, no final dot; empty for the root (null MX, RFC 7505)
    friend bool operator==(const MxRecord &, const MxRecord &) = default;
};

/// A record as this program publishes it. data: presentation form; for TXT the joined octets, unquoted.
struct DnsRecord
{
    QByteArray name; // absolute, lower case, no final dot
    RecordType type = RecordType::TXT;
    int ttl = 3600;
    QByteArray data;
    friend bool operator==(const DnsRecord &, const DnsRecord &) = default;
};

/// How names are compared and kept here: lower case, no final dot; the root is ".".
[[nodiscard]] QByteArray normalName(const QByteArray &name);
/// `name` is `zone` or below it; both as normalName() makes them.
[[nodiscard]] bool isWithin(const QByteArray &name, const QByteArray &zone);
/// RFC 1035 2.3.4: labels of 1 to 63 octets, at most 255 octets on the wire; printable text.
[[nodiscard]] bool isLegalName(const QByteArray &name);
/// Wire name at offset, without compression, as lower-case presentation text (\DDD for odd octets);
/// nothing when malformed, empty for the root.
[[nodiscard]] std::optional<QByteArray> nameFromWire(const QByteArray &wire, qsizetype offset = 0);
[[nodiscard]] std::optional<QByteArray> txtFromWire(const QByteArray &rdata); // strings joined
[[nodiscard]] std::optional<MxRecord> mxFromWire(const QByteArray &rdata);
[[nodiscard]] std::optional<QHostAddress> addressFromWire(RecordType type, const QByteArray &rdata);

/// Whose TLSA records stand at a name, and of which port; port 0: it is no name of such records.
struct TlsaOwner
{
    QByteArray host;
    quint16 port = 0;
};
/// RFC 6698 3: "_25._tcp.mx1.example.com"
[[nodiscard]] QByteArray tlsaOwner(const QByteArray &host, quint16 port = 25);
[[nodiscard]] TlsaOwner tlsaOwnerFrom(const QByteArray &name);

// Decoded sets; malformed members are left out.
[[nodiscard]] QList<QByteArray> texts(const DnsAnswer &answer);
[[nodiscard]] QList<MxRecord> mailExchangers(const DnsAnswer &answer); // by preference
[[nodiscard]] QList<QHostAddress> addresses(const DnsAnswer &answer);
[[nodiscard]] QList<TlsaRecord> tlsaRecords(const DnsAnswer &answer);
[[nodiscard]] QList<CaaRecord> caaRecords(const DnsAnswer &answer);
/// What was answered on the way up from a name (RFC 8659 3), for relevantCaaSet().
[[nodiscard]] QList<CaaAnswer> caaAnswers(const QList<DnsAnswer> &climb);
[[nodiscard]] QList<QByteArray> targets(const DnsAnswer &answer); // NS, CNAME
