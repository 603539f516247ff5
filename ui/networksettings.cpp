// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "networksettings.h"

#include "base/printable.h"
#include "mail/domainname.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSettings>

namespace {

constexpr char ResolverKey[] = "network/resolver";
constexpr char ResolverTlsKey[] = "network/resolverTls";
constexpr char SmtpProxyKey[] = "network/smtpProxy";
constexpr char CaFileKey[] = "network/caFile";
constexpr char SmtpKey[] = "network/smtp";
constexpr char TimeoutKey[] = "network/timeout";

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

class NetworkSettingsWords
{
    Q_DECLARE_TR_FUNCTIONS(NetworkSettingsWords)
};

void keep(QSettings &settings, const char *name, const QVariant &value, const QVariant &usual)
{
    if (value == usual)
        settings.remove(key(name)); // so that a later default reaches those who never chose
    else
        settings.setValue(key(name), value);
}

QString resolverProblem(const QStringList &resolvers)
{
    for (const QString &text : resolvers)
        if (!resolverFromText(text))
            return NetworkSettingsWords::tr(
                           "“%1” is not the address of a name server. Write an IP address such as "
                           "192.0.2.53, or 192.0.2.53@5300 with a port.")
                    .arg(printable(text, 60));
    return {};
}

QString tlsNameProblem(const NetworkSettings &settings)
{
    if (settings.tlsName.isEmpty())
        return {};
    if (settings.resolvers.isEmpty())
        return NetworkSettingsWords::tr("DNS over TLS needs the address of the name server too.");
    if (!DomainName::fromAscii(settings.tlsName.toLower().toUtf8()))
        return NetworkSettingsWords::
                tr("“%1” is not a host name. It is the name in the server's certificate, such as "
                   "dns.example.net.")
                        .arg(printable(settings.tlsName, 60));
    return {};
}

QString proxyProblem(const QString &text)
{
    const auto proxy = smtpProxyFromText(text);
    if (proxy)
        return {};
    if (proxy.error().kind == Error::Kind::Refused)
        return NetworkSettingsWords::tr(
                "A proxy with a user name or a password is not kept: settings are no place for "
                "secrets. Use one that needs none, such as “ssh -D 1080” to a server of yours.");
    return NetworkSettingsWords::tr(
            "Write the proxy as socks5://HOST:PORT, such as socks5://127.0.0.1:1080.");
}

QString caFileProblem(const QString &path)
{
    if (path.isEmpty() || (QFileInfo(path).isFile() && QFileInfo(path).isReadable()))
        return {};
    return NetworkSettingsWords::tr("The file %1 cannot be read.").arg(printable(path, 200));
}

} // namespace

NetworkSettings NetworkSettings::read(const QSettings &settings)
{
    NetworkSettings read;
    read.resolvers = settings.value(key(ResolverKey)).toStringList();
    read.resolvers.removeAll(QString());
    read.tlsName = settings.value(key(ResolverTlsKey)).toString().trimmed();
    read.smtpProxy = settings.value(key(SmtpProxyKey)).toString().trimmed();
    read.caFile = settings.value(key(CaFileKey)).toString();
    read.looksAtServers = settings.value(key(SmtpKey), true).toBool();
    read.timeoutS = qBound(LeastTimeoutS, settings.value(key(TimeoutKey), read.timeoutS).toInt(),
                           LargestTimeoutS);
    return read;
}

void NetworkSettings::write(QSettings &settings) const
{
    const NetworkSettings usual;
    keep(settings, ResolverKey, resolvers, usual.resolvers);
    keep(settings, ResolverTlsKey, tlsName, usual.tlsName);
    keep(settings, SmtpProxyKey, smtpProxy, usual.smtpProxy);
    keep(settings, CaFileKey, caFile, usual.caFile);
    keep(settings, SmtpKey, looksAtServers, usual.looksAtServers);
    keep(settings, TimeoutKey, timeoutS, usual.timeoutS);
}

QMap<NetworkSettings::Field, QString> NetworkSettings::problems() const
{
    QMap<Field, QString> all{{Field::Resolvers, resolverProblem(resolvers)},
                             {Field::TlsName, tlsNameProblem(*this)},
                             {Field::Proxy, proxyProblem(smtpProxy)},
                             {Field::CaFile, caFileProblem(caFile)}};
    all.removeIf([](const auto &entry) { return entry.value().isEmpty(); });
    return all;
}

QStringList resolversFromText(const QString &text)
{
    static const QRegularExpression Between(QStringLiteral("[\\s,;]+"));
    return text.split(Between, Qt::SkipEmptyParts);
}

NetworkOptions withSettings(NetworkOptions given, const QCommandLineParser &commandLine,
                            const NetworkSettings &settings)
{
    const NetworkOptions kept = optionsFrom(settings);
    const auto has = [&](const char *option) {
        return commandLine.isSet(QString::fromLatin1(option));
    };
    if (!has("resolver")) { // --resolver-tls stands beside --resolver only
        given.resolver.servers = kept.resolver.servers;
        given.resolver.tlsName = kept.resolver.tlsName;
    }
    if (!has("ca-file"))
        given.resolver.caFile = given.caFile = kept.caFile;
    if (!has("smtp-proxy")) {
        given.smtpProxy = kept.smtpProxy;
        given.look.smtp = given.look.smtp && kept.look.smtp;
    } else if (!has("no-smtp")) {
        given.look.smtp = settings.looksAtServers;
    }
    if (!has("timeout"))
        given.look.timeoutMs = kept.look.timeoutMs;
    return given;
}

NetworkOptions optionsFrom(const NetworkSettings &settings)
{
    NetworkOptions options;
    options.resolver.servers = settings.resolvers;
    options.resolver.tlsName = settings.tlsName;
    options.resolver.caFile = options.caFile = settings.caFile;
    const auto proxy = smtpProxyFromText(settings.smtpProxy);
    options.smtpProxy = proxy ? *proxy : QNetworkProxy(QNetworkProxy::NoProxy);
    options.look.smtp = settings.looksAtServers && proxy.has_value();
    options.look.timeoutMs = settings.timeoutS * 1000;
    options.look.controlHosts = controlHosts();
    return options;
}
