// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One set of TLSA records for several servers that share their keys: at the TLSA name of each stands an
// alias of one place (RFC 7672 2.2.3), so that a change of keys is one change in the DNS. Pure.

#include "dane/tlsamaking.h"

/// What is known of the place now.
struct SharedPlace
{
    QByteArray name;                       // lower case, no final dot: "tlsa._dane.example.com"
    Security security = Security::Unknown; // of its zone
    QList<TlsaRecord> records = {};        // that stand there
};

struct SharedTlsa
{
    QList<DnsRecord> set;     // TLSA at the place, to be published first
    QList<DnsRecord> aliases; // CNAME at the TLSA name of each server
    QList<Issue> issues;      // DANE-8, DANE-35; with an error nothing is made
};

/// Servers that need the very same records, by index: groups of two or more.
[[nodiscard]] QList<QList<qsizetype>> sharingServers(const QList<TlsaMaking> &makings);
/// A place in the domain that all servers have in common; empty where that is none.
[[nodiscard]] QByteArray sharedPlaceFor(const QList<QByteArray> &hosts);
/// `published`, of each server: the records that stand at its TLSA name itself. `ttl` in seconds.
[[nodiscard]] SharedTlsa sharedTlsa(const QList<TlsaMaking> &makings,
                                    const QList<QList<TlsaRecord>> &published,
                                    const SharedPlace &place, int ttl = 3600);
