// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/tlsarollwords.h"

#include "base/printable.h"
#include "cli/pushwords.h"
#include "dane/keysource.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace {

tl::unexpected<Error> wrong(const QString &sentence)
{
    return failed(Error::Kind::Malformed, sentence);
}

Result<void> readPlace(const QCommandLineParser &parser, RolloverPlace &place)
{
    const QStringList words = parser.positionalArguments().mid(1);
    if (words.size() > 1)
        return wrong(QStringLiteral("one server at a time: mta-sts tlsa roll mx1.example.com"));
    if (!words.isEmpty()) {
        const TypedDomain read = DomainName::parse(words.first());
        if (read.outcome == TypedDomain::Outcome::Reject)
            return wrong(QStringLiteral("“%1” is not the name of a server")
                                 .arg(printable(words.first(), 80)));
        place.host = read.domain.ascii();
    }
    if (parser.isSet(QStringLiteral("port"))) {
        place.port = parser.value(QStringLiteral("port")).toUShort();
        if (place.port == 0)
            return wrong(QStringLiteral("--port wants a number from 1 to 65535"));
    }
    const Result<quint16> port = dnsPort(parser);
    if (!port)
        return tl::unexpected(port.error());
    place.dnsPort = *port;
    return {};
}

} // namespace

void addRollOptions(QCommandLineParser &parser)
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("Options", source);
    };
    parser.setApplicationDescription(text(QT_TRANSLATE_NOOP(
            "Options",
            "Leads through a change of the key of a server that has TLSA records, without mail "
            "being refused: publish the next record, wait, switch, check, remove the old one. Each "
            "call looks at the name servers and at every address, and says what is due now. "
            "Without a server the changes under way are listed.")));
    parser.addPositionalArgument(QStringLiteral("roll"), QStringLiteral("[HOST]"),
                                 QStringLiteral("tlsa roll"));
    parser.addOptions({
            {QStringLiteral("next"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Begin: certificates, public key or certificate request of the "
                                    "next key; may be given again for a second kind of key.")),
             QStringLiteral("PEM")},
            {QStringLiteral("replaces"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "SHA-256 fingerprint of the certificate whose key goes. "
                                    "Default: that of the same kind.")),
             QStringLiteral("SHA256")},
            {QStringLiteral("port"),
             text(QT_TRANSLATE_NOOP(
                     "Options", "Port of the records. Default: 25, the one that counts for mail.")),
             QStringLiteral("N")},
            {QStringLiteral("calendar"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Write the dates ahead into this file, for a calendar.")),
             QStringLiteral("FILE")},
            {QStringLiteral("forget"),
             text(QT_TRANSLATE_NOOP("Options", "Forget what is kept of this change; nothing else "
                                               "is changed."))},
            stateOption(),
            dnsPortOption(),
            {QStringLiteral("json"), text(QT_TRANSLATE_NOOP("Options", "One JSON document."))},
    });
    addNetworkOptions(parser);
}

Result<RollWords> rollWords(const QCommandLineParser &parser)
{
    RollWords wanted;
    if (const auto read = readPlace(parser, wanted.place); !read)
        return tl::unexpected(read.error());
    wanted.nextFiles = parser.values(QStringLiteral("next"));
    wanted.calendar = parser.value(QStringLiteral("calendar"));
    wanted.isForget = parser.isSet(QStringLiteral("forget"));
    wanted.isJson = parser.isSet(QStringLiteral("json"));
    wanted.folder = stateFolder(parser) + QStringLiteral("/rollovers");
    const bool isReplacing = parser.isSet(QStringLiteral("replaces"));
    if (isReplacing) {
        const auto digest = digestFromText(parser.value(QStringLiteral("replaces")));
        if (!digest)
            return wrong(
                    QStringLiteral("--replaces wants a SHA-256 fingerprint: 64 hexadecimal digits, "
                                   "with or without colons"));
        wanted.replaces = *digest;
    }
    const bool isBegin = !wanted.nextFiles.isEmpty();
    if (wanted.place.host.isEmpty() && (isBegin || wanted.isForget || !wanted.calendar.isEmpty()))
        return wrong(QStringLiteral("which server? Try: mta-sts tlsa roll mx1.example.com"));
    if (isReplacing && !isBegin)
        return wrong(QStringLiteral("--replaces belongs to --next, at the beginning of a change"));
    if (wanted.isForget && isBegin)
        return wrong(QStringLiteral("--forget first, then begin anew with --next"));
    return wanted;
}
