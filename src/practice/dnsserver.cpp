// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/dnsserver.h"

#include "practice/dnsanswer.h"

#include <QNetworkDatagram>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtEndian>
#include <QThread>
#include <QTimer>
#include <QUdpSocket>

#include <future>
#include <mutex>

namespace {

constexpr qsizetype MostQuestion = 4096; // octets; a name has 255
constexpr qsizetype LengthField = 2;     // RFC 1035 4.2.2
constexpr qint64 MostUnsent = 262144;    // to one client that does not read
constexpr qsizetype MostConnections = 64;
constexpr int IdleMs = 10000;
constexpr int PortAttempts = 50;

} // namespace

class PracticeDns::Thread : public QThread
{
public:
    quint16 open()
    {
        m_opened = {};
        std::future<quint16> opened = m_opened.get_future();
        wait(); // for an attempt that found no port
        start();
        return opened.get();
    }
    void serve(std::shared_ptr<const ZoneTree> zones)
    {
        const std::lock_guard lock(m_mutex);
        m_zones = std::move(zones);
    }

protected:
    void run() override
    {
        QTcpServer tcp;
        QUdpSocket udp;
        const bool listens = listen(tcp, udp);
        QObject::connect(&udp, &QUdpSocket::readyRead, &udp, [this, &udp] { answerAll(udp); });
        QObject::connect(&tcp, &QTcpServer::newConnection, &tcp, [this, &tcp] { takeAll(tcp); });
        m_opened.set_value(listens ? tcp.serverPort() : quint16(0));
        if (listens)
            exec();
    }

private:
    static bool listen(QTcpServer &tcp, QUdpSocket &udp);
    QByteArray answer(const QByteArray &message, DnsTransport transport) const;
    void answerAll(QUdpSocket &udp) const;
    void takeAll(QTcpServer &tcp) const;
    void answerAll(QTcpSocket &client) const;

    std::promise<quint16> m_opened;
    mutable std::mutex m_mutex;
    std::shared_ptr<const ZoneTree> m_zones;
};

/// Both on one port: whoever gets a short answer by UDP asks again at the same one.
bool PracticeDns::Thread::listen(QTcpServer &tcp, QUdpSocket &udp)
{
    tcp.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    udp.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    for (int i = 0; i < PortAttempts && tcp.listen(QHostAddress::LocalHost, 0); ++i) {
        if (udp.bind(QHostAddress::LocalHost, tcp.serverPort(), QUdpSocket::DontShareAddress))
            return true;
        tcp.close();
    }
    return false;
}

QByteArray PracticeDns::Thread::answer(const QByteArray &message, DnsTransport transport) const
{
    std::shared_ptr<const ZoneTree> zones;
    {
        const std::lock_guard lock(m_mutex);
        zones = m_zones;
    }
    return dnsAnswer(*zones, message, transport);
}

void PracticeDns::Thread::answerAll(QUdpSocket &udp) const
{
    while (udp.hasPendingDatagrams()) {
        const QNetworkDatagram question = udp.receiveDatagram(MostQuestion);
        const QByteArray found = answer(question.data(), DnsTransport::Udp);
        if (!found.isEmpty())
            udp.writeDatagram(question.makeReply(found));
    }
}

void PracticeDns::Thread::takeAll(QTcpServer &tcp) const
{
    while (QTcpSocket *client = tcp.nextPendingConnection()) {
        if (tcp.findChildren<QTcpSocket *>().size() > MostConnections) {
            delete client;
            continue;
        }
        client->setReadBufferSize(LengthField + MostQuestion);
        auto *idle = new QTimer(client);
        idle->setSingleShot(true);
        QObject::connect(idle, &QTimer::timeout, client, &QTcpSocket::abort);
        QObject::connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        QObject::connect(client, &QTcpSocket::readyRead, client, [this, client, idle] {
            idle->start(IdleMs);
            answerAll(*client);
        });
        idle->start(IdleMs);
    }
}

void PracticeDns::Thread::answerAll(QTcpSocket &client) const
{
    while (client.bytesAvailable() >= LengthField) {
        const qsizetype length = qFromBigEndian<quint16>(client.peek(LengthField).constData());
        if (length > MostQuestion || client.bytesToWrite() > MostUnsent) {
            client.abort();
            return;
        }
        if (client.bytesAvailable() < LengthField + length)
            return;
        client.skip(LengthField);
        const QByteArray found = answer(client.read(length), DnsTransport::Tcp);
        if (found.isEmpty())
            continue;
        QByteArray size(LengthField, '\0');
        qToBigEndian(quint16(found.size()), size.data());
        client.write(size + found);
    }
}

struct PracticeDns::Private
{
    Thread thread;
    std::mutex mutex; // of what follows: ldns changes a key while it signs with it
    ZoneMaker maker;
    quint16 port = 0;
    QByteArray trustAnchor;
};

PracticeDns::PracticeDns()
    : d(std::make_unique<Private>())
{
}

PracticeDns::~PracticeDns()
{
    d->thread.quit();
    d->thread.wait();
}

Result<void> PracticeDns::start(const QList<PracticeZone> &zones)
{
    if (port() != 0)
        return failed(Error::Kind::Unexpected, QStringLiteral("the practice DNS runs already"));
    if (const auto done = set(zones); !done)
        return done;
    const std::lock_guard lock(d->mutex);
    const Result<QByteArray> anchor = d->maker.trustAnchor();
    if (!anchor)
        return tl::unexpected(anchor.error());
    d->port = d->thread.open();
    if (d->port == 0)
        return failed(Error::Kind::Network, QStringLiteral("no port of this computer is free"));
    d->trustAnchor = *anchor;
    return {};
}

Result<void> PracticeDns::set(const QList<PracticeZone> &zones)
{
    const std::lock_guard lock(d->mutex);
    auto made = d->maker.make(zones);
    if (!made)
        return tl::unexpected(made.error());
    d->thread.serve(std::move(*made));
    return {};
}

quint16 PracticeDns::port() const
{
    const std::lock_guard lock(d->mutex);
    return d->port;
}

QByteArray PracticeDns::trustAnchor() const
{
    const std::lock_guard lock(d->mutex);
    return d->trustAnchor;
}
