// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The splitting of zone-file text into tokens (RFC 1035 5.1), and RFC 3597 record data.

#include <QByteArray>
#include <QList>

#include <optional>

struct ZoneToken
{
    QByteArray text; // escapes resolved
    bool isQuoted = false;
};

/// Tokens without comments and parentheses; empty if a quote or a parenthesis is left open.
[[nodiscard]] std::optional<QList<ZoneToken>> zoneTokens(const QByteArray &text);
/// Octets of hexadecimal text; empty if it is anything else.
[[nodiscard]] std::optional<QByteArray> octetsFromHex(const QByteArray &hex);
/// RFC 3597 5: the record data of `\# length hex...`; empty if the tokens are not that.
[[nodiscard]] std::optional<QByteArray> genericData(const QList<ZoneToken> &tokens);
/// A decimal number of 0..255 and nothing else.
[[nodiscard]] std::optional<quint8> octetNumber(const QByteArray &text);
