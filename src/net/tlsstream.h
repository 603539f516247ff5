// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A TCP connection that can be looked at: OpenSSL over a QTcpSocket, so that the whole chain of a
// server is seen even where it does not verify. For judging other people's TLS only; requests that
// carry a secret never use it (threat T-10).

#include "base/cancel.h"
#include "base/error.h"
#include "net/certificate.h"

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QNetworkProxy>

#include <memory>

struct TlsFacts
{
    bool established = false;
    QByteArray protocol;      // "TLSv1.3"
    QByteArray cipher;        // standard name
    QList<Certificate> chain; // as sent, leaf first; kept even when the handshake failed later
    PkixVerdict pkix;         // against the trust store and the name asked for
    QString alert;            // printable: what the peer or OpenSSL said when not established
    bool peerSentAlert = false;
    friend bool operator==(const TlsFacts &, const TlsFacts &) = default;
};

struct TlsSettings
{
    QByteArray serverName;         // SNI; empty sends none
    QByteArray certifiedName = {}; // name the certificate is judged for; empty = serverName
    QByteArray signatureAlgorithms =
            {};          // OpenSSL list to restrict to ("RSA-PSS+SHA256:..."); empty = all
    int minProtocol = 0; // TLS1_2_VERSION...; 0 = TLS 1.0, so that old servers are seen as such
    int maxProtocol = 0;
    QByteArray applicationProtocol = {}; // ALPN, one name ("http/1.1"); empty offers none
};

class TlsStream
{
public:
    explicit TlsStream(const TrustStore &trust,
                       const QNetworkProxy &proxy = QNetworkProxy::NoProxy);
    ~TlsStream();
    TlsStream(const TlsStream &) = delete;
    TlsStream &operator=(const TlsStream &) = delete;

    /// Use in the thread that made the stream, one call at a time. Every call ends at the deadline
    /// (Error::Timeout) or within CancelSliceMs of a cancel (Error::Cancelled).
    [[nodiscard]] Result<void> connectTo(const QHostAddress &address, quint16 port,
                                         QDeadlineTimer deadline, const Cancel &cancel);
    /// Handshake on the open connection. A failed handshake is a value (established false);
    /// Error only for timeout, cancel and a connection that was already gone.
    [[nodiscard]] Result<TlsFacts> startTls(const TlsSettings &settings, QDeadlineTimer deadline,
                                            const Cancel &cancel);
    /// What has arrived, at least one octet; empty at the orderly end. In TLS a cut without
    /// close_notify sets wasTruncated().
    [[nodiscard]] Result<QByteArray> read(QDeadlineTimer deadline, const Cancel &cancel);
    [[nodiscard]] Result<void> write(const QByteArray &octets, QDeadlineTimer deadline,
                                     const Cancel &cancel);
    /// Octets that have arrived before TLS and were not read (TLS-9).
    [[nodiscard]] qint64 unreadOctets() const;
    [[nodiscard]] bool wasTruncated() const;
    [[nodiscard]] bool isEncrypted() const;
    /// Printable words of the fatal TLS alert the peer sent, also after the handshake (TLS 1.3
    /// servers that ask for a client certificate say so then); empty if none.
    [[nodiscard]] QString peerAlert() const;
    [[nodiscard]] QHostAddress localAddress() const;
    void close();

private:
    struct Private;
    std::unique_ptr<Private> d;
};
