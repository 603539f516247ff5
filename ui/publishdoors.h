// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the window publishes through: DNS services, what senders get, the key store. The real ones, or a
// test's.

#include "account/accounts.h"
#include "push/delegationlook.h"
#include "push/push.h"
#include "push/service.h"
#include "push/tlsasight.h"
#include "survey/network.h"

#include <functional>

class QObject;

/// As account/keychain.h: `done` comes once, in the calling thread, unless `context` has gone.
struct KeyStore
{
    std::function<void(const QString &name, QObject *context, std::function<void(Result<Secret>)>)>
            read;
    std::function<void(const QString &name, const Secret &, QObject *context,
                       std::function<void(Result<void>)>)>
            keep;
    std::function<void(const QString &name, QObject *context, std::function<void(Result<void>)>)>
            forget;
};

struct PublishDoors
{
    std::function<Result<Service>(const Account &, Secret)> open; // connects to nothing yet
    std::function<Result<QByteArray>(const DomainName &, const Cancel &)> servedPolicy; // blocks
    std::function<Result<QList<NamedServer>>(const QByteArray &zone,
                                             const Cancel &)>
            nameServers; // blocks
    KeyStore keys;
    std::function<void(const QUrl &)> openTokenPage; // of the service, where one is made
    PushLimits limits;
    /// What mail servers and DNSSEC say now of the TLSA records of a plan; blocks. None: nobody looks, which
    /// is a reason against them.
    std::function<QList<TlsaSight>(const Plan &, const Cancel &)> tlsaSights = {};
    /// openTlsaDoors().
    std::function<void(PushDoors &, const QList<Finding> &told)> openTlsa = {};
    /// How a zone hangs on its parent, and where the zone of a name begins; both block.
    std::function<DelegationSight(const QByteArray &zone, const Cancel &)> delegation = {};
    std::function<Result<QByteArray>(const QByteArray &name, const Cancel &)> zoneAbove = {};
};
/// The four that look at mail servers and zones, at name servers on this port.
void openDaneDoors(PublishDoors &doors, const NetworkOptions &options, quint16 dnsPort);
[[nodiscard]] PublishDoors realPublishDoors(const NetworkOptions &options);
