// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DNS over TLS (RFC 7858): a loopback port whose connections go on to one server over TLS. Needed
// because libunbound is widely packaged without TLS (Debian builds it with Nettle); one way for
// every platform. Without a verified peer not one octet of a question leaves (RFC 8310 5, strict).

#include <QHostAddress>

#include <memory>

class TlsBridge
{
public:
    struct Peer
    {
        QHostAddress address;
        quint16 port = 853;
        QString name;   // to be certified by a subjectAltName
        QString caFile; // trusted besides the system's
    };
    explicit TlsBridge(const Peer &peer);
    ~TlsBridge();
    [[nodiscard]] quint16 port() const;    // on 127.0.0.1; 0 when it could not be opened
    [[nodiscard]] QString problem() const; // why the last connection failed; printable

private:
    class Thread;
    std::unique_ptr<Thread> m_thread;
};
