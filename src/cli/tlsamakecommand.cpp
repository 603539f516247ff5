// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts tlsa make: TLSA records for the keys of files, or for what a server shows.
#include "cli/output.h"
#include "cli/tlsakeys.h"
#include "dane/publishedtlsa.h"
#include "dane/tlsaconfirming.h"
#include "survey/network.h"

#include <QFileInfo>

namespace {

/// The words of the command line, understood.
struct Wanted
{
    QStringList files;
    QByteArray server; // empty: the keys are in the files
    QByteArray name;   // empty: the name in the certificate, or the server
    quint16 port = 25;
    bool isIssuer = false;
    QList<QByteArray> expected;
    QStringList nextFiles;
};

void addOptions(QCommandLineParser &parser)
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("Options", source);
    };
    parser.setApplicationDescription(text(QT_TRANSLATE_NOOP(
            "Options", "Makes the TLSA records of a server: of certificate files, or of every "
                       "certificate that it shows.")));
    parser.addPositionalArgument(QStringLiteral("make"), QString(), QStringLiteral("tlsa make"));
    parser.addOptions({
            {QStringLiteral("chain"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Certificates, public key or certificate request in use; "
                                    "may be given again. Or the server to look at.")),
             QStringLiteral("PEM|HOST")},
            {QStringLiteral("next"),
             text(QT_TRANSLATE_NOOP("Options", "The same for the next key; may be given again.")),
             QStringLiteral("PEM")},
            {QStringLiteral("issuer"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "2 1 1 of the issuer instead of 3 1 1 of the key."))},
            {QStringLiteral("name"),
             text(QT_TRANSLATE_NOOP("Options", "Name of the server. Default: the one in the "
                                               "certificate, or the server looked at.")),
             QStringLiteral("MX")},
            {QStringLiteral("port"),
             text(QT_TRANSLATE_NOOP(
                     "Options", "Port of the records. Default: 25, the one that counts for mail.")),
             QStringLiteral("N")},
            {QStringLiteral("expect"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "SHA-256 fingerprint of a certificate, as the server's "
                                    "own file has it; may be given again. Others fail.")),
             QStringLiteral("SHA256")},
            {QStringLiteral("json"), text(QT_TRANSLATE_NOOP("Options", "One JSON document."))},
    });
    addNetworkOptions(parser);
}

// A name of a file that is not there must not become a question to the DNS.
bool isFileName(const QString &word)
{
    static const QStringList endings{
            QStringLiteral("pem"), QStringLiteral("crt"), QStringLiteral("cer"),
            QStringLiteral("der"), QStringLiteral("csr"), QStringLiteral("pub"),
            QStringLiteral("key"), QStringLiteral("p12"), QStringLiteral("pfx")};
    return word == QLatin1String("-") || word.contains(QLatin1Char('/')) ||
           QFileInfo::exists(word) || endings.contains(QFileInfo(word).suffix().toLower());
}

Result<void> readChainWords(const QStringList &words, Wanted &wanted)
{
    for (const QString &word : words) {
        if (isFileName(word)) {
            wanted.files.append(word);
            continue;
        }
        const auto host = serverName(word);
        if (!host)
            return tl::unexpected(host.error());
        if (!wanted.server.isEmpty())
            return failed(Error::Kind::Malformed, QStringLiteral("one server at a time"));
        wanted.server = *host;
    }
    if (wanted.files.isEmpty() == wanted.server.isEmpty())
        return failed(Error::Kind::Malformed,
                      wanted.files.isEmpty()
                              ? QStringLiteral("whose records? Try: mta-sts tlsa make --chain "
                                               "fullchain.pem --name mx1.example.com")
                              : QStringLiteral("give files or a server, not both"));
    return {};
}

Result<Wanted> wantedFrom(const QCommandLineParser &parser)
{
    Wanted wanted;
    if (const auto read = readChainWords(parser.values(QStringLiteral("chain")), wanted); !read)
        return tl::unexpected(read.error());
    if (const QStringList names = parser.values(QStringLiteral("name")); !names.isEmpty()) {
        const auto name = serverName(names.constFirst());
        if (!name || names.size() > 1)
            return failed(Error::Kind::Malformed,
                          QStringLiteral("--name wants the name of one server"));
        wanted.name = *name;
    }
    const Result<quint16> port = tlsaPort(parser);
    if (!port)
        return tl::unexpected(port.error());
    wanted.port = *port;
    const auto expected = expectedPrints(parser);
    if (!expected)
        return tl::unexpected(expected.error());
    wanted.expected = *expected;
    wanted.isIssuer = parser.isSet(QStringLiteral("issuer"));
    wanted.nextFiles = parser.values(QStringLiteral("next"));
    return wanted;
}

/// The one name of a server that the certificates hold; empty where there is none or more than one.
QByteArray onlyName(const QList<SourceKey> &keys)
{
    QStringList names;
    for (const SourceKey &key : keys)
        names += key.names;
    names.removeDuplicates();
    const auto domain = DomainName::fromAscii(names.value(0).toLatin1().toLower());
    return names.size() == 1 && domain ? domain->ascii() : QByteArray();
}

void lookAtServer(const Wanted &wanted, const NetworkOptions &options, const Cancel &cancel,
                  TlsaMade &made)
{
    Network network(options);
    for (const QString &problem : network.problems())
        usageError(problem);
    LiveServer server = liveServer(wanted.server, wanted.port, options.look);
    server.name = made.host;
    const Doors doors = network.doors();
    const Cancel whole = cancel.until(QDeadlineTimer(options.look.timeoutMs));
    seeKeys(server, doors, whole, made);
    const PublishedTlsa live =
            publishedTlsa(tlsaOwner(made.host, wanted.port), made.host, doors.validating, whole);
    made.published = live.records;
    addFindings(made, live.issues);
}

void make(const Wanted &wanted, TlsaMade &made)
{
    const KeyConfirmation confirmation = confirmKeys(made.current, wanted.expected);
    made.isConfirmed = confirmation.isConfirmed;
    addFindings(made, confirmation.issues);
    if (made.live && wanted.expected.isEmpty() && !made.current.isEmpty()) // T-33
        addFindings(made, {{"DANE-29.seen", Severity::Warning, {}}});
    if (confirmation.hasOther)
        return;
    TlsaWish wish;
    wish.host = made.host;
    wish.port = made.port;
    wish.current = made.current;
    wish.next = made.next;
    wish.issuer = wanted.isIssuer ? std::optional(1) : std::nullopt;
    wish.wasSeen = made.live.has_value();
    wish.published = made.published;
    wish.now = QDateTime::currentDateTimeUtc();
    made.making = tlsaToPublish(wish);
    addFindings(made, made.making.issues);
    for (const Issue &issue : std::as_const(made.making.publishedIssues)) {
        if (!made.making.issues.contains(issue))
            addFindings(made, {issue});
    }
}

} // namespace

int tlsaMakeCommand(const Invocation &invocation)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    if (parser.positionalArguments().size() > 1)
        return usageError(QStringLiteral("tlsa make takes options only. Try --help."));
    const Result<NetworkOptions> options = networkOptions(parser);
    if (!options)
        return usageError(options.error().what);
    const Result<Wanted> wanted = wantedFrom(parser);
    if (!wanted)
        return usageError(wanted.error().what);
    TlsaMade made;
    made.port = wanted->port;
    for (const auto &read : {readKeyFiles(wanted->files, made.current, made.others),
                             readKeyFiles(wanted->nextFiles, made.next, made.others)}) {
        if (!read)
            return usageError(read.error().what);
    }
    made.host = !wanted->name.isEmpty()     ? wanted->name
                : !wanted->server.isEmpty() ? wanted->server
                                            : onlyName(made.current);
    if (made.host.isEmpty())
        return usageError(QStringLiteral("whose records? Add --name with the name of the server"));
    if (!wanted->server.isEmpty() && !options->look.smtp)
        return usageError(QStringLiteral("--no-smtp leaves nothing to look at"));
    if (!wanted->server.isEmpty())
        lookAtServer(*wanted, *options, invocation.cancel, made);
    if (invocation.cancel.isCancelled())
        return ExitInterrupted;
    make(*wanted, made);
    if (parser.isSet(QStringLiteral("json")))
        writeJson(tlsaMadeJson(made));
    else
        writeOut(tlsaMadeText(made).toUtf8());
    return exitStatusOf(made.findings);
}
