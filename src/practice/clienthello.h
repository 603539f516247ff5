// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a client says first in TLS, as far as a practice server goes by it (RFC 8446 4.1.2).

#include <QByteArray>

#include <optional>

struct ClientHello
{
    QByteArray serverName;   // as sent (RFC 6066 3); empty: it named none
    bool takesEcdsa = false; // it can check signatures of EC keys (RFC 8446 4.2.3)
};

/// From the octets of a connection so far. Empty: more have to come. What is no hello, or a broken one,
/// gives one that asks for nothing: the TLS library refuses it.
[[nodiscard]] std::optional<ClientHello> clientHello(const QByteArray &octets);
