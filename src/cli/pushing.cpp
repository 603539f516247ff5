// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pushing.h"

#include "account/keychain.h"
#include "base/nocoredump.h"
#include "base/printable.h"
#include "check/checks.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "mail/stsrecord.h"

#include <QStandardPaths>

#include <algorithm>
#include <cstdio>

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

/// As it was pasted: with blanks, line ends or quotes around it.
QByteArray bare(QByteArray pasted)
{
    pasted = pasted.trimmed();
    for (const char quote : {'"', '\''}) {
        if (pasted.size() >= 2 && pasted.startsWith(quote) && pasted.endsWith(quote))
            pasted = pasted.mid(1, pasted.size() - 2).trimmed();
    }
    return pasted;
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

Result<quint16> portOf(const QCommandLineParser &parser)
{
    const QString typed = parser.value(QStringLiteral("dns-port"));
    bool isNumber = false;
    const quint16 port = typed.toUShort(&isNumber);
    if (!typed.isEmpty() && (!isNumber || port == 0))
        return failed(Error::Kind::Malformed, QStringLiteral("--dns-port wants 1 to 65535"));
    return typed.isEmpty() ? quint16(53) : port;
}

} // namespace

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
            {QStringLiteral("state-dir"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Keep journals and what is known of domains in this folder.")),
             QStringLiteral("FOLDER")},
    });
}

void addPushOptions(QCommandLineParser &parser)
{
    addServiceOptions(parser);
    parser.addOptions({
            {QStringLiteral("dns-port"),
             text(QT_TRANSLATE_NOOP(
                     "Options", "Ask the zone's own name servers on this port, for a test bed.")),
             QStringLiteral("N")},
            {QStringLiteral("json"), text(QT_TRANSLATE_NOOP("Options", "One JSON document."))},
    });
    addNetworkOptions(parser);
}

Result<Secret> givenSecret(const QCommandLineParser &parser)
{
    forbidCoreDumps();
    if (parser.isSet(QStringLiteral("token-stdin"))) {
        const Result<QByteArray> read = readInput(QStringLiteral("-"), LongestSecret);
        if (!read)
            return tl::unexpected(read.error());
        if (bare(*read).isEmpty())
            return failed(Error::Kind::Malformed,
                          QStringLiteral("no token came from standard input"));
        return Secret(bare(*read));
    }
    Secret secret(bare(qgetenv(SecretVariable)));
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

Result<PushWords> pushWords(const QCommandLineParser &parser, const char *command)
{
    const auto wrong = [](const QString &sentence) {
        return tl::unexpected(Error{Error::Kind::Malformed, sentence, {}});
    };
    if (parser.positionalArguments().size() != 1)
        return wrong(QStringLiteral("try: mta-sts %1 example.org --provider %2")
                             .arg(QLatin1String(command), QLatin1String(providers().first().id)));
    PushWords words;
    const QString name = parser.positionalArguments().constFirst();
    const TypedDomain typed = DomainName::parse(name);
    if (typed.outcome == TypedDomain::Outcome::Reject)
        return wrong(QStringLiteral("“%1” is not a mail domain").arg(printable(name, 80)));
    words.domain = typed.domain;
    const Result<Account> account = namedAccount(parser);
    if (!account)
        return tl::unexpected(account.error());
    words.provider = providerInfo(account->provider);
    Result<NetworkOptions> network = networkOptions(parser);
    if (!network)
        return tl::unexpected(network.error());
    words.network = std::move(*network);
    const Result<quint16> port = portOf(parser);
    if (!port)
        return tl::unexpected(port.error());
    words.dnsPort = *port;
    words.folder = stateFolder(parser);
    Result<Secret> secret = secretFor(parser, *account);
    if (!secret)
        return tl::unexpected(secret.error());
    auto made = makeProvider(*words.provider, account->address, std::move(*secret));
    if (!made)
        return tl::unexpected(made.error());
    words.service = std::move(*made);
    return words;
}

Looked lookNow(PushWords &words, const Cancel &cancel)
{
    Looked looked;
    looked.kept.domain = words.domain;
    const DomainStore::Loaded loaded = words.store().load();
    for (const KeptDomain &kept : loaded.domains) {
        if (kept.domain == words.domain)
            looked.kept = kept;
    }
    for (const Error &error : loaded.errors)
        looked.problems.append(error.what);
    Network network(words.network);
    looked.problems += network.problems();
    {
        Progress progress;
        looked.survey = look(words.domain, network.options().look, network.doors(), cancel,
                             [&](const Survey &partial) { progress.show(partial); });
    }
    looked.report = judge(looked.survey, looked.kept.lastSeen());
    looked.live = liveState(looked.survey);
    looked.kept = afterCheck(looked.kept, looked.survey, looked.report);
    return looked;
}

void takeId(Choices &choices, const Looked &looked)
{
    const QByteArray digest = policyDigest(choices);
    const std::optional<Choices> &draft = looked.kept.draft;
    if (draft && draft->delivery.digest == digest)
        choices.delivery = draft->delivery;
    else if (looked.kept.sameId)
        choices.delivery = {newStsId(looked.survey.at, looked.live.stsId), digest, {}};
}

void keep(const PushWords &words, const KeptDomain &kept)
{
    if (kept.isFromNewer)
        return;
    if (const auto saved = words.store().save(kept); !saved)
        usageError(QStringLiteral("what was seen of %1 could not be kept: %2")
                           .arg(kept.domain.display(), saved.error().what));
}

Result<Plan> planAt(PushWords &words, const Deployment &wanted, const LiveState &live,
                    const Cancel &cancel)
{
    const QByteArray name = wanted.domain.child("_mta-sts");
    const auto zones = words.service->zones(name, cancel);
    if (!zones)
        return tl::unexpected(zones.error());
    const Result<Zone> zone = zoneFor(name, *zones);
    if (!zone)
        return tl::unexpected(zone.error());
    const auto records = words.service->records(*zone, namesToRead(wanted.domain), cancel);
    if (!records)
        return tl::unexpected(records.error());
    return plan(wanted, live, words.provider->id, *zone, *records, words.service->traits());
}
