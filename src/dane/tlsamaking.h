// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which TLSA records to publish for a server: 3 1 1 for every key in use and every next key, or 2 1 1
// for an issuer (DANE-29). Never 3 0 1, which breaks at each renewal (DANE-31). RFC 7671 8, RFC 7672 3.1.

#include "dane/keysource.h"
#include "dns/record.h"
#include "net/dane.h"

enum class TlsaReason {
    Current, // 3 1 1 of a key in use
    Next,    // of a key, or an issuer, that is to be used later (RFC 7671 8.1)
    Issuer,  // 2 1 1 of the issuer of a certificate in use
};
[[nodiscard]] QByteArray tlsaReasonName(TlsaReason reason); // "current"

struct MadeTlsa
{
    QByteArray owner; // "_25._tcp.mx1.example.com"
    TlsaRecord record;
    TlsaReason why = TlsaReason::Current;
    SourceKey of; // the key in use or the next one, the issuer for 2 1 1
};

struct TlsaWish
{
    QByteArray host; // lower case, no final dot
    quint16 port = 25;
    QList<SourceKey> current, next;
    /// How far above the server's certificate the issuer stands that 2 1 1 is made of: 1 has signed it.
    /// Nothing: 3 1 1.
    std::optional<int> issuer;
    bool wasSeen = false; // `current` is what the server sends, not what a file holds
    std::optional<QList<TlsaRecord>> published; // at the owner now; nothing: not known
    QDateTime now;
};

struct TlsaMaking
{
    QByteArray owner;
    QList<MadeTlsa> records;       // each once: a key that two certificates share has one
    QList<TlsaRecord> alsoFit;     // published, not made here, and good for a key in use
    QList<TlsaRecord> superfluous; // published, and good for no key in use and no next one
    RolloverStep step = RolloverStep::None;
    QList<Issue> issues;          // of what was made (DANE-17..24, 27..29, 32, 40, 45)
    QList<Issue> publishedIssues; // of what is published now (DANE-27, 28, 32, 38)
};

/// Who reads records of this port; nothing to say of 25 (DANE-40).
[[nodiscard]] QList<Issue> portAdvice(const QByteArray &host, quint16 port);
/// Nothing is made of a key that cannot be one of a server; `issues` then has the error.
[[nodiscard]] TlsaMaking tlsaToPublish(const TlsaWish &wish);
/// For zone files and services. `ttl` in seconds (DANE-33).
[[nodiscard]] DnsRecord dnsRecord(const MadeTlsa &made, int ttl = 3600);
