// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is not published for DANE without being told twice: records that stop mail, or that nobody would
// believe (T-32). Pure.

#include "check/finding.h"
#include "net/dane.h"
#include "net/danediscovery.h"
#include "push/plan.h"

/// One mail server, as it was seen for its TLSA records. The default is "nobody looked".
struct TlsaSight
{
    QByteArray owner;                      // "_25._tcp.mx1.example.com"
    QByteArray host;                       // "mx1.example.com"
    QList<QList<Certificate>> chains = {}; // every one that an address shows, leaf first
    QStringList unseen = {}; // what could not be looked at, printable; with none, `chains` are all
    bool validates = false;  // our resolver proves DNSSEC over this path (DANE-1)
    DaneLookup zone = {};    // SOA of the zone that is written to
    DaneLookup address =
            {}; // A and AAAA of the host: in an unsigned zone nobody asks for TLSA (DANE-5)
};

/// It leaves TLSA records behind that senders hold a mail server to.
[[nodiscard]] bool promisesKeys(const Plan &plan);
/// Why the zone makes these records useless, or may; empty: they are proven to senders (DANE-1, 2, 5, 10).
[[nodiscard]] QList<Issue> zoneReasons(const TlsaSight &sight);
/// Why a server would be refused with these records, or may: they have to fit every key that every address
/// shows now (DANE-28, 38).
[[nodiscard]] QList<Issue> keyReasons(const QList<DnsRecord> &records, const TlsaSight &sight);
/// Both, for every TLSA set that the plan leaves behind; one that nobody looked at counts as unseen.
[[nodiscard]] QList<Finding> reasonsAgainstTlsa(const Plan &plan, const QList<TlsaSight> &sights);
/// Those of `now` that were not told before; what was said yes to in spite of `told` stays said. Another key that
/// no record fits is new, and so is another address that was not seen; another cause at the same one is not.
[[nodiscard]] QList<Finding> newReasons(const QList<Finding> &now, const QList<Finding> &told);
