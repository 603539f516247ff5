// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/tlsamakewords.h"

#include "cli/tlsakeys.h"
#include "dane/tlsamaking.h"
#include "dns/record.h"
#include "mail/domainname.h"
#include "survey/network.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace {

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

Result<void> addServer(const QString &word, TlsaMakeWords &wanted)
{
    const auto host = serverName(word);
    if (!host)
        return tl::unexpected(host.error());
    if (!wanted.servers.contains(*host))
        wanted.servers.append(*host);
    return {};
}

Result<void> readChainWords(const QStringList &words, TlsaMakeWords &wanted)
{
    for (const QString &word : words) {
        if (isFileName(word))
            wanted.files.append(word);
        else if (const auto added = addServer(word, wanted); !added)
            return added;
    }
    if (wanted.files.isEmpty() == wanted.servers.isEmpty())
        return failed(Error::Kind::Malformed,
                      wanted.files.isEmpty()
                              ? QStringLiteral("whose records? Try: mta-sts tlsa make --chain "
                                               "fullchain.pem --name mx1.example.com")
                              : QStringLiteral("give files or servers, not both"));
    return {};
}

/// Such names have an underscore, which names of servers have not.
Result<void> readShared(const QString &typed, TlsaMakeWords &wanted)
{
    const QByteArray name = normalName(typed.trimmed().toLatin1());
    if (!isLegalName(name) || !name.contains('.'))
        return failed(Error::Kind::Malformed,
                      QStringLiteral("--shared wants the name where the records are to stand, such "
                                     "as tlsa._dane.example.com"));
    for (const QByteArray &server : std::as_const(wanted.servers)) {
        if (name == tlsaOwner(server, wanted.port))
            return failed(Error::Kind::Malformed,
                          QStringLiteral("--shared wants a name beside those of the servers: an "
                                         "alias cannot lead to itself"));
    }
    wanted.shared = name;
    return {};
}

} // namespace

void addTlsaMakeOptions(QCommandLineParser &parser)
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("Options", source);
    };
    parser.setApplicationDescription(text(QT_TRANSLATE_NOOP(
            "Options", "Makes the TLSA records of a server: of certificate files, or of every "
                       "certificate that it shows.")));
    parser.addPositionalArgument(QStringLiteral("make"), QString(),
                                 QStringLiteral("tlsa make [HOST...]"));
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
            {QStringLiteral("shared"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "One set of records at this name for all servers, and at each "
                                    "of theirs an alias.")),
             QStringLiteral("NAME")},
            {QStringLiteral("json"), text(QT_TRANSLATE_NOOP("Options", "One JSON document."))},
    });
    addNetworkOptions(parser);
}

Result<TlsaMakeWords> tlsaMakeWords(const QCommandLineParser &parser)
{
    TlsaMakeWords wanted;
    const QStringList sources =
            parser.positionalArguments().mid(1) + parser.values(QStringLiteral("chain"));
    if (const auto read = readChainWords(sources, wanted); !read)
        return tl::unexpected(read.error());
    if (const QStringList names = parser.values(QStringLiteral("name")); !names.isEmpty()) {
        const auto name = serverName(names.constFirst());
        if (!name || names.size() > 1 || wanted.servers.size() > 1)
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
    if (parser.isSet(QStringLiteral("shared"))) {
        const auto read = readShared(parser.value(QStringLiteral("shared")), wanted);
        if (!read)
            return tl::unexpected(read.error());
    }
    wanted.isIssuer = parser.isSet(QStringLiteral("issuer"));
    wanted.nextFiles = parser.values(QStringLiteral("next"));
    return wanted;
}
