// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/clienthello.h"

namespace {

constexpr qsizetype RecordHeader = 5; // type, version, length (RFC 8446 5.1)
constexpr uint HandshakeRecord = 22;
constexpr uint ServerName = 0;           // RFC 6066 1.1
constexpr uint SignatureAlgorithms = 13; // RFC 8446 4.2
constexpr uint Ecdsa = 3;                // the low octet of each ECDSA scheme

/// Takes from the front; of what is not there it gives zeros and nothing.
class Octets
{
public:
    explicit Octets(const QByteArray &all)
        : m_all(all)
    {
    }
    [[nodiscard]] bool atEnd() const { return m_at >= m_all.size(); }
    uint number(int octets)
    {
        uint value = 0;
        for (int i = 0; i < octets; ++i)
            value = value << 8U | (atEnd() ? 0U : uint(uchar(m_all.at(m_at++))));
        return value;
    }
    QByteArray taken(qsizetype size)
    {
        const QByteArray part = m_all.mid(m_at, size);
        m_at += size;
        return part;
    }
    /// A field with its length in front, of so many octets.
    QByteArray field(int octetsOfLength) { return taken(qsizetype(number(octetsOfLength))); }

private:
    const QByteArray m_all;
    qsizetype m_at = 0;
};

void readExtension(uint type, const QByteArray &data, ClientHello &hello)
{
    Octets octets(data);
    if (type == ServerName) {
        Octets names(octets.field(2));
        names.number(1); // host_name, the only type that there is
        hello.serverName = names.field(2);
    } else if (type == SignatureAlgorithms) {
        Octets schemes(octets.field(2));
        while (!schemes.atEnd()) {
            const uint scheme = schemes.number(2);
            const bool isOfEarly = scheme >> 8U <= 6; // 0x0403 yes, 0x0803 no
            hello.takesEcdsa = hello.takesEcdsa || (isOfEarly && (scheme & 0xFFU) == Ecdsa);
        }
    }
}

} // namespace

std::optional<ClientHello> clientHello(const QByteArray &octets)
{
    if (!octets.isEmpty() && uchar(octets.front()) != HandshakeRecord)
        return ClientHello();
    if (octets.size() < RecordHeader)
        return std::nullopt;
    const qsizetype size = uchar(octets.at(3)) << 8 | uchar(octets.at(4));
    if (octets.size() < RecordHeader + size)
        return std::nullopt;
    Octets message(octets.mid(RecordHeader, size));
    message.number(4);     // type and length of the message
    message.taken(2 + 32); // version, random
    message.field(1);      // session
    message.field(2);      // cipher suites
    message.field(1);      // compression
    Octets extensions(message.field(2));
    ClientHello hello;
    while (!extensions.atEnd()) {
        const uint type = extensions.number(2);
        readExtension(type, extensions.field(2), hello);
    }
    return hello;
}
