// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/dnsconnection.h"

#include "base/limits.h"

#include <QtEndian>

DnsConnection::DnsConnection(ServerAddress server)
    : m_server(std::move(server))
{
}

Result<QByteArray> DnsConnection::read(qsizetype octets, QDeadlineTimer deadline,
                                       const Cancel &cancel)
{
    while (m_unread.size() < octets) {
        const Result<QByteArray> more = m_stream->read(deadline, cancel);
        if (!more)
            return more;
        if (more->isEmpty())
            return failed(Error::Kind::Network,
                          QStringLiteral("the name server cut the connection"));
        m_unread += *more;
    }
    const QByteArray part = m_unread.left(octets);
    m_unread.remove(0, octets);
    return part;
}

/// RFC 1035 4.2.2: two octets of length before each message.
Result<QByteArray> DnsConnection::carry(const QByteArray &message, const Cancel &cancel)
{
    const QDeadlineTimer deadline(Limits::ApiReplyMs);
    if (!m_stream || !m_stream->isConnected()) {
        m_unread.clear();
        m_stream = std::make_unique<TcpStream>(QNetworkProxy(QNetworkProxy::NoProxy));
        if (const auto done =
                    m_stream->connectTo(m_server.address, m_server.port, deadline, cancel);
            !done)
            return tl::unexpected(done.error());
    }
    QByteArray framed(2, '\0');
    qToBigEndian(quint16(message.size()), framed.data());
    framed += message;
    if (const auto done = m_stream->write(framed, deadline, cancel); !done)
        return tl::unexpected(done.error());
    const Result<QByteArray> length = read(2, deadline, cancel);
    if (!length)
        return length;
    return read(qFromBigEndian<quint16>(length->constData()), deadline, cancel);
}

Result<QByteArray> DnsConnection::exchange(const QByteArray &message, Repeat repeat,
                                           const Cancel &cancel)
{
    if (repeat == Repeat::Never)
        m_stream.reset(); // an idle connection may be half closed: a write into it would be lost
    const bool wasOpen = m_stream != nullptr;
    Result<QByteArray> answer = carry(message, cancel);
    if (answer)
        return answer;
    m_stream.reset();
    if (wasOpen && answer.error().kind == Error::Kind::Network)
        answer = carry(message, cancel);
    return answer;
}
