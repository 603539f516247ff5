// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The options of the command line that choose the doors.
#include "base/printable.h"
#include "dns/unboundcontext.h"
#include "survey/network.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QUrl>

namespace {

// Contacted only when no mail server of a domain took a connection: whether port 25 is blocked here
// can only be told from servers that are known to be up (TLS-22).
const QList<QByteArray> DefaultControlHosts{"gmail-smtp-in.l.google.com", "mx1.mail.icloud.com"};

Result<int> number(const QCommandLineParser &parser, const QString &name, int fallback, int largest)
{
    if (!parser.isSet(name))
        return fallback;
    bool isNumber = false;
    const int value = parser.value(name).toInt(&isNumber);
    if (!isNumber || value < 1 || value > largest)
        return failed(Error::Kind::Malformed,
                      QStringLiteral("--%1 wants a number from 1 to %2").arg(name).arg(largest));
    return value;
}

Result<void> readServers(const QCommandLineParser &parser, ResolverOptions &resolver)
{
    for (const QString &server : parser.values(QStringLiteral("resolver"))) {
        const Result<QString> known = resolverFromText(server);
        if (!known)
            return failed(known.error().kind, QStringLiteral("--resolver ") + known.error().what);
        resolver.servers.append(*known);
    }
    resolver.tlsName = parser.value(QStringLiteral("resolver-tls"));
    if (!resolver.tlsName.isEmpty() && resolver.servers.isEmpty())
        return failed(Error::Kind::Malformed,
                      QStringLiteral("--resolver-tls needs --resolver too"));
    return {};
}

Result<QString> readableFile(const QCommandLineParser &parser, const QString &name)
{
    const QString path = parser.value(name);
    if (!path.isEmpty() && !QFileInfo(path).isReadable())
        return failed(Error::Kind::NotFound,
                      QStringLiteral("--%1: cannot read %2").arg(name, path));
    return path;
}

Result<QNetworkProxy> readProxy(const QCommandLineParser &parser)
{
    const auto proxy = smtpProxyFromText(parser.value(QStringLiteral("smtp-proxy")));
    if (!proxy)
        return failed(proxy.error().kind, QStringLiteral("--smtp-proxy ") + proxy.error().what);
    return proxy;
}

} // namespace

QList<QByteArray> controlHosts()
{
    return DefaultControlHosts;
}

Result<QString> resolverFromText(const QString &text)
{
    constexpr quint16 DnsPort = 53; // only to see whether the text names a server
    if (!serverAddress(text, DnsPort))
        return failed(Error::Kind::Malformed,
                      QStringLiteral("wants an address such as 192.0.2.53 or 192.0.2.53@5300, "
                                     "not %1")
                              .arg(printable(text)));
    return text.trimmed();
}

Result<QNetworkProxy> smtpProxyFromText(const QString &text)
{
    if (text.trimmed().isEmpty())
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.userInfo().isEmpty())
        return failed(Error::Kind::Refused,
                      QStringLiteral("takes no user name and no password; use a proxy that needs "
                                     "none, such as ssh -D"));
    if (!url.isValid() || url.scheme() != QLatin1String("socks5") || url.host().isEmpty() ||
        url.port() < 1 || url.path().size() > 1 || url.hasQuery() || url.hasFragment())
        return failed(Error::Kind::Malformed, QStringLiteral("wants socks5://HOST:PORT"));
    return QNetworkProxy(QNetworkProxy::Socks5Proxy, url.host(), quint16(url.port()));
}

void addNetworkOptions(QCommandLineParser &parser)
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("Options", source);
    };
    parser.addOptions({
            {QStringLiteral("resolver"),
             text(QT_TRANSLATE_NOOP(
                     "Options", "Ask this resolver; may be given again. Default: the system's.")),
             QStringLiteral("ADDR[@PORT]")},
            {QStringLiteral("resolver-tls"),
             text(QT_TRANSLATE_NOOP(
                     "Options",
                     "DNS over TLS to that resolver, with this name in its certificate.")),
             QStringLiteral("NAME")},
            {QStringLiteral("trust-anchor"),
             text(QT_TRANSLATE_NOOP("Options", "DNSSEC root key, in zone-file or autotrust form.")),
             QStringLiteral("FILE")},
            {QStringLiteral("ca-file"),
             text(QT_TRANSLATE_NOOP("Options", "Trust these roots too.")), QStringLiteral("FILE")},
            {QStringLiteral("https-port"),
             text(QT_TRANSLATE_NOOP("Options", "Port of policy hosts, for a test bed.")),
             QStringLiteral("N")},
            {QStringLiteral("smtp-port"),
             text(QT_TRANSLATE_NOOP("Options", "Port of mail servers, for a test bed.")),
             QStringLiteral("N")},
            {QStringLiteral("allow-private"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "May contact private, loopback and documentation addresses."))},
            {QStringLiteral("smtp-proxy"),
             text(QT_TRANSLATE_NOOP(
                     "Options",
                     "Reach port 25 through this proxy, such as ssh -D to a server of yours.")),
             QStringLiteral("socks5://H:P")},
            {QStringLiteral("no-smtp"),
             text(QT_TRANSLATE_NOOP("Options", "Leave the mail servers alone."))},
            {QStringLiteral("no-control"),
             text(QT_TRANSLATE_NOOP(
                     "Options", "Do not ask a second server whether port 25 is blocked here."))},
            {QStringLiteral("timeout"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Whole look at one domain, in seconds. Default: 120.")),
             QStringLiteral("S")},
            {QStringLiteral("jobs"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Domains looked at side by side. Default: by machine.")),
             QStringLiteral("N")},
    });
}

Result<NetworkOptions> networkOptions(const QCommandLineParser &parser)
{
    NetworkOptions options;
    if (const auto done = readServers(parser, options.resolver); !done)
        return tl::unexpected(done.error());
    const auto anchor = readableFile(parser, QStringLiteral("trust-anchor"));
    const auto ca = readableFile(parser, QStringLiteral("ca-file"));
    const auto proxy = readProxy(parser);
    const auto https = number(parser, QStringLiteral("https-port"), 443, 65535);
    const auto smtp = number(parser, QStringLiteral("smtp-port"), 25, 65535);
    const auto timeout =
            number(parser, QStringLiteral("timeout"), Limits::DomainLookMs / 1000, 3600);
    const auto jobs = number(parser, QStringLiteral("jobs"), 0, 1000);
    for (const Result<int> *value : {&https, &smtp, &timeout, &jobs}) {
        if (!*value)
            return tl::unexpected(value->error());
    }
    if (!anchor || !ca)
        return tl::unexpected(anchor ? ca.error() : anchor.error());
    if (!proxy)
        return tl::unexpected(proxy.error());
    options.resolver.trustAnchorFile = *anchor;
    options.resolver.caFile = options.caFile = *ca;
    options.smtpProxy = *proxy;
    options.look.httpsPort = quint16(*https);
    options.look.smtpPort = quint16(*smtp);
    options.look.timeoutMs = *timeout * 1000;
    options.look.allowPrivate = parser.isSet(QStringLiteral("allow-private"));
    options.look.smtp = !parser.isSet(QStringLiteral("no-smtp"));
    if (!parser.isSet(QStringLiteral("no-control")))
        options.look.controlHosts = controlHosts();
    options.jobs = *jobs;
    return options;
}
