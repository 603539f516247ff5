// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The classes of RFC 4035 4.3 are kept apart here: only a positive answer, "no data" and "no such
// name" are knowledge, everything else is Failed (DNS-1, STS-18).
#include "dns/unboundanswer.h"

#include "base/limits.h"
#include "base/printable.h"
#include "dns/record.h"

#include <QtEndian>

#include <unbound.h>

namespace {

constexpr int NoError = 0;
constexpr int NxDomain = 3;
constexpr qsizetype PacketHeader = 12;

int recordLimit(RecordType type)
{
    switch (type) {
    case RecordType::MX:
        return Limits::MxRecords;
    case RecordType::TLSA:
        return Limits::TlsaRecords;
    default:
        return Limits::TxtRecords;
    }
}

QString responseCode(int code)
{
    switch (code) {
    case 1:
        return QStringLiteral("FORMERR: the name server did not understand the question");
    case 2:
        return QStringLiteral("SERVFAIL: the name server could not find an answer");
    case 4:
        return QStringLiteral("NOTIMP: the name server does not know this kind of question");
    case 5:
        return QStringLiteral("REFUSED: the name server does not want to answer");
    default:
        return QStringLiteral("the name server answered with code %1").arg(code);
    }
}

void takeRecords(DnsAnswer &answer, const ub_result &result)
{
    const int limit = recordLimit(answer.type);
    for (int i = 0; result.data && result.data[i]; ++i) {
        if (i >= limit) {
            answer.cut = true;
            return;
        }
        answer.rdata.append(QByteArray(result.data[i], result.len[i]));
    }
}

/// Offset behind the name at `at`, or -1. A compression pointer ends a name (RFC 1035 4.1.4).
qsizetype behindName(const QByteArray &packet, qsizetype at)
{
    while (at < packet.size()) {
        const int length = static_cast<unsigned char>(packet.at(at));
        if (length >= 0xC0)
            return at + 2;
        if (length == 0)
            return at + 1;
        at += 1 + length;
    }
    return -1;
}

quint16 wordAt(const QByteArray &packet, qsizetype at)
{
    return qFromBigEndian<quint16>(packet.constData() + at);
}

/// Type and data of each record of the answer section; false for a malformed packet.
template <class Take>
bool eachAnswer(const QByteArray &packet, const Take &take)
{
    if (packet.size() < PacketHeader)
        return false;
    const int questions = wordAt(packet, 4);
    const int answers = wordAt(packet, 6);
    qsizetype at = PacketHeader;
    for (int i = 0; i < questions; ++i) {
        at = behindName(packet, at);
        if (at < 0)
            return false;
        at += 4; // type, class
    }
    for (int i = 0; i < answers; ++i) {
        at = behindName(packet, at);
        if (at < 0 || at + 10 > packet.size()) // type, class, TTL, length
            return false;
        const qsizetype length = wordAt(packet, at + 8);
        if (at + 10 + length > packet.size())
            return false;
        take(RecordType(wordAt(packet, at)), packet.mid(at + 10, length));
        at += 10 + length;
    }
    return true;
}

} // namespace

DnsAnswer answerFrom(const ub_result &result, bool validating)
{
    DnsAnswer answer;
    answer.name = normalName(result.qname);
    answer.type = RecordType(result.qtype);
    answer.canonicalName = result.canonname ? normalName(result.canonname) : answer.name;
    answer.ttl = qMax(0, result.ttl);
    if (validating && result.bogus) {
        answer.security = Security::Bogus;
        answer.why = result.why_bogus ? printable(QByteArray(result.why_bogus))
                                      : QStringLiteral("the DNSSEC signatures do not hold");
        return answer;
    }
    const bool named = result.rcode == NxDomain || result.nxdomain;
    if (result.havedata && result.rcode == NoError) {
        answer.status = AnswerStatus::Found;
        takeRecords(answer, result);
    } else if (named) {
        answer.status = AnswerStatus::NoName;
    } else if (result.rcode == NoError) {
        answer.status = AnswerStatus::NoData;
    } else {
        answer.why = responseCode(result.rcode);
        return answer;
    }
    if (validating)
        answer.security = result.secure ? Security::Secure : Security::Insecure;
    if (answer.security == Security::Secure && answer.isFound())
        answer.signature = firstToEnd(
                QByteArray(static_cast<const char *>(result.answer_packet), result.answer_len));
    return answer;
}

int aliasesInPacket(const QByteArray &packet)
{
    int aliases = 0;
    const bool isWhole = eachAnswer(packet, [&aliases](RecordType type, const QByteArray &) {
        aliases += type == RecordType::CNAME ? 1 : 0;
    });
    return isWhole ? aliases : 0;
}

std::optional<SignatureSpan> firstToEnd(const QByteArray &packet)
{
    // RFC 4034 3.1: type, algorithm, labels, TTL, expiration, inception, key tag; then the signer.
    constexpr qsizetype Expiration = 8, Inception = 12, Signer = 18;
    std::optional<SignatureSpan> first;
    const bool isWhole = eachAnswer(packet, [&first](RecordType type, const QByteArray &data) {
        if (type != RecordType::RRSIG || data.size() <= Signer)
            return;
        const auto zone = nameFromWire(data, Signer);
        const qint64 until = qFromBigEndian<quint32>(data.constData() + Expiration);
        if (zone && (!first || until < first->until))
            first = {*zone, qFromBigEndian<quint32>(data.constData() + Inception), until};
    });
    return isWhole ? first : std::nullopt;
}
