// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One look at everything that a change of keys depends on: every name server of the zone, a validating
// resolver, and every address of the server.

#include "dane/liveserverkeys.h"
#include "dane/rollover.h"
#include "survey/network.h"

struct RolloverPlace
{
    QByteArray host; // lower case, no final dot
    quint16 port = 25;
    quint16 dnsPort = 53; // of the name servers; another one in a test bed
};

struct RolloverLook
{
    RolloverSight sight;
    /// Where the records stand: "_25._tcp.mx.example.com", or where that is an alias to (RFC 7671 7).
    QByteArray owner;
    QList<UnseenKey> unseen; // of the addresses, with why
    QList<Issue> issues;     // DANE-10; 32.alias, 42.domain: it may be another name that is meant
};

/// Blocking; ends with the time limit of `options` or a stop of `cancel`, and what was not seen by then is
/// unknown in the sight.
[[nodiscard]] RolloverLook lookAtRollover(const RolloverPlace &place, const NetworkOptions &options,
                                          const Cancel &cancel);

/// The addresses as a sight has them. What was seen of one only in part is not whole.
[[nodiscard]] QList<SeenAddress> seenAddresses(const LiveServerKeys &keys, const QByteArray &host);
