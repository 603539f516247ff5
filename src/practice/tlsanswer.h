// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a practice server answers who begins TLS: well, or as servers out there do that are set up wrong.

#include "practice/tlsfault.h"

#include <QByteArray>
#include <QSslSocket>

struct ServerTls
{
    QByteArray chain{};    // PEM, leaf first
    QByteArray key{};      // PEM
    QByteArray rsaChain{}; // shown to those who take no signatures of EC keys; empty: there is none
    QByteArray rsaKey{};
    TlsFault fault = TlsFault::None;
};

/// What comes next on the connection is TLS; nothing of it may be read before isEncrypted(). With an
/// unusable chain or key no handshake succeeds.
void answerTls(QSslSocket &socket, const ServerTls &tls);
