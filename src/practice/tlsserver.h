// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a web host and a mail host have in common: a loopback port, who is let in, and the limits
// that no client can break. What is said on a connection is up to the host.

#include "practice/serverthread.h"

#include <QHostAddress>
#include <QSslSocket>

#include <memory>

/// How a server meets those who connect.
enum class Door {
    Open,
    Deaf,   // takes connections and says nothing, not even a TLS handshake
    Closed, // does not listen: the connection is refused
};

class TlsServer
{
public:
    /// Gets each connection, in the server thread, before anything was said or read. The server owns
    /// the socket; it ends with the peer, with an error, or when its time is up.
    using Welcome = std::function<void(QSslSocket &)>;
    /// Listens at once. Port 0: any that is free.
    TlsServer(ServerThread &thread, const QHostAddress &address, quint16 port, Welcome welcome);
    ~TlsServer();
    TlsServer(const TlsServer &) = delete;
    TlsServer &operator=(const TlsServer &) = delete;

    /// Kept while the door is closed; 0 when it could not be opened in the first place.
    [[nodiscard]] quint16 port() const { return m_port; }
    /// For the connections to come. Only in the server thread. A port that somebody else took
    /// while the door was closed stays refused to us.
    void setDoor(Door door);

private:
    class Listener;
    ServerThread &m_thread;
    const QHostAddress m_address;
    quint16 m_port = 0;
    std::unique_ptr<Listener> m_listener; // lives in the thread
};
