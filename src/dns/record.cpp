// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Everything read here came from a stranger: each length is checked before it is used (DNS-14).
#include "dns/record.h"

#include "dns/presentation.h"

#include <QtEndian>

#include <algorithm>

namespace {

constexpr qsizetype MaxLabel = 63;
constexpr qsizetype MaxWireName = 255;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isPlainInName(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '*' || c == '/';
}

quint16 wordAt(const QByteArray &octets, qsizetype offset)
{
    return qFromBigEndian<quint16>(octets.constData() + offset);
}

template <class T, class Decode>
QList<T> decoded(const DnsAnswer &answer, Decode decode)
{
    QList<T> list;
    if (!answer.isFound())
        return list;
    for (const QByteArray &rdata : answer.rdata) {
        if (const auto value = decode(rdata))
            list.append(*value);
    }
    return list;
}

} // namespace

QByteArray tlsaOwner(const QByteArray &host, quint16 port)
{
    return '_' + QByteArray::number(port) + "._tcp." + host;
}

TlsaOwner tlsaOwnerFrom(const QByteArray &name)
{
    const qsizetype first = name.indexOf('.');
    const qsizetype second = name.indexOf('.', first + 1);
    if (first < 0 || second < 0 || !name.startsWith('_'))
        return {};
    return {name.mid(second + 1), name.mid(1, first - 1).toUShort()};
}

bool isWithin(const QByteArray &name, const QByteArray &zone)
{
    return name == zone || name.endsWith('.' + zone);
}

QByteArray normalName(const QByteArray &name)
{
    QByteArray normal = name.toLower();
    if (normal.size() > 1 && normal.endsWith('.') && !normal.endsWith("\\."))
        normal.chop(1);
    return normal;
}

bool isLegalName(const QByteArray &name)
{
    if (name == ".")
        return true;
    const QByteArray normal = normalName(name);
    qsizetype label = 0;
    qsizetype wire = 1; // the root's length octet
    for (qsizetype i = 0; i < normal.size(); ++i) {
        const char c = normal.at(i);
        if (c <= ' ' || c > '~') // an inner NUL would make the library look up another name
            return false;
        if (c == '.') {
            if (label == 0)
                return false;
            wire += label + 1;
            label = 0;
            continue;
        }
        if (c == '\\') {
            if (i + 1 >= normal.size())
                return false;
            if (isDigit(normal.at(i + 1))) {
                bool ok = false;
                const int value = normal.mid(i + 1, 3).toInt(&ok);
                if (!ok || i + 3 >= normal.size() || value > 255)
                    return false;
                i += 3;
            } else {
                ++i;
            }
        }
        if (++label > MaxLabel)
            return false;
    }
    return label > 0 && wire + label + 1 <= MaxWireName;
}

std::optional<QByteArray> nameFromWire(const QByteArray &wire, qsizetype offset)
{
    QByteArray name;
    qsizetype at = offset;
    while (at >= 0 && at < wire.size()) {
        const qsizetype length = static_cast<unsigned char>(wire.at(at));
        if (length > MaxLabel || at + 1 + length > wire.size() || at - offset >= MaxWireName)
            return std::nullopt; // a compression pointer is an error here: the library expands them
        if (length == 0)
            return name;
        if (!name.isEmpty())
            name += '.';
        const QByteArray label = wire.mid(at + 1, length).toLower();
        for (const char c : label)
            name += isPlainInName(c) ? QByteArray(1, c) : escapedOctet(c);
        at += 1 + length;
    }
    return std::nullopt;
}

std::optional<QByteArray> txtFromWire(const QByteArray &rdata)
{
    // RFC 8461 3.1: the strings of one record are joined without spaces (STS-2).
    QByteArray text;
    qsizetype at = 0;
    while (at < rdata.size()) {
        const qsizetype length = static_cast<unsigned char>(rdata.at(at));
        if (at + 1 + length > rdata.size())
            return std::nullopt;
        text += rdata.mid(at + 1, length);
        at += 1 + length;
    }
    if (rdata.isEmpty()) // RFC 1035 3.3.14: one or more strings
        return std::nullopt;
    return text;
}

std::optional<MxRecord> mxFromWire(const QByteArray &rdata)
{
    if (rdata.size() < 3)
        return std::nullopt;
    const auto host = nameFromWire(rdata, 2);
    if (!host)
        return std::nullopt;
    return MxRecord{wordAt(rdata, 0), *host};
}

std::optional<QHostAddress> addressFromWire(RecordType type, const QByteArray &rdata)
{
    if (type == RecordType::A && rdata.size() == 4)
        return QHostAddress(qFromBigEndian<quint32>(rdata.constData()));
    if (type == RecordType::AAAA && rdata.size() == 16)
        return QHostAddress(reinterpret_cast<const quint8 *>(rdata.constData()));
    return std::nullopt;
}

QList<QByteArray> texts(const DnsAnswer &answer)
{
    return decoded<QByteArray>(answer, txtFromWire);
}

QList<MxRecord> mailExchangers(const DnsAnswer &answer)
{
    QList<MxRecord> list = decoded<MxRecord>(answer, mxFromWire);
    // Equal preferences have no order of their own (DNS-11): sorted by name, so that shows are stable.
    std::sort(list.begin(), list.end(), [](const MxRecord &a, const MxRecord &b) {
        return a.preference != b.preference ? a.preference < b.preference : a.host < b.host;
    });
    return list;
}

QList<QHostAddress> addresses(const DnsAnswer &answer)
{
    return decoded<QHostAddress>(
            answer, [&](const QByteArray &rdata) { return addressFromWire(answer.type, rdata); });
}

QList<TlsaRecord> tlsaRecords(const DnsAnswer &answer)
{
    return decoded<TlsaRecord>(answer, tlsaFromWire);
}

QList<CaaRecord> caaRecords(const DnsAnswer &answer)
{
    return decoded<CaaRecord>(answer, caaFromWire);
}

QList<CaaAnswer> caaAnswers(const QList<DnsAnswer> &climb)
{
    QList<CaaAnswer> answers;
    for (const DnsAnswer &answer : climb)
        answers.append({answer.name, !answer.isKnown(),
                        answer.isAlias() ? answer.canonicalName : QByteArray(),
                        caaRecords(answer)});
    return answers;
}

QList<QByteArray> targets(const DnsAnswer &answer)
{
    return decoded<QByteArray>(answer, [](const QByteArray &rdata) { return nameFromWire(rdata); });
}
