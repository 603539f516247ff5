// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A policy host of the practice internet: HTTPS on a loopback port, one answer at
// /.well-known/mta-sts.txt (RFC 8461 3.3), 404 for all else.

#include "practice/tlsanswer.h"
#include "practice/tlsserver.h"

#include <QByteArray>

struct WebAnswer
{
    int status = 200;
    QByteArray contentType = QByteArrayLiteral("text/plain"); // empty: none is sent
    QByteArray location{};                                    // empty: none is sent
    QByteArray body{};
    bool isDeaf = false;    // takes connections and says nothing, not even TLS
    bool isRefused = false; // does not listen: the fetch ends with NoConnection
    bool isCut = false;     // the connection ends before the body does
    ServerTls tls{};
};

class PracticeWebHost
{
public:
    /// Port 0: any that is free. The thread outlives the host.
    PracticeWebHost(ServerThread &thread, const QHostAddress &address, quint16 port,
                    const WebAnswer &answer = {});

    /// Stays the same whatever is set; 0 when the address or port could not be had.
    [[nodiscard]] quint16 port() const { return m_server.port(); }
    /// From any thread but the server's; every connection that begins after it gets this answer.
    void set(const WebAnswer &answer);

private:
    void welcome(QSslSocket &socket) const;

    ServerThread &m_thread;
    WebAnswer m_answer; // touched in the server thread only
    TlsServer m_server; // last: gone before what it uses
};
