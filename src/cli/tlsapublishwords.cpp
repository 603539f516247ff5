// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/tlsapublishwords.h"

#include "cli/carryout.h"
#include "cli/output.h"
#include "cli/tlsakeys.h"

namespace {

constexpr int MostServers = 20;
constexpr int ShortestTtl = 30, LongestTtl = 604800; // seconds (DANE-33)

QString text(const char *source)
{
    return QCoreApplication::translate("Options", source);
}

Error wrong(const QString &sentence)
{
    return {Error::Kind::Malformed, sentence, {}};
}

} // namespace

void addTlsaPublishOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(text(QT_TRANSLATE_NOOP(
            "Options", "Writes the TLSA records of mail servers into their zone, for keys that you "
                       "have confirmed, and proves them.")));
    parser.addPositionalArgument(QStringLiteral("publish"), QString(),
                                 QStringLiteral("tlsa publish HOST..."));
    addServiceOptions(parser);
    parser.addOptions({
            {QStringLiteral("expect"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "SHA-256 fingerprint of a certificate, as the server's "
                                    "own file has it; may be given again. Others are refused.")),
             QStringLiteral("SHA256")},
            {QStringLiteral("chain"),
             text(QT_TRANSLATE_NOOP("Options", "The server's own certificate or public key, which "
                                               "confirms what it shows; may be given again.")),
             QStringLiteral("PEM")},
            {QStringLiteral("next"),
             text(QT_TRANSLATE_NOOP("Options", "The same for the next key; may be given again.")),
             QStringLiteral("PEM")},
            {QStringLiteral("port"),
             text(QT_TRANSLATE_NOOP(
                     "Options", "Port of the records. Default: 25, the one that counts for mail.")),
             QStringLiteral("N")},
            {QStringLiteral("ttl"),
             text(QT_TRANSLATE_NOOP("Options", "How long the records may be remembered, seconds. "
                                               "Default: 3600.")),
             QStringLiteral("S")},
            {QStringLiteral("drop-unused"),
             text(QT_TRANSLATE_NOOP("Options", "Also remove published records that fit neither a "
                                               "key in use nor a next one."))},
            {QStringLiteral("dry-run"),
             text(QT_TRANSLATE_NOOP("Options", "Say what would change. Change nothing."))},
            {QStringLiteral("undo"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Put back what the last such command for this server "
                                    "replaced."))},
    });
    addConsentOptions(parser);
    addLookingOptions(parser);
}

Result<TlsaPublishWords> tlsaPublishWords(const QCommandLineParser &parser)
{
    TlsaPublishWords wanted;
    for (const QString &word : parser.positionalArguments().mid(1)) {
        const auto host = serverName(word);
        if (!host)
            return tl::unexpected(host.error());
        if (!wanted.hosts.contains(*host))
            wanted.hosts.append(*host);
    }
    if (wanted.hosts.isEmpty() || wanted.hosts.size() > MostServers)
        return tl::unexpected(wrong(QStringLiteral(
                "whose records? Try: mta-sts tlsa publish mx1.example.com --provider NAME")));
    const Result<quint16> port = tlsaPort(parser);
    if (!port)
        return tl::unexpected(port.error());
    wanted.port = *port;
    if (const QString ttl = parser.value(QStringLiteral("ttl")); !ttl.isEmpty()) {
        wanted.ttl = ttl.toInt(); // 0 when it is no number
        if (wanted.ttl < ShortestTtl || wanted.ttl > LongestTtl)
            return tl::unexpected(wrong(QStringLiteral("--ttl wants 30 to 604800 seconds")));
    }
    const auto expected = expectedPrints(parser);
    if (!expected)
        return tl::unexpected(expected.error());
    wanted.expected = *expected;
    wanted.files = parser.values(QStringLiteral("chain"));
    wanted.nextFiles = parser.values(QStringLiteral("next"));
    if (wanted.hosts.size() > 1 && !(wanted.files + wanted.nextFiles).isEmpty())
        return tl::unexpected(wrong(
                QStringLiteral("files are of one server: give one HOST with --chain or --next")));
    wanted.dropsUnused = parser.isSet(QStringLiteral("drop-unused"));
    return wanted;
}
