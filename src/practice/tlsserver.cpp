// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/tlsserver.h"

#include <QNetworkProxy>
#include <QTcpServer>
#include <QTimer>

namespace {

constexpr qint64 MostBuffered = 65536; // unread octets of one client

} // namespace

class TlsServer::Listener : public QTcpServer
{
public:
    Listener(const ServerLimits &limits, Welcome welcome)
        : m_limits(limits)
        , m_welcome(std::move(welcome))
    {
        setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    }
    bool isDeaf = false;

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    const ServerLimits m_limits;
    const Welcome m_welcome;
};

void TlsServer::Listener::incomingConnection(qintptr descriptor)
{
    auto *socket = new QSslSocket(this);
    const bool isTaken = socket->setSocketDescriptor(descriptor);
    if (!isTaken || findChildren<QSslSocket *>(QString(), Qt::FindDirectChildrenOnly).size() >
                            m_limits.connections) {
        delete socket;
        return;
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->setReadBufferSize(MostBuffered);
    connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QSslSocket::errorOccurred, socket, &QObject::deleteLater);
    auto *time = new QTimer(socket);
    connect(time, &QTimer::timeout, socket, &QObject::deleteLater);
    time->start(isDeaf ? m_limits.deafMs : m_limits.connectionMs);
    if (!isDeaf)
        m_welcome(*socket);
}

TlsServer::TlsServer(ServerThread &thread, const QHostAddress &address, quint16 port,
                     Welcome welcome)
    : m_thread(thread)
    , m_address(address)
{
    m_thread.run([&] {
        m_listener = std::make_unique<Listener>(m_thread.limits(), std::move(welcome));
        if (m_listener->listen(m_address, port))
            m_port = m_listener->serverPort();
    });
}

TlsServer::~TlsServer()
{
    m_thread.run([this] { m_listener.reset(); });
}

void TlsServer::setDoor(Door door)
{
    m_listener->isDeaf = door == Door::Deaf;
    if (door == Door::Closed)
        m_listener->close();
    else if (!m_listener->isListening() && m_port != 0)
        m_listener->listen(m_address, m_port);
}
