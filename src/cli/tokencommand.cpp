// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts token keep|forget|list: tokens in the key store of this computer, never in a file.
#include "account/keychain.h"
#include "cli/carryout.h"
#include "cli/output.h"

#include <QLocale>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Token", source);
}

int said(const QString &sentence)
{
    writeOut((sentence + QLatin1Char('\n')).toUtf8());
    return ExitOk;
}

/// What it may do beyond need, and what else the service told.
QStringList factTexts(const TokenFacts &facts)
{
    QStringList sentences;
    if (facts.expires.isValid())
        sentences << text(QT_TRANSLATE_NOOP("Token", "It is valid until %1."))
                             .arg(QLocale().toString(facts.expires.toLocalTime().date(),
                                                     QLocale::LongFormat));
    if (facts.zonesSeen > 1)
        sentences << text(QT_TRANSLATE_NOOP("Token",
                                            "It can read %1 zones; a token for this domain "
                                            "alone is safer."))
                             .arg(facts.zonesSeen);
    switch (facts.signing) {
    case TokenFacts::Signing::Off:
        return sentences << text(QT_TRANSLATE_NOOP("Token", "DNSSEC is off there."));
    case TokenFacts::Signing::Pending:
        return sentences << text(QT_TRANSLATE_NOOP(
                       "Token", "DNSSEC waits there for its DS record at the registrar."));
    case TokenFacts::Signing::On:
        return sentences << text(QT_TRANSLATE_NOOP("Token", "DNSSEC is on there."));
    case TokenFacts::Signing::Unknown:
        break;
    }
    return sentences;
}

/// Verified before it is kept: it must open the zone of a domain.
int keepToken(const QCommandLineParser &parser, const Account &account, const QString &typed,
              const Cancel &cancel)
{
    const TypedDomain domain = DomainName::parse(typed);
    if (domain.outcome == TypedDomain::Outcome::Reject)
        return usageError(QStringLiteral(
                "for which domain? Try: mta-sts token keep example.org --provider P"));
    Result<Secret> secret = givenSecret(parser);
    if (secret && secret->isEmpty())
        return usageError(QStringLiteral("no token: give it with --token-stdin, or in the "
                                         "environment as MTA_STS_TOKEN"));
    if (!secret)
        return end(stopped(secret.error()));
    const auto service =
            makeProvider(*providerInfo(account.provider), account.address, secret->copy());
    if (!service)
        return end(stopped(service.error()));
    const QByteArray name = domain.domain.child("_mta-sts");
    const Result<TokenFacts> facts = (*service)->token(name, TokenUse::Records, cancel);
    if (!facts)
        return end(stopped(facts.error()));
    if (!facts->missing.isEmpty())
        return end(
                {ExitErrors, QStringLiteral("the token lacks the permission %1; nothing was kept")
                                     .arg(facts->missing.join(QStringLiteral(", ")))});
    if (const auto kept = Keychain::keepNow(keyName(account), *secret); !kept)
        return end(stopped(kept.error()));
    if (const auto added = AccountList(stateFolder(parser)).add(account); !added) {
        (void)Keychain::forgetNow(keyName(account)); // what is in no list could not be found again
        return end(stopped(added.error()));
    }
    said(text(QT_TRANSLATE_NOOP("Token", "The token opens %1. It is in the key store now."))
                 .arg(domain.domain.display()));
    for (const QString &sentence : factTexts(*facts))
        said(sentence);
    return ExitOk;
}

int forgetToken(const QCommandLineParser &parser, const Account &account)
{
    if (const auto forgotten = Keychain::forgetNow(keyName(account)); !forgotten)
        return end(stopped(forgotten.error()));
    if (const auto removed = AccountList(stateFolder(parser)).remove(account); !removed)
        return end(stopped(removed.error()));
    return said(text(QT_TRANSLATE_NOOP("Token", "Forgotten. The service itself still takes it: "
                                                "delete it there if it is not needed.")));
}

int listTokens(const QCommandLineParser &parser)
{
    const auto accounts = AccountList(stateFolder(parser)).load();
    if (!accounts)
        return end(stopped(accounts.error()));
    if (accounts->isEmpty())
        return said(text(QT_TRANSLATE_NOOP("Token", "No token is kept.")));
    for (const Account &account : *accounts)
        said(QStringLiteral("%1  %2 %3")
                     .arg(QLocale().toString(account.keptAt.date(), QLocale::ShortFormat),
                          QString::fromLatin1(account.provider),
                          (account.address + QLatin1Char(' ') + account.label).trimmed()));
    return ExitOk;
}

} // namespace

int tokenCommand(const Invocation &invocation)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
            text(QT_TRANSLATE_NOOP("Token", "Keeps the token of a DNS service in the key store of "
                                            "this computer, once it has opened the zone of the "
                                            "domain; lists and forgets them.")));
    parser.addPositionalArgument(QStringLiteral("ACTION"),
                                 text(QT_TRANSLATE_NOOP("Token", "keep DOMAIN, forget or list.")),
                                 QStringLiteral("token ACTION"));
    addServiceOptions(parser);
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    const QStringList words = parser.positionalArguments();
    const QString action = words.value(0);
    if (action == QLatin1String("list"))
        return listTokens(parser);
    if (action != QLatin1String("keep") && action != QLatin1String("forget"))
        return usageError(QStringLiteral("try: mta-sts token keep example.org --provider P"));
    const Result<Account> account = namedAccount(parser);
    if (!account)
        return usageError(account.error().what);
    return action == QLatin1String("keep")
                   ? keepToken(parser, *account, words.value(1), invocation.cancel)
                   : forgetToken(parser, *account);
}
