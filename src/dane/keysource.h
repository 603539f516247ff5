// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a PEM or DER file says about the keys of a server: certificates, public keys, certificate
// requests. A private key is refused and not kept (T-37).

#include "base/error.h"
#include "base/secret.h"
#include "net/certificate.h"

/// One public key, and what it was read from.
struct SourceKey
{
    enum class From { Certificate, PublicKey, Request };
    From from = From::Certificate;
    QList<Certificate> chain; // From::Certificate: leaf first, then its issuers as far as at hand
    QByteArray publicKey;     // DER SubjectPublicKeyInfo
    QString kind;             // "ECDSA P-256", "RSA 2048", "Ed25519"
    QStringList names;        // DNS names, else the common name; printable
    /// SHA-256 as `openssl x509 -fingerprint` writes it, "AB:CD:…": of the certificate, else of the
    /// DER of the public key.
    QString fingerprint;
    bool isIssuer = false; // certificate of an authority, not of a server: `chain.pem` and its like

    [[nodiscard]] bool hasCertificate() const { return !chain.isEmpty(); }
};

struct KeySource
{
    QList<SourceKey> keys; // one for each server certificate, public key and request; never empty
    QList<Certificate> others; // certificates that lead up from none of them
};

constexpr qsizetype LargestKeySource = 1048576; // T-37, octets
constexpr int MostKeySourceBlocks = 100;

/// The whole of one file, PEM or DER. The octets are wiped in any case. Refused: a private key is in it;
/// Malformed: over the limits, unreadable, a request whose signature is wrong, or nothing of use.
[[nodiscard]] Result<KeySource> readKeySource(const Secret &octets);
/// A chain as sent or kept, leaf first; nothing when it is empty.
[[nodiscard]] std::optional<SourceKey> keyOfChain(const QList<Certificate> &chain);
/// "ECDSA P-256" of a SubjectPublicKeyInfo; the name of its algorithm where it is not known here, empty
/// when it is none.
[[nodiscard]] QString kindOfKey(const QByteArray &publicKey);
/// "AB:CD:…" of 32 octets or any other number.
[[nodiscard]] QString fingerprintText(const QByteArray &digest);
/// The digest of people's text, with colons, blanks or neither, "sha256 Fingerprint=" in front or a file name behind;
/// nothing when these are not 32 octets.
[[nodiscard]] std::optional<QByteArray> digestFromText(const QString &text);
