// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Signed DNS messages to one name server and its signed answers (RFC 8945), over TCP. The messages are
// ldns's.

#include "base/cancel.h"
#include "base/error.h"
#include "base/secret.h"
#include "provider/dnsconnection.h"
#include "provider/ldnstext.h"

#include <memory>
#include <optional>

/// A key as nsupdate's -y takes it, "hmac-sha256:name:base64" or "name:base64" (hmac-sha256).
struct TsigKey
{
    QByteArray algorithm; // "hmac-sha256"
    QByteArray name;      // lower case, no final dot
    Secret secret;        // base64
};
/// Malformed when it is none. Only the keyed hashes of SHA-2 are taken (RFC 8945 6).
[[nodiscard]] Result<TsigKey> tsigKey(Secret text);

class TsigExchange
{
public:
    TsigExchange(ServerAddress server, TsigKey key);
    /// The answer, whose signature holds. Refused: the server does not take the key, or its clock and
    /// ours differ. Network, Timeout, Malformed: what was sent may have been done.
    [[nodiscard]] Result<Packet> ask(Packet question, const Cancel &cancel);

private:
    Result<void> checkSignature(ldns_pkt *answer, const QByteArray &wire,
                                const ldns_rdf *mac) const;

    DnsConnection m_connection;
    TsigKey m_key;
};
