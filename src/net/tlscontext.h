// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one SSL_CTX of all looks at other people's TLS, and what its callbacks keep of a handshake.

#include <QByteArray>
#include <QList>
#include <QString>

#include <openssl/ssl.h>

/// What a handshake has shown so far; the SSL's app data points to it.
struct TlsSeen
{
    QList<QByteArray> chain; // DER, as sent
    QString peerAlert;       // words of a fatal alert from the peer, printable
};

/// Made on first use, shared by all threads, lives as long as the process; null if OpenSSL cannot.
[[nodiscard]] SSL_CTX *lookContext();
/// Words of the first error of this thread's OpenSSL queue, printable.
[[nodiscard]] QString opensslWords();
