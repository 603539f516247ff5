// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tcpstream.h"

#include "base/printable.h"

#include <QHostInfo>

#include <algorithm>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <poll.h>
#endif

namespace {

constexpr qint64 ReadBuffer = 65536; // a fast peer cannot fill the memory

int sliceOf(QDeadlineTimer deadline)
{
    if (deadline.isForever())
        return CancelSliceMs;
    return static_cast<int>(std::clamp<qint64>(deadline.remainingTime(), 1, CancelSliceMs));
}

// QAbstractSocket::waitForConnected() gives the connection up when its time is over, so it cannot
// be asked in slices. This only looks whether the answer is there.
bool connectIsDecided(qintptr descriptor, int milliseconds)
{
#ifdef Q_OS_WIN
    WSAPOLLFD one{static_cast<SOCKET>(descriptor), POLLOUT, 0};
    return WSAPoll(&one, 1, milliseconds) != 0;
#else
    pollfd one{static_cast<int>(descriptor), POLLOUT, 0};
    return poll(&one, 1, milliseconds) != 0;
#endif
}

} // namespace

Result<void> mayGoOn(QDeadlineTimer deadline, const Cancel &cancel)
{
    if (deadline.hasExpired())
        return failed(Error::Kind::Timeout, QStringLiteral("no answer in time"));
    if (cancel.isCancelled())
        return failed(Error::Kind::Cancelled, QStringLiteral("stopped"));
    return {};
}

TcpStream::TcpStream(QNetworkProxy proxy)
    : m_proxy(std::move(proxy))
{
    m_socket.setProxy(QNetworkProxy::NoProxy); // never the system's (T-16)
    m_socket.setReadBufferSize(ReadBuffer);
}

Result<void> TcpStream::connectTo(const QHostAddress &address, quint16 port,
                                  QDeadlineTimer deadline, const Cancel &cancel)
{
    if (const Result<void> go = mayGoOn(deadline, cancel); !go)
        return go;
    if (m_proxy.type() == QNetworkProxy::NoProxy || m_proxy.type() == QNetworkProxy::DefaultProxy)
        return connectDirectly(address, port, deadline, cancel);
    if (m_proxy.type() != QNetworkProxy::Socks5Proxy)
        return failed(Error::Kind::Refused, QStringLiteral("only SOCKS 5 proxies can be used"));
    QHostAddress host(m_proxy.hostName());
    if (host.isNull()) {
        const QList<QHostAddress> found = QHostInfo::fromName(m_proxy.hostName()).addresses();
        if (found.isEmpty())
            return failed(Error::Kind::NotFound, QStringLiteral("the proxy has no address"));
        host = found.first();
    }
    const Result<void> reached = connectDirectly(host, m_proxy.port(), deadline, cancel);
    return reached ? askSocksProxy(address, port, deadline, cancel) : reached;
}

Result<void> TcpStream::connectDirectly(const QHostAddress &address, quint16 port,
                                        QDeadlineTimer deadline, const Cancel &cancel)
{
    // Binding first makes the descriptor known while the connection is being made.
    const bool six = address.protocol() == QAbstractSocket::IPv6Protocol;
    if (!m_socket.bind(six ? QHostAddress::AnyIPv6 : QHostAddress::AnyIPv4))
        return failed(Error::Kind::Network, QStringLiteral("no connection"),
                      printable(m_socket.errorString()));
    m_socket.connectToHost(address, port);
    while (m_socket.state() == QAbstractSocket::ConnectingState &&
           !connectIsDecided(m_socket.socketDescriptor(), sliceOf(deadline))) {
        if (const Result<void> go = mayGoOn(deadline, cancel); !go) {
            m_socket.abort();
            return go;
        }
    }
    if (m_socket.state() != QAbstractSocket::ConnectedState &&
        !m_socket.waitForConnected(CancelSliceMs))
        return failed(m_socket.error() == QAbstractSocket::ConnectionRefusedError
                              ? Error::Kind::Refused
                              : Error::Kind::Network,
                      QStringLiteral("no connection"), printable(m_socket.errorString()));
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    return {};
}

Result<QByteArray> TcpStream::readExactly(qsizetype octets, QDeadlineTimer deadline,
                                          const Cancel &cancel)
{
    while (m_socket.bytesAvailable() < octets) {
        if (const Result<void> go = mayGoOn(deadline, cancel); !go)
            return tl::unexpected(go.error());
        if (!m_socket.waitForReadyRead(sliceOf(deadline)) &&
            m_socket.state() != QAbstractSocket::ConnectedState &&
            m_socket.bytesAvailable() < octets)
            return tl::unexpected(lost());
    }
    return m_socket.read(octets);
}

// RFC 1928, no authentication. Written here because Qt's own SOCKS engine cannot be waited for in
// slices and has a buffer without a bound.
Result<void> TcpStream::askSocksProxy(const QHostAddress &address, quint16 port,
                                      QDeadlineTimer deadline, const Cancel &cancel)
{
    if (const Result<void> sent = write(QByteArray("\x05\x01\x00", 3), deadline, cancel); !sent)
        return sent;
    const Result<QByteArray> method = readExactly(2, deadline, cancel);
    if (!method)
        return tl::unexpected(method.error());
    if (*method != QByteArray("\x05\x00", 2))
        return failed(Error::Kind::Refused, QStringLiteral("the proxy wants a password"));

    QByteArray request("\x05\x01\x00", 3);
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR six = address.toIPv6Address();
        request.append('\x04').append(reinterpret_cast<const char *>(six.c), 16);
    } else {
        request.append('\x01');
        for (int shift = 24; shift >= 0; shift -= 8)
            request.append(static_cast<char>((address.toIPv4Address() >> shift) & 0xFF));
    }
    request.append(static_cast<char>(port >> 8)).append(static_cast<char>(port & 0xFF));
    if (const Result<void> sent = write(request, deadline, cancel); !sent)
        return sent;
    const Result<QByteArray> reply = readExactly(4, deadline, cancel);
    if (!reply)
        return tl::unexpected(reply.error());
    if (reply->at(1) != 0)
        return failed(Error::Kind::Refused, QStringLiteral("the proxy could not connect"),
                      QString::number(reply->at(1)));
    // RFC 1928 6: the address the proxy bound, of the type in the fourth octet, then two of the port.
    qsizetype rest = reply->at(3) == 4 ? 18 : 6;
    if (reply->at(3) == 3) {
        const Result<QByteArray> length = readExactly(1, deadline, cancel);
        if (!length)
            return tl::unexpected(length.error());
        rest = static_cast<quint8>(length->at(0)) + 2;
    }
    if (const Result<QByteArray> bound = readExactly(rest, deadline, cancel); !bound)
        return tl::unexpected(bound.error());
    return {};
}

Result<QByteArray> TcpStream::read(QDeadlineTimer deadline, const Cancel &cancel)
{
    for (;;) {
        if (const Result<void> go = mayGoOn(deadline, cancel); !go)
            return tl::unexpected(go.error());
        if (m_socket.bytesAvailable() > 0)
            return m_socket.readAll();
        if (m_socket.state() != QAbstractSocket::ConnectedState) {
            if (m_socket.error() == QAbstractSocket::RemoteHostClosedError)
                return QByteArray();
            return tl::unexpected(lost());
        }
        // False may mean nothing: the loop asks again.
        m_socket.waitForReadyRead(sliceOf(deadline));
    }
}

Result<void> TcpStream::write(const QByteArray &octets, QDeadlineTimer deadline,
                              const Cancel &cancel)
{
    if (m_socket.state() != QAbstractSocket::ConnectedState ||
        m_socket.write(octets) != octets.size())
        return tl::unexpected(lost());
    m_socket.flush();
    while (m_socket.bytesToWrite() > 0) {
        if (const Result<void> go = mayGoOn(deadline, cancel); !go)
            return go;
        if (m_socket.state() != QAbstractSocket::ConnectedState)
            return tl::unexpected(lost());
        m_socket.waitForBytesWritten(sliceOf(deadline));
    }
    return {};
}

void TcpStream::writeLast(const QByteArray &octets)
{
    m_socket.write(octets);
    m_socket.flush();
}

qint64 TcpStream::unreadOctets()
{
    if (m_socket.bytesAvailable() == 0 && isConnected())
        m_socket.waitForReadyRead(0); // what the kernel has
    return m_socket.bytesAvailable();
}

bool TcpStream::isConnected() const
{
    return m_socket.state() == QAbstractSocket::ConnectedState;
}

Error TcpStream::lost() const
{
    return Error{Error::Kind::Network, QStringLiteral("the connection was lost"),
                 printable(m_socket.errorString())};
}
