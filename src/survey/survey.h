// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Everything a domain has today, side by side, as far as it has been looked at. Plain values: what is
// not there yet is empty, and stays unknown. survey/look.h fills it; check/ judges it.

#include "dns/record.h"
#include "mail/domainname.h"
#include "net/policyfetch.h"
#include "net/smtp.h"

#include <QDateTime>

/// One address of a mail server.
struct AddressLook
{
    enum class Skip {
        No,
        Private, // not contacted without consent (TLS-31)
        NoIpv6,  // this computer has no IPv6 (TLS-29)
        SmtpOff, // the user asked to leave the mail servers alone
        TooMany, // over the number of hosts looked at
    };
    QHostAddress address;
    Skip skip = Skip::No;
    bool done = false;
    SmtpFacts smtp; // with SNI
    /// DANE-25: with the TLSA base domain as SNI, where that is not the server's name but what it is an
    /// alias of.
    std::optional<SmtpFacts> atBase;
    std::optional<SmtpFacts> withoutSni; // TLS-15; only when the first one came to TLS
    /// TLS-30: the chain for the other kind of key, if TLS stood; asked where there are TLSA records.
    std::optional<SmtpFacts> otherKeyType;
};

/// One mail server of the domain: an MX target, or the domain itself where there is no MX.
struct MailHost
{
    QByteArray name;
    int preference = 0;
    std::optional<DnsAnswer> a, aaaa;
    std::optional<DnsAnswer> alias; // CNAME at the name itself, asked only when it is an alias
    std::optional<DnsAnswer> tlsa;  // _25._tcp.<name>
    std::optional<DnsAnswer> tlsaAtAlias; // _25._tcp.<where the alias leads>
    std::optional<DnsAnswer>
            besideTlsa; // A at the TLSA name that counts, asked where it has records or fails
    std::optional<DnsAnswer>
            tlsRpt; // _smtp._tls.<name>, of a server of the domain with TLSA (RPT-20)
    QList<AddressLook> addresses;
    bool done = false; // every address looked at or skipped, every answer in

    [[nodiscard]] QByteArray expandedName() const
    {
        return a && a->isAlias() ? a->canonicalName
                                 : (aaaa && aaaa->isAlias() ? aaaa->canonicalName : name);
    }
};

/// Whether this computer can reach port 25 at all (TLS-22).
enum class Port25 {
    NotTested,
    Open,      // some mail server, ours or a control, took the connection
    Blocked,   // nobody did, controls included
    NoNetwork, // nothing was reached on any port
};

enum class Validation {
    Unknown,  // not tried yet, or it failed
    Works,    // the root key validates over this path
    Stripped, // the resolver does not pass DNSSEC on: security of everything is unknown (DNS-15)
};

struct Survey
{
    DomainName domain;
    QDateTime at;      // start, UTC
    qint64 tookMs = 0; // so far
    bool finished = false;
    bool cancelled = false; // stopped by the user or by the time limit: what is empty stays unknown
    QString resolver;       // named in the result (DNS-2)
    Validation validation = Validation::Unknown;

    // A quick answer (security unknown) is replaced by the validated one when that arrives.
    std::optional<DnsAnswer> mx, sts, tlsRpt, ns, dnskey;
    std::optional<DnsAnswer> tlsaAtDomain; // _25._tcp.<domain>, where no mail server is called so
    std::optional<DnsAnswer> wildcard;     // TXT at a random label below the domain (STS-17)
    QList<DnsAnswer> misplaced; // TXT where people put the records by mistake, Found only (STS-19)
    bool misplacedDone = false;

    bool hostsKnown = false; // hosts is complete (each may still be under way)
    bool implicitMx = false; // no MX: the domain itself (RFC 5321 5.1)
    bool nullMx = false;     // RFC 7505
    QList<MailHost> hosts;   // by preference

    std::optional<DnsAnswer> policyA, policyAaaa; // of mta-sts.<domain>
    QList<PolicyFetch> fetches;                   // one for each address
    bool policyDone = false;

    QList<DnsAnswer> caa; // mta-sts.<domain>, <domain>, ... up to the top, in climbing order
    bool caaDone = false;

    Port25 port25 = Port25::NotTested;

    [[nodiscard]] QByteArray policyHost() const { return domain.child("mta-sts"); }
};
