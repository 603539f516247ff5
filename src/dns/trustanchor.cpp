// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A malformed anchor would make libunbound refuse every look-up, so each record is checked here.
#include "dns/trustanchor.h"

#include "base/printable.h"
#include "dns/record.h"

#include <QFile>

namespace {

constexpr qint64 MaxFile = 65536;

/// Line ends inside parentheses are spaces, comments are gone; RFC 5011 files keep a key's state
/// in a comment behind it.
struct Line
{
    QByteArray text;
    QByteArray comment;
};

QList<Line> logicalLines(const QByteArray &text)
{
    QList<Line> lines;
    Line line;
    int depth = 0;
    const QList<QByteArray> physical = text.split('\n');
    for (const QByteArray &whole : physical) {
        const qsizetype semicolon = whole.indexOf(';');
        QByteArray content = semicolon < 0 ? whole : whole.left(semicolon);
        if (semicolon >= 0)
            line.comment += whole.mid(semicolon);
        depth += int(content.count('(')) - int(content.count(')'));
        content.replace('(', ' ').replace(')', ' ');
        line.text += content + ' ';
        if (depth > 0)
            continue;
        line.text = line.text.simplified();
        if (!line.text.isEmpty())
            lines.append(line);
        line = {};
        depth = 0;
    }
    return lines;
}

bool isNumber(const QByteArray &text, int max)
{
    bool ok = false;
    const int value = text.toInt(&ok);
    return ok && value >= 0 && value <= max;
}

/// RFC 4034 5.3:  tag algorithm digest-type hex
bool isDs(const QList<QByteArray> &fields)
{
    if (fields.size() < 4 || !isNumber(fields.at(0), 65535) || !isNumber(fields.at(1), 255) ||
        !isNumber(fields.at(2), 255))
        return false;
    const QByteArray hex = fields.mid(3).join().toLower();
    const int type = fields.at(2).toInt();
    const qsizetype octets = type == 1 ? 20 : type == 2 ? 32 : type == 4 ? 48 : 0;
    return octets > 0 && hex.size() == 2 * octets && QByteArray::fromHex(hex).toHex() == hex;
}

/// RFC 4034 2.2:  flags protocol algorithm base64. RFC 5011 2.1: flag 128 is a revoked key.
bool isUsableKey(const QList<QByteArray> &fields)
{
    constexpr int ZoneKey = 256;
    constexpr int Revoked = 128;
    if (fields.size() < 4 || !isNumber(fields.at(0), 65535) || fields.at(1) != "3" ||
        !isNumber(fields.at(2), 255))
        return false;
    const int flags = fields.at(0).toInt();
    if (!(flags & ZoneKey) || (flags & Revoked))
        return false;
    const auto key = QByteArray::fromBase64Encoding(fields.mid(3).join(),
                                                    QByteArray::AbortOnBase64DecodingErrors);
    return key.decodingStatus == QByteArray::Base64DecodingStatus::Ok && key.decoded.size() > 16;
}

/// RFC 5011 4.2 as unbound writes it: 2 is valid, 3 is missing but still trusted.
bool isTrustedState(const QByteArray &comment)
{
    const qsizetype at = comment.indexOf("state=");
    return at < 0 || comment.mid(at + 6, 1) == "2" || comment.mid(at + 6, 1) == "3";
}

} // namespace

/// https://data.iana.org/root-anchors/root-anchors.xml: KSK-2017 and KSK-2024.
QList<QByteArray> shippedTrustAnchors()
{
    return {
            QByteArrayLiteral(". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D084"
                              "58E880409BBC683457104237C7F8EC8D"),
            QByteArrayLiteral(". IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219"
                              "298D0A450D612C483AF444A4C0FB2B16"),
    };
}

QList<QByteArray> readTrustAnchors(const QByteArray &text)
{
    QList<QByteArray> anchors;
    const QList<Line> lines = logicalLines(text);
    for (const Line &line : lines) {
        const QList<QByteArray> fields = line.text.split(' ');
        if (fields.size() < 2 || !isLegalName(fields.first()))
            continue;
        qsizetype at = 1; // behind the owner: TTL and class in any order, or neither
        while (at < fields.size() &&
               (fields.at(at).toUpper() == "IN" || isNumber(fields.at(at), 2147483647)))
            ++at;
        if (at >= fields.size() || !isTrustedState(line.comment))
            continue;
        const QByteArray type = fields.at(at).toUpper();
        const QList<QByteArray> data = fields.mid(at + 1);
        if ((type == "DS" && isDs(data)) || (type == "DNSKEY" && isUsableKey(data)))
            anchors.append(fields.first() + " IN " + type + ' ' + data.join(' '));
    }
    return anchors;
}

Result<QList<QByteArray>> trustAnchors(const QString &file)
{
    const QStringList system{QStringLiteral("/usr/share/dns/root.key"),
                             QStringLiteral("/var/lib/unbound/root.key")};
    const QStringList candidates = file.isEmpty() ? system : QStringList(file);
    for (const QString &path : candidates) {
        QFile source(path);
        if (!source.open(QIODevice::ReadOnly))
            continue;
        const QList<QByteArray> anchors = readTrustAnchors(source.read(MaxFile));
        if (!anchors.isEmpty())
            return anchors;
    }
    if (file.isEmpty())
        return shippedTrustAnchors();
    // A named file that cannot be used is never replaced by another one: that would be a silent
    // change of whom to trust.
    return failed(Error::Kind::NotFound, QStringLiteral("no usable trust anchor in the file"),
                  printable(file));
}
