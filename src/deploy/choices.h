// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the user wants for a domain, before it is turned into records and files.

#include "dns/record.h"
#include "mail/domainname.h"
#include "mail/policy.h"

/// Where the policy file is to live, as far as the program has files for it.
enum class Hosting {
    Undecided, // not chosen yet; has no name and no files of its own
    CloudflareWorker,
    Nginx,
    Apache,
    Caddy,
    GithubPages,
    Netlify,
    CloudflarePages,
    Delegated, // RFC 8461 8.2: the mail provider answers; there is no policy file of one's own
    FilesOnly, // the policy file and the DNS lines, nothing for a server
};

/// What was handed over for some choices: the id its policy was given, and how far the user has come
/// with publishing it. It belongs to the policy whose digest it carries and to no other.
struct HandOver
{
    QByteArray id;          // of the _mta-sts record; empty: nothing was handed over
    QByteArray digest;      // policyDigest() of the choices
    QList<QByteArray> done; // steps that the user ticked: "host", "file", ...
    friend bool operator==(const HandOver &, const HandOver &) = default;
};

struct Choices
{
    DomainName domain;
    Policy::Mode mode = Policy::Mode::Testing;
    QList<MxPattern> mx;
    qint64 maxAge = 86400;      // seconds
    QList<QByteArray> reportTo; // rua URIs; empty: no TLS-RPT record wanted
    Hosting hosting = Hosting::Undecided;
    HandOver delivery;
    /// TLSA records that were ticked: confirmed by fingerprint, or made of a file (T-33).
    QList<DnsRecord> tlsa = {};
    QList<DnsRecord> tlsaGone =
            {}; // published ones that are to go, because no key in use needs them
    friend bool operator==(const Choices &, const Choices &) = default;
};

/// Those that can be chosen.
[[nodiscard]] const QList<Hosting> &allHostings();
[[nodiscard]] QByteArray hostingName(Hosting hosting); // "nginx", as in --host; undecided: empty
[[nodiscard]] std::optional<Hosting> hostingFromName(const QByteArray &name);

/// The same for two choices whose policies mean the same to a sender; hexadecimal.
[[nodiscard]] QByteArray policyDigest(const Choices &choices);
/// The patterns in lower case, sorted, each once: what they mean, whatever their order.
[[nodiscard]] QList<QByteArray> patternSet(const QList<MxPattern> &patterns);

/// Where a rollout starts and goes on (STS-42): one day while testing or winding down, one week for
/// the first time of enforce.
[[nodiscard]] qint64 defaultMaxAge(Policy::Mode mode);
/// The values worth offering, rising: a day, a week, two weeks, 30 days, half a year, a year.
[[nodiscard]] const QList<qint64> &offeredMaxAges();
