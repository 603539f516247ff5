// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pushwords.h"

#include "account/keychain.h"
#include "base/nocoredump.h"
#include "base/printable.h"
#include "cli/output.h"

#include <QStandardPaths>

namespace {

constexpr qint64 LongestSecret = 4096;
constexpr char SecretVariable[] = "MTA_STS_TOKEN";

QString text(const char *source)
{
    return QCoreApplication::translate("Options", source);
}

QString knownProviders()
{
    QStringList ids;
    for (const ProviderInfo &info : providers())
        ids.append(QString::fromLatin1(info.id));
    return ids.join(QStringLiteral(", "));
}

/// That of the key store, where none is given.
Result<Secret> secretFor(const QCommandLineParser &parser, const Account &account)
{
    Result<Secret> secret = givenSecret(parser);
    if (!secret || !secret->isEmpty())
        return secret;
    secret = Keychain::readNow(keyName(account));
    if (secret)
        return secret;
    return failed(Error::Kind::Malformed,
                  QStringLiteral("no token: %1; give it with --token-stdin, or in the environment "
                                 "as %2")
                          .arg(secret.error().what, QLatin1String(SecretVariable)));
}

/// Who makes the policy is a word of its own: its file can be passed on only where the service hosts files.
bool isByProvider(const QCommandLineParser &parser)
{
    return parser.value(QStringLiteral("host")) == QLatin1String("provider");
}

Result<Service::Host> hostOf(const QCommandLineParser &parser, const ProviderInfo &info)
{
    const QString typed = parser.value(QStringLiteral("host"));
    if (isByProvider(parser))
        return info.isPolicyHost ? Service::Host::Service : Service::Host::Elsewhere;
    if (typed.isEmpty())
        return Service::Host::Auto;
    if (typed == QLatin1String("service"))
        return Service::Host::Service;
    if (typed == QLatin1String("elsewhere"))
        return Service::Host::Elsewhere;
    return failed(Error::Kind::Malformed,
                  QStringLiteral("--host wants service, elsewhere or provider"));
}

} // namespace

Result<quint16> dnsPort(const QCommandLineParser &parser)
{
    const QString typed = parser.value(QStringLiteral("dns-port"));
    bool isNumber = false;
    const quint16 port = typed.toUShort(&isNumber);
    if (!typed.isEmpty() && (!isNumber || port == 0))
        return failed(Error::Kind::Malformed, QStringLiteral("--dns-port wants 1 to 65535"));
    return typed.isEmpty() ? quint16(53) : port;
}

QCommandLineOption stateOption()
{
    return {QStringLiteral("state-dir"),
            text(QT_TRANSLATE_NOOP("Options",
                                   "Keep journals and what is known of domains in this folder.")),
            QStringLiteral("FOLDER")};
}

QCommandLineOption dnsPortOption()
{
    return {QStringLiteral("dns-port"),
            text(QT_TRANSLATE_NOOP(
                    "Options", "Ask the zone's own name servers on this port, for a test bed.")),
            QStringLiteral("N")};
}

void addServiceOptions(QCommandLineParser &parser)
{
    parser.addOptions({
            {QStringLiteral("provider"),
             text(QT_TRANSLATE_NOOP("Options", "Who serves the DNS of the domain: %1."))
                     .arg(knownProviders()),
             QStringLiteral("P")},
            {QStringLiteral("provider-url"),
             text(QT_TRANSLATE_NOOP("Options", "Address of a DNS service of your own.")),
             QStringLiteral("URL")},
            {QStringLiteral("account"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "A name of your own that tells several tokens apart.")),
             QStringLiteral("NAME")},
            {QStringLiteral("token-stdin"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Read the token or key from standard input; otherwise it is "
                                    "taken from the environment, MTA_STS_TOKEN, or from the key "
                                    "store."))},
            stateOption(),
    });
}

void addPushOptions(QCommandLineParser &parser)
{
    addServiceOptions(parser);
    parser.addOptions({
            {QStringLiteral("host"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Who serves the policy file: service (where it can), "
                                    "elsewhere, or provider: the mail provider makes it. Default: "
                                    "the service, unless it is served elsewhere now.")),
             QStringLiteral("WHO")},
    });
    addLookingOptions(parser);
}

void addLookingOptions(QCommandLineParser &parser)
{
    parser.addOptions({
            dnsPortOption(),
            {QStringLiteral("json"), text(QT_TRANSLATE_NOOP("Options", "One JSON document."))},
    });
    addNetworkOptions(parser);
}

Result<Secret> givenSecret(const QCommandLineParser &parser)
{
    forbidCoreDumps();
    if (parser.isSet(QStringLiteral("token-stdin"))) {
        Result<QByteArray> read = readInput(QStringLiteral("-"), LongestSecret);
        if (!read)
            return tl::unexpected(read.error());
        Secret secret = pastedSecret(Secret(std::move(*read)));
        if (secret.isEmpty())
            return failed(Error::Kind::Malformed,
                          QStringLiteral("no token came from standard input"));
        return secret;
    }
    Secret secret = pastedSecret(Secret(qgetenv(SecretVariable)));
    qunsetenv(SecretVariable); // T-6: no child gets it
    return secret;
}

Result<Account> namedAccount(const QCommandLineParser &parser)
{
    const ProviderInfo *info = providerInfo(parser.value(QStringLiteral("provider")).toUtf8());
    if (!info)
        return failed(Error::Kind::Malformed,
                      QStringLiteral("--provider wants one of: %1").arg(knownProviders()));
    return Account{info->id, parser.value(QStringLiteral("provider-url")),
                   parser.value(QStringLiteral("account")), QDateTime::currentDateTimeUtc()};
}

QString stateFolder(const QCommandLineParser &parser)
{
    return parser.isSet(QStringLiteral("state-dir"))
                   ? parser.value(QStringLiteral("state-dir"))
                   : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

Result<PushWords> lookingWords(const QCommandLineParser &parser)
{
    PushWords words;
    Result<NetworkOptions> network = networkOptions(parser);
    if (!network)
        return tl::unexpected(network.error());
    words.network = std::move(*network);
    const Result<quint16> port = dnsPort(parser);
    if (!port)
        return tl::unexpected(port.error());
    words.dnsPort = *port;
    words.folder = stateFolder(parser);
    return words;
}

Result<PushWords> serviceWords(const QCommandLineParser &parser)
{
    const Result<Account> account = namedAccount(parser);
    if (!account)
        return tl::unexpected(account.error());
    Result<PushWords> words = lookingWords(parser);
    if (!words)
        return words;
    Result<Secret> secret = secretFor(parser, *account);
    if (!secret)
        return tl::unexpected(secret.error());
    auto service =
            openService(*providerInfo(account->provider), account->address, std::move(*secret));
    if (!service)
        return tl::unexpected(service.error());
    words->service = std::move(*service);
    words->service.journals = words->journals();
    return words;
}

Result<PushWords> pushWords(const QCommandLineParser &parser, const char *command)
{
    const auto wrong = [](const QString &sentence) {
        return tl::unexpected(Error{Error::Kind::Malformed, sentence, {}});
    };
    if (parser.positionalArguments().size() != 1)
        return wrong(QStringLiteral("try: mta-sts %1 example.org --provider %2")
                             .arg(QLatin1String(command), QLatin1String(providers().first().id)));
    const QString name = parser.positionalArguments().constFirst();
    const TypedDomain typed = DomainName::parse(name);
    if (typed.outcome == TypedDomain::Outcome::Reject)
        return wrong(QStringLiteral("“%1” is not a mail domain").arg(printable(name, 80)));
    Result<PushWords> words = serviceWords(parser);
    if (!words)
        return words;
    words->domain = typed.domain;
    const ProviderInfo &info = *words->service.info;
    const Result<Service::Host> host = hostOf(parser, info);
    if (!host)
        return tl::unexpected(host.error());
    words->isDelegated = isByProvider(parser);
    if (*host == Service::Host::Service && !info.isPolicyHost)
        return wrong(QStringLiteral("%1 serves no policy file; leave --host out")
                             .arg(QLatin1String(info.title)));
    words->service.host = *host;
    return words;
}
