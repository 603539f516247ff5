// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/tlsarecord.h"

#include "base/printable.h"
#include "mail/zonetext.h"

#include <algorithm>

namespace {

constexpr qsizetype MostText = 4 * 65535; // two hex digits an octet, and white space

/// One element of DER: what it is and where its content lies.
struct Element
{
    uchar tag = 0;
    QByteArray content;
};

/// The elements that fill `data` exactly; empty if they do not.
std::optional<QList<Element>> elementsOf(const QByteArray &data)
{
    QList<Element> out;
    qsizetype at = 0;
    while (at < data.size()) {
        if (at + 2 > data.size())
            return std::nullopt;
        const auto tag = uchar(data.at(at));
        qsizetype length = uchar(data.at(at + 1));
        at += 2;
        if (length >= 0x80) {
            const qsizetype octets = length & 0x7F;
            if (octets < 1 || octets > 3 || at + octets > data.size())
                return std::nullopt;
            length = 0;
            for (qsizetype i = 0; i < octets; ++i)
                length = length << 8 | uchar(data.at(at++));
        }
        if (length > data.size() - at)
            return std::nullopt;
        out.append({tag, data.mid(at, length)});
        at += length;
    }
    return out;
}

constexpr uchar Sequence = 0x30;
constexpr uchar BitString = 0x03;
constexpr uchar Integer = 0x02;
constexpr uchar ObjectIdentifier = 0x06;

bool isAlgorithm(const Element &element)
{
    const auto parts = elementsOf(element.content);
    return element.tag == Sequence && parts && !parts->isEmpty() &&
           parts->first().tag == ObjectIdentifier;
}

/// RFC 5280 4.1: SubjectPublicKeyInfo ::= SEQUENCE { algorithm, subjectPublicKey BIT STRING }
bool isPublicKey(const Element &element)
{
    const auto parts = elementsOf(element.content);
    return element.tag == Sequence && parts && parts->size() == 2 && isAlgorithm(parts->at(0)) &&
           parts->at(1).tag == BitString;
}

/// RFC 5280 4.1: version [0], serial, algorithm, issuer, validity, subject, public key, ...
bool isCertificate(const Element &element)
{
    const auto parts = elementsOf(element.content);
    if (element.tag != Sequence || !parts || parts->size() != 3 || !isAlgorithm(parts->at(1)) ||
        parts->at(2).tag != BitString || parts->at(0).tag != Sequence)
        return false;
    auto fields = elementsOf(parts->at(0).content);
    if (!fields || fields->isEmpty())
        return false;
    if (fields->first().tag == 0xA0)
        fields->removeFirst();
    return fields->size() >= 6 && fields->at(0).tag == Integer && isAlgorithm(fields->at(1)) &&
           fields->at(2).tag == Sequence && fields->at(3).tag == Sequence &&
           fields->at(4).tag == Sequence && isPublicKey(fields->at(5));
}

/// The outer shape of full data; whether the content is meaningful is the matter of the TLS library.
bool isFullData(const TlsaRecord &record)
{
    const auto parts = elementsOf(record.data);
    return parts && parts->size() == 1 &&
           (record.selector == 0 ? isCertificate(parts->first()) : isPublicKey(parts->first()));
}

TlsaReading refused(const char *id, const QByteArray &seen)
{
    return {std::nullopt, {}, {{id, Severity::Error, {printable(seen, 200)}}}};
}

/// Drops "owner TTL class TLSA" of a whole record line; true if there was one.
bool dropOwner(QList<ZoneToken> &tokens, QByteArray &owner)
{
    for (qsizetype i = 0; i < std::min<qsizetype>(tokens.size(), 4); ++i) {
        const QByteArray word = tokens.at(i).text.toUpper();
        if (word != "TLSA" && word != "TYPE52")
            continue;
        if (i > 0) {
            owner = tokens.first().text.toLower();
            if (owner.endsWith('.'))
                owner.chop(1);
        }
        tokens.remove(0, i + 1);
        return true;
    }
    return false;
}

} // namespace

TlsaReading readTlsa(const QByteArray &presentation)
{
    if (presentation.size() > MostText)
        return refused("DANE-46", presentation);
    std::optional<QList<ZoneToken>> tokens = zoneTokens(presentation);
    if (!tokens)
        return refused("DANE-46", presentation);
    TlsaReading out;
    if (dropOwner(*tokens, out.owner) && !out.owner.isEmpty())
        out.issues.append({"DANE-42", Severity::Info, {printable(out.owner, 200)}});
    if (!tokens->isEmpty() && tokens->first().text == "\\#") {
        const std::optional<QByteArray> data = genericData(*tokens);
        out.record = data && data->size() > 3 ? tlsaFromWire(*data) : std::nullopt;
        if (!out.record)
            return refused("DANE-46.generic", presentation);
    } else {
        QByteArray hex;
        for (const ZoneToken &token : tokens->mid(3))
            hex += token.text;
        const auto usage = octetNumber(tokens->value(0).text);
        const auto selector = octetNumber(tokens->value(1).text);
        const auto matching = octetNumber(tokens->value(2).text);
        const auto data = octetsFromHex(hex);
        if (!usage || !selector || !matching || !data || data->isEmpty() || data->size() > 65532)
            return refused("DANE-46", presentation);
        out.record = TlsaRecord{*usage, *selector, *matching, *data};
    }
    out.issues += whyUnusable(*out.record);
    return out;
}

std::optional<TlsaRecord> tlsaFromWire(const QByteArray &rdata)
{
    // Without data it is still a record, only unusable: not the same as none at all.
    if (rdata.size() < 3)
        return std::nullopt;
    return TlsaRecord{quint8(rdata.at(0)), quint8(rdata.at(1)), quint8(rdata.at(2)), rdata.mid(3)};
}

QByteArray tlsaToText(const TlsaRecord &record)
{
    return QByteArray::number(record.usage) + ' ' + QByteArray::number(record.selector) + ' ' +
           QByteArray::number(record.matching) + ' ' + record.data.toHex();
}

QList<Issue> whyUnusable(const TlsaRecord &record)
{
    QList<Issue> out;
    const auto add = [&](const char *id, const QStringList &values) {
        out.append({id, Severity::Error, values});
    };
    if (record.usage > 3)
        add("DANE-15.usage", {QString::number(record.usage)});
    else if (record.usage < 2) // RFC 7672 3.1.3: PKIX-TA and PKIX-EE are not for SMTP
        add("DANE-14", {QString::number(record.usage)});
    if (record.selector > 1)
        add("DANE-15.selector", {QString::number(record.selector)});
    if (record.matching > 2) {
        add("DANE-15.matching", {QString::number(record.matching)});
    } else if (record.matching > 0) {
        const qsizetype expected = record.matching == 1 ? 32 : 64;
        if (record.data.size() != expected)
            add("DANE-16", {QString::number(record.data.size()), QString::number(expected)});
    } else if (record.selector <= 1 && !isFullData(record)) {
        add("DANE-16.full", {});
    }
    return out;
}

QList<Issue> adviceOn(const QList<TlsaRecord> &set)
{
    QList<Issue> out;
    for (const TlsaRecord &record : set) {
        if (!whyUnusable(record).isEmpty())
            continue;
        const QString shown = printable(tlsaToText(record), 80);
        if (record.matching == 0) // RFC 7672 3.1.2
            out.append({"DANE-30", Severity::Warning, {shown}});
        if (record.usage == 3 && record.selector == 0)
            out.append({"DANE-31", Severity::Warning, {shown}});
        const bool hasSha256 = std::any_of(set.begin(), set.end(), [&](const TlsaRecord &other) {
            return other.usage == record.usage && other.selector == record.selector &&
                   other.matching == 1 && whyUnusable(other).isEmpty();
        });
        if (record.matching == 2 && !hasSha256) // RFC 6698 6: only SHA2-256 is mandatory
            out.append({"DANE-50", Severity::Info, {shown}});
    }
    return out;
}
