// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/world.h"

#include "dns/presentation.h"
#include "practice/authority.h"
#include "practice/dnsserver.h"
#include "practice/mailhost.h"
#include "practice/webhost.h"

#include <QCryptographicHash>
#include <QFile>
#include <QMutex>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>

#include <map>
#include <vector>

namespace {

using namespace Practice;

constexpr int Ttl = 5;           // seconds: what is changed is seen at once
constexpr int MostServers = 4;   // of one scene
constexpr int FirstMailHost = 2; // 127.0.0.2; the policy host is 127.0.0.1
const QByteArray ControlZone = "elsewhere.example", ControlHost = "mx.elsewhere.example";

QByteArray address(int last)
{
    return "127.0.0." + QByteArray::number(last);
}

QByteArray line(const QByteArray &name, RecordType type, const QByteArray &data)
{
    return zoneLine({name, type, Ttl, data}) + '\n';
}

PracticeZone::Signing signingOf(Scene::Signing signing)
{
    switch (signing) {
    case Scene::Signing::Unsigned:
        return PracticeZone::Signing::Unsigned;
    case Scene::Signing::Broken:
        return PracticeZone::Signing::WrongDs;
    case Scene::Signing::Signed:
        break;
    }
    return PracticeZone::Signing::Signed;
}

/// Good now, and at the time that whoever practises has turned the clock to.
CertificateOrder orderFor(const QByteArray &name, CertificateFault fault, qint64 aheadSeconds)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime until = now.addSecs(2 * aheadSeconds).addDays(90); // not within its last third
    switch (fault) {
    case CertificateFault::Expired:
        return {{name}, now.addDays(-92), now.addDays(-2)};
    case CertificateFault::NotYet:
        return {{name}, now.addSecs(aheadSeconds).addDays(2), until.addDays(2)};
    case CertificateFault::OtherName:
        return {{"www." + Domain}, {}, until};
    case CertificateFault::SelfSigned:
        return {{name}, {}, until, true};
    case CertificateFault::None:
        break;
    }
    return {{name}, {}, until};
}

/// RFC 6698 2.1: the SHA-256 of the public key, "3 1 1".
QByteArray tlsaFor(const QByteArray &certificate)
{
    const QByteArray key = QSslCertificate(certificate).publicKey().toDer();
    return "3 1 1 " + QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex();
}

} // namespace

struct World::Private
{
    Result<const PracticeIdentity *> identity(const QByteArray &name, CertificateFault fault);
    Result<void> openHosts();
    Result<void> show(const Scene &scene);
    Result<void> showPolicyHost(const Scene &scene);
    Result<void> showMailHosts(const Scene &scene);
    Result<QByteArray> tlsaData(const MailServer &server);
    Result<QByteArray> zoneLines(const Scene &scene);
    Result<QList<PracticeZone>> zones(const Scene &scene);
    Result<void> keep(const char *name, const QByteArray &content) const;

    QMutex mutex;         // one scene at a time
    QTemporaryDir folder; // the root certificate and the root key, for who reads them from files
    std::optional<PracticeAuthority> authority;
    std::map<std::pair<QByteArray, CertificateFault>, PracticeIdentity> identities;
    qint64 aheadSeconds = 0; // of the clock that they are made for
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

/// The same for the same: what is changed elsewhere must not look like a change of keys.
Result<const PracticeIdentity *> World::Private::identity(const QByteArray &name,
                                                          CertificateFault fault)
{
    const auto known = identities.find({name, fault});
    if (known != identities.end())
        return &known->second;
    auto made = authority->issue(orderFor(name, fault, aheadSeconds));
    if (!made)
        return tl::unexpected(made.error());
    return &identities.emplace(std::pair(name, fault), std::move(*made)).first->second;
}

/// All mail servers take connections on one port, as all of the Internet do: each has its own address.
Result<void> World::Private::openHosts()
{
    web = std::make_unique<PracticeWebHost>(thread, QHostAddress(QLatin1String(address(1))), 0);
    constexpr int Tries = 20; // somebody may listen at one of them
    for (int tries = 0; tries < Tries; ++tries) {
        mail.clear();
        smtpPort = 0;
        for (int i = 0; i <= MostServers; ++i) {
            mail.push_back(std::make_unique<PracticeMailHost>(
                    thread, QHostAddress(QLatin1String(address(FirstMailHost + i))), smtpPort));
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
    if (!scene.host)
        return {}; // its name is gone, so nobody comes
    const QByteArray name = "mta-sts." + Domain;
    const auto own = identity(name, scene.host->certificate);
    if (!own)
        return tl::unexpected(own.error());
    const PolicyServer &host = *scene.host;
    web->set({.status = host.status,
              .contentType = host.contentType,
              .location = host.location,
              .body = host.text,
              .chain = authority->chain(**own),
              .key = (*own)->key,
              .isRefused = !host.isReachable});
    return {};
}

Result<void> World::Private::showMailHosts(const Scene &scene)
{
    const auto show = [&](PracticeMailHost &host, const MailServer &server) -> Result<void> {
        const auto own = identity(server.name, server.certificate);
        if (!own)
            return tl::unexpected(own.error());
        host.set({.name = server.name,
                  .offersStartTls = server.offersStartTls,
                  .isRefused = !server.isReachable || scene.isPort25Blocked,
                  .fault = server.fault,
                  .chain = authority->chain(**own),
                  .key = (*own)->key});
        return {};
    };
    for (qsizetype i = 0; i < scene.servers.size() && i < MostServers; ++i) {
        if (const auto shown = show(*mail.at(size_t(i)), scene.servers.at(i)); !shown)
            return shown;
    }
    return show(*mail.back(), {ControlHost});
}

Result<QByteArray> World::Private::tlsaData(const MailServer &server)
{
    if (server.tlsa == MailServer::Tlsa::Unusable)
        return QByteArray("3 1 9 ") + QByteArray(64, '0'); // RFC 6698 2.1.3: no such digest
    // The record of a key that the server had before: that of no certificate that it shows.
    const bool isStale = server.tlsa == MailServer::Tlsa::Stale;
    const auto own = identity(isStale ? "old." + server.name : server.name,
                              isStale ? CertificateFault::None : server.certificate);
    if (!own)
        return tl::unexpected(own.error());
    return tlsaFor((*own)->certificate);
}

Result<QByteArray> World::Private::zoneLines(const Scene &scene)
{
    QByteArray lines;
    // The DNS service of the practice has Cloudflare's API, so it is to be recognised as that.
    for (const char *server : {"ada.ns.cloudflare.com.", "bob.ns.cloudflare.com."})
        lines += QByteArray("@ IN NS ") + server + '\n';
    for (qsizetype i = 0; i < scene.mx.size(); ++i)
        lines += line(Domain, RecordType::MX,
                      QByteArray::number(10 * (i + 1)) + ' ' + scene.mx.at(i));
    for (qsizetype i = 0; i < scene.servers.size() && i < MostServers; ++i) {
        const MailServer &server = scene.servers.at(i);
        lines += line(server.name, RecordType::A, address(FirstMailHost + int(i)));
        if (server.tlsa == MailServer::Tlsa::None)
            continue;
        const auto data = tlsaData(server);
        if (!data)
            return tl::unexpected(data.error());
        lines += line("_25._tcp." + server.name, RecordType::TLSA, *data);
    }
    if (scene.host && !scene.host->alias.isEmpty())
        lines += line("mta-sts." + Domain, RecordType::CNAME, scene.host->alias);
    if (scene.host)
        lines += line(scene.host->alias.isEmpty() ? "mta-sts." + Domain : scene.host->alias,
                      RecordType::A, address(1));
    for (const QByteArray &text : scene.sts)
        lines += line("_mta-sts." + Domain, RecordType::TXT, text);
    for (const QByteArray &text : scene.tlsRpt)
        lines += line("_smtp._tls." + Domain, RecordType::TXT, text);
    for (const QByteArray &more : scene.lines)
        lines += more + '\n';
    return lines;
}

Result<QList<PracticeZone>> World::Private::zones(const Scene &scene)
{
    auto lines = zoneLines(scene);
    if (!lines)
        return tl::unexpected(lines.error());
    const QByteArray elsewhere = address(FirstMailHost + MostServers);
    return QList<PracticeZone>{{Domain, *lines, signingOf(scene.signing), scene.failing},
                               {ControlZone, line(ControlHost, RecordType::A, elsewhere)}};
}

Result<void> World::Private::show(const Scene &scene)
{
    if (aheadSeconds != scene.aheadSeconds)
        identities.clear(); // time has passed: all are renewed
    aheadSeconds = scene.aheadSeconds;
    if (const auto shown = showPolicyHost(scene); !shown)
        return shown;
    if (const auto shown = showMailHosts(scene); !shown)
        return shown;
    const auto all = zones(scene);
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
    auto authority = PracticeAuthority::make();
    if (!authority)
        return tl::unexpected(authority.error());
    d->authority = std::move(*authority);
    if (const auto opened = d->openHosts(); !opened)
        return opened;
    if (const auto shown = d->show(scene); !shown)
        return shown;
    if (const auto kept = d->keep("root.pem", d->authority->root()); !kept)
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
