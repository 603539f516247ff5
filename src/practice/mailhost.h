// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A mail server of the practice internet: SMTP with STARTTLS on a loopback port (RFC 5321, RFC 3207).
// It takes no mail.

#include "practice/mailfault.h"
#include "practice/tlsanswer.h"
#include "practice/tlsserver.h"

#include <QByteArray>

struct MailAnswer
{
    QByteArray name{}; // in the greeting and behind EHLO: mx1.example.com
    bool offersStartTls = true;
    bool isRefused =
            false;       // does not listen: the probe ends with NoConnection, "unreachable", which
                         // also is what a blocked port 25 looks like
    bool isDeaf = false; // takes connections and says nothing: TimedOut, "timeout"
    MailFault fault = MailFault::None;
    ServerTls tls{};
};

class PracticeMailHost
{
public:
    /// Port 0: any that is free. The thread outlives the host.
    PracticeMailHost(ServerThread &thread, const QHostAddress &address, quint16 port,
                     const MailAnswer &answer = {});

    /// Stays the same whatever is set; 0 when the address or port could not be had.
    [[nodiscard]] quint16 port() const { return m_server.port(); }
    /// From any thread but the server's; every connection that begins after it meets this server.
    void set(const MailAnswer &answer);

private:
    ServerThread &m_thread;
    MailAnswer m_answer; // touched in the server thread only
    TlsServer m_server;  // last: gone before what it uses
};
