// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the user wants for a domain, before it is turned into records and files.

#include "mail/domainname.h"
#include "mail/policy.h"

/// Where the policy file is to live, as far as the program has files for it.
enum class Hosting {
    CloudflareWorker,
    Nginx,
    Apache,
    Caddy,
    FilesOnly, // the policy file and the DNS lines, nothing for a server
};

struct Choices
{
    DomainName domain;
    Policy::Mode mode = Policy::Mode::Testing;
    QList<MxPattern> mx;
    qint64 maxAge = 86400;      // seconds
    QList<QByteArray> reportTo; // rua URIs; empty: no TLS-RPT record wanted
    Hosting hosting = Hosting::FilesOnly;
    friend bool operator==(const Choices &, const Choices &) = default;
};

[[nodiscard]] const QList<Hosting> &allHostings();
[[nodiscard]] QByteArray hostingName(Hosting hosting); // "nginx", as in --host
[[nodiscard]] std::optional<Hosting> hostingFromName(const QByteArray &name);

/// Where a rollout starts and goes on (STS-42): one day while testing or winding down, one week for
/// the first time of enforce.
[[nodiscard]] qint64 defaultMaxAge(Policy::Mode mode);
/// The values worth offering, rising: a day, a week, two weeks, 30 days, half a year, a year.
[[nodiscard]] const QList<qint64> &offeredMaxAges();
