// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dns/delegationsigner.h"

#include "dns/record.h"

#include <QCryptographicHash>

#include <algorithm>

namespace {

constexpr quint16 ZoneKey = 0x0100, Revoked = 0x0080; // RFC 4034 2.1.1, RFC 5011 3
constexpr quint8 Protocol = 3, Sha1 = 1, Sha256 = 2, Sha384 = 4;
constexpr qsizetype LongestText = 4096;

/// The words of the record data: without comment, parentheses, and what stands before the type.
QList<QByteArray> wordsOf(const QByteArray &text, const char *type)
{
    if (text.size() > LongestText)
        return {};
    QByteArray plain = text.left(text.indexOf(';') < 0 ? text.size() : text.indexOf(';'));
    plain.replace('(', ' ').replace(')', ' ');
    QList<QByteArray> words = plain.simplified().split(' ');
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (words.at(i).compare(type, Qt::CaseInsensitive) == 0)
            return words.mid(i + 1);
    }
    return words;
}

template <class Number>
bool read(const QByteArray &word, Number &number)
{
    bool isNumber = false;
    const uint value = word.toUInt(&isNumber);
    number = Number(value);
    return isNumber && value <= std::numeric_limits<Number>::max() && !word.startsWith('+');
}

QByteArray dataOf(const DnskeyRecord &key)
{
    QByteArray wire;
    wire.append(char(key.flags >> 8));
    wire.append(char(key.flags & 0xff));
    wire.append(char(key.protocol));
    wire.append(char(key.algorithm));
    return wire + key.publicKey;
}

/// RFC 4034 6.2: lower case, not compressed.
QByteArray wireOf(const QByteArray &zone)
{
    QByteArray wire;
    if (zone != ".") {
        for (const QByteArray &label : zone.split('.'))
            wire += char(label.size()) + label;
    }
    return wire + '\0';
}

std::optional<QCryptographicHash::Algorithm> hashOf(quint8 digestType)
{
    switch (digestType) {
    case Sha1:
        return QCryptographicHash::Sha1;
    case Sha256:
        return QCryptographicHash::Sha256;
    case Sha384:
        return QCryptographicHash::Sha384;
    default:
        return std::nullopt;
    }
}

bool isHex(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
}

} // namespace

std::optional<DnskeyRecord> dnskeyFromText(const QByteArray &text)
{
    const QList<QByteArray> words = wordsOf(text, "DNSKEY");
    DnskeyRecord key;
    if (words.size() < 4 || !read(words.at(0), key.flags) || !read(words.at(1), key.protocol) ||
        !read(words.at(2), key.algorithm))
        return std::nullopt;
    const auto decoded = QByteArray::fromBase64Encoding(
            words.mid(3).join(),
            QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || (*decoded).isEmpty())
        return std::nullopt;
    key.publicKey = *decoded;
    return key;
}

std::optional<DsRecord> dsFromText(const QByteArray &text)
{
    const QList<QByteArray> words = wordsOf(text, "DS");
    DsRecord ds;
    if (words.size() < 4 || !read(words.at(0), ds.keyTag) || !read(words.at(1), ds.algorithm) ||
        !read(words.at(2), ds.digestType))
        return std::nullopt;
    const QByteArray hex = words.mid(3).join();
    if (hex.size() % 2 != 0 || !isHex(hex))
        return std::nullopt;
    ds.digest = QByteArray::fromHex(hex);
    return ds;
}

QByteArray dnskeyToText(const DnskeyRecord &key)
{
    return QByteArray::number(key.flags) + ' ' + QByteArray::number(key.protocol) + ' ' +
           QByteArray::number(key.algorithm) + ' ' + key.publicKey.toBase64();
}

QByteArray dsToText(const DsRecord &ds)
{
    return QByteArray::number(ds.keyTag) + ' ' + QByteArray::number(ds.algorithm) + ' ' +
           QByteArray::number(ds.digestType) + ' ' + ds.digest.toHex().toUpper();
}

quint16 keyTag(const DnskeyRecord &key)
{
    const QByteArray wire = dataOf(key);
    quint32 sum = 0;
    for (qsizetype i = 0; i < wire.size(); ++i) {
        const quint32 octet = quint8(wire.at(i));
        sum += i % 2 == 0 ? octet << 8 : octet;
    }
    return quint16((sum + (sum >> 16)) & 0xffff);
}

std::optional<DsRecord> dsOf(const QByteArray &zone, const DnskeyRecord &key, quint8 digestType)
{
    const auto hash = hashOf(digestType);
    const QByteArray name = normalName(zone);
    if (!hash || (name != "." && !isLegalName(name)))
        return std::nullopt;
    return DsRecord{keyTag(key), key.algorithm, digestType,
                    QCryptographicHash::hash(wireOf(name) + dataOf(key), *hash)};
}

bool fits(const DsRecord &ds, const QByteArray &zone, const DnskeyRecord &key)
{
    const bool isKeyOfZone =
            (key.flags & ZoneKey) != 0 && (key.flags & Revoked) == 0 && key.protocol == Protocol;
    return isKeyOfZone && ds.digestType != Sha1 && dsOf(zone, key, ds.digestType) == ds;
}

bool fitsAny(const DsRecord &ds, const QByteArray &zone, const QList<DnskeyRecord> &keys)
{
    return std::any_of(keys.begin(), keys.end(),
                       [&](const DnskeyRecord &key) { return fits(ds, zone, key); });
}

QByteArray signingAlgorithmName(quint8 algorithm)
{
    switch (algorithm) {
    case 5:
    case 7:
        return "RSA/SHA-1";
    case 8:
        return "RSA/SHA-256";
    case 10:
        return "RSA/SHA-512";
    case 13:
        return "ECDSA P-256";
    case 14:
        return "ECDSA P-384";
    case 15:
        return "Ed25519";
    case 16:
        return "Ed448";
    default:
        return {};
    }
}
