// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a parent says of the key of a zone below it (RFC 4034 2, 5), and whether that is so. A DS that fits no
// key of the zone takes the domain off the net for everybody who checks DNSSEC.

#include <QByteArray>
#include <QList>

#include <optional>

struct DnskeyRecord
{
    quint16 flags = 0; // 257: zone key and secure entry point
    quint8 protocol = 3;
    quint8 algorithm = 0; // 13 ECDSA P-256
    QByteArray publicKey; // octets
    friend bool operator==(const DnskeyRecord &, const DnskeyRecord &) = default;
};

struct DsRecord
{
    quint16 keyTag = 0;
    quint8 algorithm = 0;  // of the key
    quint8 digestType = 0; // 2 SHA-256, 4 SHA-384
    QByteArray digest;     // octets
    friend bool operator==(const DsRecord &, const DsRecord &) = default;
};

/// Record data, or a whole line with the name in front; digests and keys in groups or not.
[[nodiscard]] std::optional<DnskeyRecord> dnskeyFromText(const QByteArray &text);
[[nodiscard]] std::optional<DsRecord> dsFromText(const QByteArray &text);
[[nodiscard]] QByteArray dnskeyToText(const DnskeyRecord &key); // "257 3 13 BASE64"
[[nodiscard]] QByteArray
dsToText(const DsRecord &ds); // "12345 13 2 HEX", upper case as registrars show it

[[nodiscard]] quint16 keyTag(const DnskeyRecord &key); // RFC 4034 B
/// RFC 4034 5.1.4. Nothing where the digest type is none of 1, 2 and 4, or the name no legal one.
[[nodiscard]] std::optional<DsRecord> dsOf(const QByteArray &zone, const DnskeyRecord &key,
                                           quint8 digestType);
/// Whether a resolver accepts this key because of this DS (RFC 4035 5.2): a zone key that is not revoked, with
/// a digest that the program can compute and is not SHA-1 (RFC 8624 3.3).
[[nodiscard]] bool fits(const DsRecord &ds, const QByteArray &zone, const DnskeyRecord &key);
[[nodiscard]] bool fitsAny(const DsRecord &ds, const QByteArray &zone,
                           const QList<DnskeyRecord> &keys);
/// "ECDSA P-256 with SHA-256" of an algorithm number; empty where it is not known here.
[[nodiscard]] QByteArray signingAlgorithmName(quint8 algorithm);
