// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dns/presentation.h"

namespace {

constexpr qsizetype MaxString = 255;

struct NamedType
{
    const char *name;
    RecordType type;
};
constexpr NamedType NamedTypes[] = {
        {"A", RecordType::A},       {"NS", RecordType::NS},   {"CNAME", RecordType::CNAME},
        {"SOA", RecordType::SOA},   {"MX", RecordType::MX},   {"TXT", RecordType::TXT},
        {"AAAA", RecordType::AAAA}, {"DS", RecordType::DS},   {"DNSKEY", RecordType::DNSKEY},
        {"TLSA", RecordType::TLSA}, {"CAA", RecordType::CAA},
};

bool isName(RecordType type)
{
    return type == RecordType::CNAME || type == RecordType::NS || type == RecordType::MX;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The octet of an escape whose backslash stands before `at`; `at` is moved behind it.
std::optional<char> unescaped(const QByteArray &text, qsizetype &at)
{
    if (at >= text.size())
        return std::nullopt;
    if (!isDigit(text.at(at)))
        return text.at(at++);
    const QByteArray digits = text.mid(at, 3);
    bool isNumber = false;
    const int value = digits.toInt(&isNumber);
    if (digits.size() != 3 || !isDigit(digits.at(1)) || !isDigit(digits.at(2)) || !isNumber ||
        value > 255)
        return std::nullopt;
    at += 3;
    return char(value);
}

} // namespace

QByteArray typeName(RecordType type)
{
    for (const NamedType &named : NamedTypes) {
        if (named.type == type)
            return named.name;
    }
    return "TYPE" + QByteArray::number(quint16(type)); // RFC 3597 5
}

std::optional<RecordType> typeFromName(const QByteArray &name)
{
    for (const NamedType &named : NamedTypes) {
        if (name.compare(named.name, Qt::CaseInsensitive) == 0)
            return named.type;
    }
    return std::nullopt;
}

QByteArray escapedOctet(char octet)
{
    return '\\' + QByteArray::number(static_cast<unsigned char>(octet)).rightJustified(3, '0');
}

QByteArray quotedTxt(const QByteArray &text)
{
    QByteArray quoted;
    qsizetype at = 0;
    do {
        quoted += quoted.isEmpty() ? "\"" : " \"";
        const QByteArray part = text.mid(at, MaxString);
        for (const char c : part) {
            if (c == '"' || c == '\\')
                quoted += QByteArray(1, '\\') + c;
            else
                quoted += c >= ' ' && c <= '~' ? QByteArray(1, c) : escapedOctet(c);
        }
        quoted += '"';
        at += MaxString;
    } while (at < text.size());
    return quoted;
}

std::optional<QByteArray> unquotedTxt(const QByteArray &quoted)
{
    QByteArray text;
    bool isInside = false;
    bool isAny = false;
    for (qsizetype at = 0; at < quoted.size();) {
        const char c = quoted.at(at++);
        if (c == '"') {
            isInside = !isInside;
            isAny = true;
        } else if (!isInside) {
            if (c != ' ' && c != '\t')
                return std::nullopt;
        } else if (c == '\\') {
            const std::optional<char> octet = unescaped(quoted, at);
            if (!octet)
                return std::nullopt;
            text += *octet;
        } else {
            text += c;
        }
    }
    if (isInside || !isAny)
        return std::nullopt;
    return text;
}

QByteArray dataText(const DnsRecord &record)
{
    if (record.type == RecordType::TXT)
        return quotedTxt(record.data);
    // Without the final dot a name server would append the zone's own name to the target.
    return isName(record.type) && !record.data.endsWith('.') ? record.data + '.' : record.data;
}

QByteArray dataFromText(RecordType type, const QByteArray &text)
{
    if (type == RecordType::TXT)
        return unquotedTxt(text).value_or(text);
    if (isName(type))
        return normalName(text.simplified());
    if (type == RecordType::TLSA) {
        const TlsaReading reading = readTlsa(text);
        return reading.record ? tlsaToText(*reading.record) : text.simplified();
    }
    return text.simplified();
}

QByteArray zoneLine(const DnsRecord &record)
{
    const QByteArray owner = record.name == "." ? record.name : record.name + '.';
    return owner + ' ' + QByteArray::number(record.ttl) + " IN " + typeName(record.type) + ' ' +
           dataText(record);
}

QByteArray relativeName(const QByteArray &name, const QByteArray &zone)
{
    const QByteArray full = normalName(name);
    const QByteArray apex = normalName(zone);
    if (full == apex)
        return "@";
    if (!apex.isEmpty() && full.endsWith('.' + apex))
        return full.chopped(apex.size() + 1);
    return full + '.'; // outside the zone: only the absolute name is right
}
