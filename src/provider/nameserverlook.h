// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What all name servers of a zone say, each asked itself, side by side.

#include "provider/authoritative.h"

#include <QPair>

#include <functional>

using NamedServer = QPair<QByteArray, ServerAddress>; // with the name that the zone gives it
using AskedSet = QPair<QByteArray, RecordType>;       // absolute name, lower case

struct ServerAnswers
{
    NamedServer server;
    QList<Result<QList<QByteArray>>> sets; // as askNameServer() gives them, in the order of asking
    QList<int> ttls = {};                  // of each set, seconds; 0 where there is none
};

/// In the order of `servers`. Blocks until the slowest has answered or failed.
[[nodiscard]] QList<ServerAnswers> askEveryServer(const QList<NamedServer> &servers,
                                                  const QList<AskedSet> &asked,
                                                  const Cancel &cancel);
/// Those of the zone that `name` is in, which begins there or above; never a top-level domain's. `of`
/// gives the servers of one zone, NotFound where there is none.
[[nodiscard]] Result<QList<NamedServer>>
serversAbove(QByteArray name,
             const std::function<Result<QList<NamedServer>>(const QByteArray &)> &of);
/// "ns1.example.net (192.0.2.53)"; printable.
[[nodiscard]] QString serverText(const NamedServer &server);
