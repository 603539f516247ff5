// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "real/kitserver.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <unistd.h>

namespace {

constexpr int StartMs = 30000; // generous: only a server that never comes up runs into it
const QString ApacheModules = QStringLiteral("/usr/lib/apache2/modules");

QString program(Hosting hosting)
{
    const QStringList system = {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin"),
                                QStringLiteral("/usr/local/bin")};
    switch (hosting) {
    case Hosting::Nginx:
        return QStandardPaths::findExecutable(QStringLiteral("nginx"), system);
    case Hosting::Apache:
        return QDir(ApacheModules).exists()
                       ? QStandardPaths::findExecutable(QStringLiteral("apache2"), system)
                       : QString();
    case Hosting::Caddy:
        return QStandardPaths::findExecutable(QStringLiteral("caddy"), system);
    case Hosting::CloudflareWorker: {
        const QString installed =
                QStringLiteral(TESTS_BINARY_DIR) +
                QStringLiteral("/workerd/node_modules/@cloudflare/workerd-linux-64/bin/workerd");
        return QFileInfo(installed).isExecutable() ? installed : QString();
    }
    default: // nothing to run
        break;
    }
    return {};
}

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::Any, 0) ? server.serverPort() : quint16(0);
}

/// Servers refuse to work, or drop their rights, as root: everything is nobody's then.
void giveToNobody(const QString &folder)
{
    const auto give = [](const QString &path) {
        if (::chown(QFile::encodeName(path).constData(), 65534, 65534) != 0)
            qFatal("chown failed");
    };
    give(folder);
    QDirIterator walk(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                      QDirIterator::Subdirectories);
    while (walk.hasNext())
        give(walk.next());
}

const char NginxMain[] = R"(worker_processes 1;
daemon off;
pid "DIR/nginx.pid";
error_log "DIR/error.log";
events { }
http {
    access_log off;
    client_body_temp_path "DIR/body";
    proxy_temp_path "DIR/proxy";
    fastcgi_temp_path "DIR/fastcgi";
    uwsgi_temp_path "DIR/uwsgi";
    scgi_temp_path "DIR/scgi";
    include "DIR/kit/nginx/mta-sts.conf";
}
)";

const char ApacheMain[] = R"(ServerRoot "DIR"
DefaultRuntimeDir "DIR"
PidFile "DIR/apache.pid"
ErrorLog "DIR/error.log"
ServerName localhost
Listen PORT
LoadModule mpm_event_module MODULES/mod_mpm_event.so
LoadModule authz_core_module MODULES/mod_authz_core.so
LoadModule alias_module MODULES/mod_alias.so
LoadModule ssl_module MODULES/mod_ssl.so
Include "DIR/kit/apache/mta-sts.conf"
)";

const char CaddyMain[] = R"({
	admin off
	auto_https disable_redirects
	https_port PORT
	storage file_system "DIR/storage"
}
import "DIR/kit/caddy/Caddyfile"
)";

const char WorkerMain[] = R"(using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "main", worker = .policyWorker), (name = "internet", worker = .provider) ],
  sockets = [ (name = "https", address = "127.0.0.1:PORT", service = "main",
               https = (options = (), tlsOptions = (keypair = (
                   privateKey = embed "key.pem", certificateChain = embed "chain.pem")))) ]);
const policyWorker :Workerd.Worker = (
  modules = [ (name = "worker.js", esModule = embed "kit/cloudflare-worker/worker.js") ],
  compatibilityDate = "DATE", globalOutbound = "internet");
# All that a Worker can reach from here: a mail provider that makes a policy.
const provider :Workerd.Worker = (
  modules = [ (name = "provider.js", esModule = embed "provider.js") ],
  compatibilityDate = "DATE");
)";
const char ProviderScript[] = R"(export default {
    async fetch(request) {
        if (request.url !== "https://mta-sts.mx.cloudflare.net/.well-known/mta-sts.txt")
            return new Response("no such file", { status: 404 });
        ANSWER
    },
};
)";

} // namespace

KitServer::KitServer(Hosting hosting)
    : m_hosting(hosting)
    , m_program(program(hosting))
{
}

KitServer::~KitServer()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(10000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

QString KitServer::missing() const
{
    return m_program.isEmpty() ? QString::fromLatin1(hostingName(m_hosting)) : QString();
}

bool KitServer::put(const char *name, const QByteArray &content)
{
    QFile file(path(name));
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

QByteArray KitServer::mainConfiguration() const
{
    QByteArray text = m_hosting == Hosting::Nginx    ? NginxMain
                      : m_hosting == Hosting::Apache ? ApacheMain
                      : m_hosting == Hosting::Caddy  ? CaddyMain
                                                     : WorkerMain;
    return text.replace("DIR", m_folder.path().toUtf8())
            .replace("PORT", QByteArray::number(m_port))
            .replace("MODULES", ApacheModules.toUtf8())
            .replace("DATE", "2026-01-01");
}

QStringList KitServer::arguments() const
{
    const QString main = path("main.conf");
    switch (m_hosting) {
    case Hosting::Nginx:
        return {QStringLiteral("-e"), path("error.log"), QStringLiteral("-c"), main};
    case Hosting::Apache:
        return {QStringLiteral("-DFOREGROUND"), QStringLiteral("-f"), main};
    case Hosting::Caddy:
        return {QStringLiteral("run"), QStringLiteral("--config"), main,
                QStringLiteral("--adapter"), QStringLiteral("caddyfile")};
    case Hosting::CloudflareWorker:
        return {QStringLiteral("serve"), main};
    default: // nothing to run
        break;
    }
    return {};
}

QString KitServer::start(const Deployment &deployment)
{
    m_port = freePort();
    const QString kit = path("kit");
    const ServerSetup setup{m_port, kit, path("chain.pem"), path("key.pem")};
    if (!writeBundle(bundle(deployment, m_hosting, setup), kit))
        return QStringLiteral("the kit could not be written");
    return run(deployment.policyHost());
}

QString KitServer::start(const QByteArray &host, const QByteArray &script)
{
    m_port = freePort();
    if (!QDir(m_folder.path()).mkpath(QStringLiteral("kit/cloudflare-worker")) ||
        !put("kit/cloudflare-worker/worker.js", script))
        return QStringLiteral("the script could not be written");
    return run(host);
}

QString KitServer::run(const QByteArray &host)
{
    const TestIdentity leaf = m_pki.leaf(QList<QByteArray>{host});
    if (!put("chain.pem", m_pki.chain(leaf)) || !put("key.pem", leaf.key) ||
        !put("main.conf", mainConfiguration()) ||
        !put("provider.js", QByteArray(ProviderScript).replace("ANSWER", m_providersAnswer)))
        return QStringLiteral("the main configuration could not be written");

    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), m_folder.path());
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setWorkingDirectory(m_folder.path());
    if (::geteuid() == 0) {
        giveToNobody(m_folder.path());
        m_process.start(QStringLiteral("setpriv"),
                        QStringList{QStringLiteral("--reuid=65534"),
                                    QStringLiteral("--regid=65534"),
                                    QStringLiteral("--clear-groups"), m_program} +
                                arguments());
    } else {
        m_process.start(m_program, arguments());
    }
    return waitUntilReady();
}

QString KitServer::waitUntilReady()
{
    QDeadlineTimer deadline(StartMs);
    while (!deadline.hasExpired()) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        if (socket.waitForConnected(1000))
            return {};
        if (m_process.state() == QProcess::NotRunning || m_process.waitForFinished(50))
            break;
    }
    QFile log(path("error.log"));
    const QByteArray logged = log.open(QIODevice::ReadOnly) ? log.readAll() : QByteArray();
    return QStringLiteral("the server did not start: ") + m_process.errorString() +
           QString::fromUtf8(m_process.readAll() + logged);
}
