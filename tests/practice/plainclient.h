// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A client without TLS or manners, for the tests of the practice servers.

#include <QHostAddress>
#include <QTcpSocket>

inline const QHostAddress Here(QHostAddress::LocalHost);
inline constexpr int EnoughMs = 15000; // less than a server waits: it has to end things itself
inline constexpr int SoonMs = 15000;   // waited for in vain only where the test fails

/// Says all of it, and gives what came until the server ended the connection.
inline QByteArray octetsFor(quint16 port, const QByteArray &said)
{
    QTcpSocket socket;
    socket.connectToHost(Here, port);
    socket.waitForConnected(SoonMs);
    socket.write(said);
    while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(SoonMs)) {
    }
    return socket.state() == QAbstractSocket::UnconnectedState ? socket.readAll() : "still open";
}
