// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/world.h"

#include "practice/dnsserver.h"
#include "practice/mailhost.h"
#include "practice/scenezone.h"
#include "practice/webhost.h"

#include <QFile>
#include <QMutex>
#include <QTemporaryDir>

#include <optional>
#include <vector>

using namespace Practice;

struct World::Private
{
    Result<void> openHosts();
    Result<void> show(const Scene &scene);
    Result<void> showPolicyHost(const Scene &scene);
    Result<void> showMailHosts(const Scene &scene);
    Result<void> keep(const char *name, const QByteArray &content) const;

    QMutex mutex;         // one scene at a time
    QTemporaryDir folder; // the root certificate and the root key, for who reads them from files
    std::optional<Identities> identities;
    PracticeDns dns;
    ServerThread thread;
    std::unique_ptr<PracticeWebHost> web;
    std::vector<std::unique_ptr<PracticeMailHost>> mail; // the last one is elsewhere
    quint16 smtpPort = 0;
};

World::World()
    : d(std::make_unique<Private>())
{
}

World::~World() = default;

/// All mail servers take connections on one port, as all of the Internet do: each has its own address.
Result<void> World::Private::openHosts()
{
    web = std::make_unique<PracticeWebHost>(thread, QHostAddress(QLatin1String(addressOf(1))), 0);
    constexpr int Tries = 20; // somebody may listen at one of them
    for (int tries = 0; tries < Tries; ++tries) {
        mail.clear();
        smtpPort = 0;
        for (int i = 0; i <= MostServers; ++i) {
            mail.push_back(std::make_unique<PracticeMailHost>(
                    thread, QHostAddress(QLatin1String(addressOf(FirstMailHost + i))), smtpPort));
            smtpPort = mail.back()->port();
            if (smtpPort == 0)
                break;
        }
        if (smtpPort != 0 && web->port() != 0)
            return {};
    }
    return failed(
            Error::Kind::Network,
            QStringLiteral("the practice needs ports of this computer's own addresses, 127.0.0.1 "
                           "to 127.0.0.6, and could not have them"));
}

Result<void> World::Private::showPolicyHost(const Scene &scene)
{
    if (!scene.host || scene.host->isGone)
        return {}; // its name is gone, so nobody comes
    const PolicyServer &host = *scene.host;
    const auto tls = identities->tlsOf(host);
    if (!tls)
        return tl::unexpected(tls.error());
    web->set({.status = host.status,
              .contentType = host.contentType,
              .location = host.location,
              .body = host.text,
              .isRefused = !host.isReachable,
              .isCut = host.isCut,
              .tls = *tls});
    return {};
}

Result<void> World::Private::showMailHosts(const Scene &scene)
{
    const auto show = [&](PracticeMailHost &host, const MailServer &server) -> Result<void> {
        const auto tls = identities->tlsOf(server);
        if (!tls)
            return tl::unexpected(tls.error());
        host.set({.name = server.name,
                  .offersStartTls = server.offersStartTls,
                  .isRefused = !server.isReachable || scene.isPort25Blocked,
                  .fault = server.fault,
                  .tls = *tls});
        return {};
    };
    for (qsizetype i = 0; i < scene.servers.size() && i < MostServers; ++i) {
        if (const auto shown = show(*mail.at(size_t(i)), scene.servers.at(i)); !shown)
            return shown;
    }
    return show(*mail.back(), {ControlHost});
}

Result<void> World::Private::show(const Scene &scene)
{
    identities->setAhead(scene.aheadSeconds);
    if (const auto shown = showPolicyHost(scene); !shown)
        return shown;
    if (const auto shown = showMailHosts(scene); !shown)
        return shown;
    const auto all = zonesOf(scene, *identities);
    if (!all)
        return tl::unexpected(all.error());
    return dns.port() == 0 ? dns.start(*all) : dns.set(*all);
}

Result<void> World::Private::keep(const char *name, const QByteArray &content) const
{
    QFile file(folder.filePath(QLatin1String(name)));
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.flush())
        return {};
    return failed(Error::Kind::Unexpected, QStringLiteral("a temporary file could not be written"),
                  file.fileName());
}

Result<void> World::start(const Scene &scene)
{
    auto identities = Identities::make();
    if (!identities)
        return tl::unexpected(identities.error());
    d->identities = std::move(*identities);
    if (const auto opened = d->openHosts(); !opened)
        return opened;
    if (const auto shown = d->show(scene); !shown)
        return shown;
    if (const auto kept = d->keep("root.pem", d->identities->root()); !kept)
        return kept;
    return d->keep("root.key", d->dns.trustAnchor() + '\n');
}

Result<void> World::show(const Scene &scene)
{
    const QMutexLocker lock(&d->mutex);
    return d->show(scene);
}

ServerAddress World::nameServer() const
{
    return {QHostAddress(QHostAddress::LocalHost), d->dns.port()};
}

NetworkOptions World::network(NetworkOptions chosen) const
{
    NetworkOptions options = std::move(chosen);
    options.resolver.servers = {QStringLiteral("127.0.0.1@%1").arg(d->dns.port())};
    options.resolver.tlsName.clear();
    options.resolver.trustAnchorFile = d->folder.filePath(QStringLiteral("root.key"));
    options.caFile = d->folder.filePath(QStringLiteral("root.pem"));
    options.smtpProxy = QNetworkProxy::NoProxy;
    options.look.httpsPort = d->web->port();
    options.look.smtpPort = d->smtpPort;
    options.look.allowPrivate = true;
    options.look.controlHosts = {ControlHost};
    return options;
}
