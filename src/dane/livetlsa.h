// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The TLSA set that senders meet for one mail server at one port, looked up as they do it (RFC 7672 2.2).

#include "base/cancel.h"
#include "net/dane.h"
#include "net/danediscovery.h"

class Resolver;

struct LiveTlsa
{
    /// Applies: `records` count. NotApplicable: none do, and that is proven. Unreachable: the DNS was
    /// found broken. Unknown: it could not be told. Its issues say why.
    DaneHostPlan plan;
    QList<TlsaRecord> records;
    QByteArray owner; // where they are: "_25._tcp.mx.example.com"
    int ttl = 0;      // seconds
    bool hasNoAddress = false;
    bool isFailed = false; // a look-up failed without being found bogus: the fault may be here
};

/// Blocking. `nextHops`: domains whose mail the server takes, for DANE-TA names (RFC 7672 3.2.2); the
/// caller answers for their MX records.
[[nodiscard]] LiveTlsa lookUpTlsa(const QByteArray &host, quint16 port,
                                  const QList<QByteArray> &nextHops, Resolver &validating,
                                  const Cancel &cancel);
