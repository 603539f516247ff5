// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The port, the door and the limits, without any protocol on top.
#include "practice/plainclient.h"
#include "practice/tlsserver.h"

#include <QTcpServer>
#include <QTest>

namespace {

void greet(QSslSocket &socket)
{
    socket.write("hello");
}

bool connects(QTcpSocket &socket, const TlsServer &server)
{
    socket.connectToHost(Here, server.port());
    return socket.waitForConnected(SoonMs);
}

bool isGreeted(const TlsServer &server)
{
    QTcpSocket socket;
    return connects(socket, server) && socket.waitForReadyRead(SoonMs) &&
           socket.readAll() == "hello";
}

} // namespace

class tst_TlsServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void doors();
    void everyLoopbackAddress();
    void portThatIsTaken();
    void timeIsUp_data();
    void timeIsUp();
    void noMoreThanTheMost();
    void endsWithItsConnections();
};

void tst_TlsServer::doors()
{
    ServerThread thread;
    TlsServer server(thread, Here, 0, greet);
    const quint16 port = server.port();
    QVERIFY(port != 0);
    QVERIFY(isGreeted(server));
    thread.run([&] { server.setDoor(Door::Closed); });
    QTcpSocket refused;
    QVERIFY(!connects(refused, server));
    QCOMPARE(refused.error(), QAbstractSocket::ConnectionRefusedError);
    thread.run([&] { server.setDoor(Door::Open); });
    QCOMPARE(server.port(), port);
    QVERIFY(isGreeted(server));
    thread.run([&] { server.setDoor(Door::Deaf); });
    QTcpSocket unheard;
    QVERIFY(connects(unheard, server));
    unheard.write("anybody there?");
    QVERIFY(!unheard.waitForReadyRead(50)); // timeIsUp() waits to the end
    thread.run([&] { server.setDoor(Door::Open); });
    QVERIFY(isGreeted(server));
}

// Hosts of one port are told apart by their addresses.
void tst_TlsServer::everyLoopbackAddress()
{
    ServerThread thread;
    TlsServer first(thread, QHostAddress(QStringLiteral("127.0.0.2")), 0, greet);
    if (first.port() == 0)
        QSKIP("this system has one loopback address only");
    const TlsServer second(thread, QHostAddress(QStringLiteral("127.0.0.3")), first.port(), greet);
    QCOMPARE(second.port(), first.port());
}

void tst_TlsServer::portThatIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(Here));
    ServerThread thread;
    TlsServer server(thread, Here, other.serverPort(), greet);
    QCOMPARE(server.port(), quint16(0));
    thread.run([&] { server.setDoor(Door::Open); });
    QCOMPARE(server.port(), quint16(0));
}

void tst_TlsServer::timeIsUp_data()
{
    QTest::addColumn<bool>("isDeaf");
    QTest::addColumn<bool>("isSpeaking");
    QTest::newRow("silent client") << false << false;
    QTest::newRow("client that goes on and on") << false << true;
    QTest::newRow("silent client of a deaf server") << true << false;
    QTest::newRow("client that goes on at a deaf server") << true << true;
}

void tst_TlsServer::timeIsUp()
{
    QFETCH(bool, isDeaf);
    QFETCH(bool, isSpeaking);
    ServerThread thread({.connectionMs = 100, .deafMs = 100});
    TlsServer server(thread, Here, 0, greet);
    if (isDeaf)
        thread.run([&] { server.setDoor(Door::Deaf); });
    QTcpSocket socket;
    QVERIFY(connects(socket, server));
    QDeadlineTimer deadline(SoonMs);
    while (socket.state() == QAbstractSocket::ConnectedState && !deadline.hasExpired()) {
        if (isSpeaking)
            socket.write(QByteArray(4096, 'x'));
        socket.waitForReadyRead(10);
    }
    QCOMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(socket.readAll().isEmpty(), isDeaf);
}

void tst_TlsServer::noMoreThanTheMost()
{
    ServerThread thread({.connections = 2});
    TlsServer server(thread, Here, 0, greet);
    QTcpSocket first;
    QTcpSocket second;
    for (QTcpSocket *socket : {&first, &second})
        QVERIFY(connects(*socket, server) && socket->waitForReadyRead(SoonMs));
    QVERIFY(!isGreeted(server));
    first.abort();
    bool isRoom = false; // the macro looks again at what was true
    QTRY_VERIFY_WITH_TIMEOUT((isRoom = isRoom || isGreeted(server)), SoonMs);
    QCOMPARE(second.state(), QAbstractSocket::ConnectedState);
}

void tst_TlsServer::endsWithItsConnections()
{
    ServerThread thread;
    QTcpSocket socket;
    {
        const TlsServer server(thread, Here, 0, greet);
        QVERIFY(connects(socket, server) && socket.waitForReadyRead(SoonMs));
    }
    QVERIFY(socket.state() == QAbstractSocket::UnconnectedState ||
            socket.waitForDisconnected(SoonMs));
}

QTEST_GUILESS_MAIN(tst_TlsServer)
#include "tst_tlsserver.moc"
