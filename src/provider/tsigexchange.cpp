// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/tsigexchange.h"

#include "base/limits.h"
#include "base/printable.h"
#include "dns/record.h"

namespace {

constexpr int Fudge = 300; // seconds, RFC 8945 10

// Extended RCODEs of a TSIG record, RFC 8945 3
constexpr quint16 BadSig = 16, BadKey = 17, BadTime = 18;

/// The error field of the answer's TSIG record (RFC 8945 4.2); 0 without one.
quint16 tsigError(const ldns_pkt *answer)
{
    const ldns_rr *tsig = ldns_pkt_tsig(answer);
    const ldns_rdf *error = tsig ? ldns_rr_rdf(tsig, 5) : nullptr;
    return error ? ldns_rdf2native_int16(error) : quint16(0);
}

Error keyError(quint16 error)
{
    if (error == BadTime)
        return {Error::Kind::Refused,
                QStringLiteral(
                        "the clocks of this computer and of the name server differ by more than "
                        "five minutes; set them right"),
                {}};
    return {Error::Kind::Refused,
            QStringLiteral("the name server does not accept this key, or not for this name"),
            error == BadSig   ? QStringLiteral("BADSIG")
            : error == BadKey ? QStringLiteral("BADKEY")
                              : QString()};
}

} // namespace

Result<TsigKey> tsigKey(Secret text)
{
    const auto wrong = [] {
        return failed(Error::Kind::Malformed,
                      QStringLiteral("a key is written as NAME:SECRET or hmac-sha256:NAME:SECRET"));
    };
    const QList<QByteArray> parts = text.octets().trimmed().split(':');
    if (parts.size() < 2 || parts.size() > 3)
        return wrong();
    TsigKey key;
    key.algorithm = parts.size() == 3 ? parts.first().toLower() : QByteArrayLiteral("hmac-sha256");
    key.name = normalName(parts.at(parts.size() - 2));
    key.secret = Secret(QByteArray(parts.last()));
    if (key.algorithm != "hmac-sha256" && key.algorithm != "hmac-sha512")
        return failed(Error::Kind::Malformed,
                      QStringLiteral("keys of hmac-sha256 and hmac-sha512 are taken, not %1")
                              .arg(printable(key.algorithm, 40)));
    const auto decoded = QByteArray::fromBase64Encoding(key.secret.octets(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (!isLegalName(key.name) || !decoded || decoded.decoded.isEmpty())
        return wrong();
    return key;
}

TsigExchange::TsigExchange(ServerAddress server, TsigKey key)
    : m_connection(std::move(server))
    , m_key(std::move(key))
{
}

/// RFC 8945 5.3: without a signature of ours an answer may be anybody's.
Result<void> TsigExchange::checkSignature(ldns_pkt *answer, const QByteArray &wire,
                                          const ldns_rdf *mac) const
{
    const QByteArray name = m_key.name + '.';
    const bool holds =
            ldns_pkt_tsig(answer) &&
            ldns_pkt_tsig_verify(answer, reinterpret_cast<const uint8_t *>(wire.constData()),
                                 size_t(wire.size()), name.constData(),
                                 m_key.secret.octets().constData(), mac);
    if (holds)
        return {};
    // A server that does not know the key cannot sign that it does not (RFC 8945 5.3.2).
    if (ldns_pkt_get_rcode(answer) == LDNS_RCODE_NOTAUTH ||
        ldns_pkt_get_rcode(answer) == LDNS_RCODE_REFUSED)
        return tl::unexpected(keyError(tsigError(answer)));
    return failed(Error::Kind::Malformed,
                  QStringLiteral("the answer is not signed with the key, so it may be anybody's"));
}

Result<Packet> TsigExchange::ask(Packet question, const Cancel &cancel)
{
    const auto ours = [](const char *what) {
        return failed(Error::Kind::Unexpected, QLatin1String(what));
    };
    const QByteArray name = m_key.name + '.';
    const QByteArray algorithm = m_key.algorithm + '.';
    if (!question ||
        ldns_pkt_tsig_sign(question.get(), name.constData(), m_key.secret.octets().constData(),
                           Fudge, algorithm.constData(), nullptr) != LDNS_STATUS_OK)
        return ours("the message could not be signed");
    const QByteArray wire = wireOf(question.get());
    if (wire.isEmpty())
        return ours("the message could not be written");
    const bool isQuestion = ldns_pkt_get_opcode(question.get()) == LDNS_PACKET_QUERY;
    const Result<QByteArray> carried = m_connection.exchange(
            wire, isQuestion ? DnsConnection::Repeat::Allowed : DnsConnection::Repeat::Never,
            cancel);
    if (!carried)
        return tl::unexpected(carried.error());
    Result<Packet> answer = answerFromWire(*carried, question.get());
    if (!answer)
        return answer;
    const ldns_rdf *mac = ldns_rr_rdf(ldns_pkt_tsig(question.get()), 3);
    if (const auto good = checkSignature(answer->get(), *carried, mac); !good)
        return tl::unexpected(good.error());
    if (const quint16 error = tsigError(answer->get()); error != 0)
        return tl::unexpected(keyError(error));
    return answer;
}
