// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A TCP connection whose every wait is cut in slices, so that it ends at its deadline and soon after
// a cancel. Under TlsStream; nobody else uses it.

#include "base/cancel.h"
#include "base/error.h"

#include <QNetworkProxy>
#include <QTcpSocket>

/// Timeout or Cancelled where a wait may not go on.
[[nodiscard]] Result<void> mayGoOn(QDeadlineTimer deadline, const Cancel &cancel);

class TcpStream
{
public:
    explicit TcpStream(QNetworkProxy proxy);

    [[nodiscard]] Result<void> connectTo(const QHostAddress &address, quint16 port,
                                         QDeadlineTimer deadline, const Cancel &cancel);
    /// What has come, at least one octet; empty when the peer has closed.
    [[nodiscard]] Result<QByteArray> read(QDeadlineTimer deadline, const Cancel &cancel);
    [[nodiscard]] Result<void> write(const QByteArray &octets, QDeadlineTimer deadline,
                                     const Cancel &cancel);
    /// Hands the octets to the kernel as far as it takes them, and waits for nothing.
    void writeLast(const QByteArray &octets);
    [[nodiscard]] qint64 unreadOctets();
    [[nodiscard]] bool isConnected() const;
    [[nodiscard]] QHostAddress localAddress() const { return m_socket.localAddress(); }
    [[nodiscard]] Error lost() const;
    void abort() { m_socket.abort(); }

private:
    Result<void> connectDirectly(const QHostAddress &address, quint16 port, QDeadlineTimer deadline,
                                 const Cancel &cancel);
    Result<void> askSocksProxy(const QHostAddress &address, quint16 port, QDeadlineTimer deadline,
                               const Cancel &cancel);
    Result<QByteArray> readExactly(qsizetype octets, QDeadlineTimer deadline, const Cancel &cancel);

    QNetworkProxy m_proxy;
    QTcpSocket m_socket;
};
