// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One answer of the DNS, with what can be believed of it (RFC 7672 2.1.1, RFC 4035 4.3).

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

enum class RecordType : quint16 {
    A = 1,
    NS = 2,
    CNAME = 5,
    SOA = 6,
    MX = 15,
    TXT = 16,
    AAAA = 28,
    DS = 43,
    RRSIG = 46,
    DNSKEY = 48,
    TLSA = 52,
    CAA = 257,
};

/// Absent is knowledge (NoData, NoName); Failed is not (DNS-1).
enum class AnswerStatus {
    Failed, // SERVFAIL, REFUSED, timeout, bogus, cancelled: nothing is known
    Found,
    NoData, // the name exists, without this type
    NoName, // NXDOMAIN
};

enum class Security {
    Unknown,  // not validated, or validated over a path that cannot (DNS-15)
    Secure,   // validated up to the trust anchor
    Insecure, // provably unsigned
    Bogus,    // signed, and the signatures do not hold (DNS-9)
};

/// From when to when a signature holds (RFC 4034 3.1.5), and the zone that made it.
struct SignatureSpan
{
    QByteArray zone; // as DnsAnswer::name
    qint64 from = 0; // seconds since 1970
    qint64 until = 0;
    friend bool operator==(const SignatureSpan &, const SignatureSpan &) = default;
};

struct DnsAnswer
{
    QByteArray name; // as asked: lower-case presentation form without final dot
    RecordType type = RecordType::A;
    AnswerStatus status = AnswerStatus::Failed;
    Security security = Security::Unknown;
    QByteArray canonicalName; // where the aliases led; equals name without aliases
    QList<QByteArray> rdata;  // wire form, cut to the limit of its type
    bool cut = false;         // more records than the limit were sent
    int ttl = 0;              // seconds
    /// Of the records that were found, aliases too: the one that ends first. Only where validated.
    std::optional<SignatureSpan> signature;
    QString why; // for Failed and Bogus: printable reason

    [[nodiscard]] bool isKnown() const { return status != AnswerStatus::Failed; }
    [[nodiscard]] bool isAbsent() const
    {
        return status == AnswerStatus::NoData || status == AnswerStatus::NoName;
    }
    [[nodiscard]] bool isFound() const { return status == AnswerStatus::Found; }
    [[nodiscard]] bool isAlias() const { return !canonicalName.isEmpty() && canonicalName != name; }
};
