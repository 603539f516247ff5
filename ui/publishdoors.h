// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the window publishes through: DNS services, what senders get, the key store. The real ones, or a
// test's.

#include "account/accounts.h"
#include "push/push.h"
#include "push/service.h"
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
};
[[nodiscard]] PublishDoors realPublishDoors(const NetworkOptions &options);
