// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dns/tlsbridge.h"

#include "base/printable.h"

#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QThread>

#include <future>
#include <mutex>

namespace {

constexpr qint64 MostBuffered = 131072; // two of the largest messages

bool namesPeer(const QSslCertificate &certificate)
{
    // RFC 8310 8.1: only a subjectAltName counts. Qt would take the common name where there is
    // none; where there is one it has matched it already.
    return !certificate.subjectAlternativeNames().values(QSsl::DnsEntry).isEmpty();
}

} // namespace

class TlsBridge::Thread : public QThread
{
public:
    explicit Thread(const Peer &peer)
        : m_peer(peer)
    {
    }
    quint16 open()
    {
        std::future<quint16> opened = m_opened.get_future();
        start();
        return opened.get();
    }
    QString problem() const
    {
        const std::lock_guard lock(m_mutex);
        return m_problem;
    }

    quint16 port = 0;

protected:
    void run() override
    {
        QTcpServer server;
        server.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
        const bool listens = server.listen(QHostAddress::LocalHost, 0);
        QObject::connect(&server, &QTcpServer::newConnection, &server, [this, &server] {
            while (QTcpSocket *near = server.nextPendingConnection())
                relay(*near);
        });
        m_opened.set_value(listens ? server.serverPort() : quint16(0));
        exec();
    }

private:
    void note(const QString &problem)
    {
        const std::lock_guard lock(m_mutex);
        m_problem = printable(problem);
    }
    void relay(QTcpSocket &near);

    const Peer m_peer;
    std::promise<quint16> m_opened;
    mutable std::mutex m_mutex;
    QString m_problem;
};

/// `near` is the library's connection and owns `far`, the one to the server.
void TlsBridge::Thread::relay(QTcpSocket &near)
{
    auto *far = new QSslSocket(&near);
    QSslConfiguration configuration = far->sslConfiguration();
    if (!m_peer.caFile.isEmpty())
        configuration.addCaCertificates(m_peer.caFile);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    far->setSslConfiguration(configuration);
    far->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    far->setReadBufferSize(MostBuffered);
    near.setReadBufferSize(MostBuffered);

    const auto forward = [&near, far] {
        if (far->isEncrypted())
            far->write(near.readAll());
    };
    QObject::connect(far, &QSslSocket::encrypted, &near, [this, &near, far, forward] {
        if (namesPeer(far->peerCertificate())) {
            note({}); // what failed before is no longer the reason of anything
            forward();
            return;
        }
        note(QStringLiteral("the certificate of the name server has no subjectAltName"));
        near.abort();
    });
    QObject::connect(&near, &QTcpSocket::readyRead, far, forward);
    QObject::connect(far, &QSslSocket::readyRead, &near,
                     [&near, far] { near.write(far->readAll()); });
    QObject::connect(far, &QSslSocket::errorOccurred, &near,
                     [this, &near, far](QAbstractSocket::SocketError error) {
                         if (error != QAbstractSocket::RemoteHostClosedError || !far->isEncrypted())
                             note(far->errorString());
                         near.disconnectFromHost();
                     });
    QObject::connect(&near, &QTcpSocket::disconnected, &near, &QObject::deleteLater);
    far->connectToHostEncrypted(m_peer.address.toString(), m_peer.port, m_peer.name);
}

TlsBridge::TlsBridge(const Peer &peer)
    : m_thread(std::make_unique<Thread>(peer))
{
    if (QSslSocket::supportsSsl())
        m_thread->port = m_thread->open();
}

TlsBridge::~TlsBridge()
{
    m_thread->quit();
    m_thread->wait();
}

quint16 TlsBridge::port() const
{
    return m_thread->port;
}

QString TlsBridge::problem() const
{
    return m_thread->problem();
}
