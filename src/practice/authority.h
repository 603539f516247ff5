// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The certificate authority of the practice internet: a root, an intermediate and what it signs, in memory
// only and P-256 unless something else is asked for. Thrown away with the object: nobody outside ever
// trusts it.
//   const auto authority = PracticeAuthority::make();
//   const auto mail = authority->issue({.dnsNames = {"mx1.example.com"}});
//   trust = TrustStore::only(authority->root()); the server sends authority->chain(*mail)

#include "base/error.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>

struct PracticeIdentity
{
    QByteArray certificate; // PEM
    QByteArray key;         // PEM, PKCS #8
    bool isSelfSigned = false;
};

enum class PracticeKey { P256, Rsa };

struct CertificateOrder
{
    QList<QByteArray> dnsNames; // A-labels; a wildcard is taken as it is
    QDateTime notBefore{};      // default an hour ago
    QDateTime notAfter{};       // default 90 days after notBefore
    bool isSelfSigned = false;  // not signed by the authority
    bool hasAltNames = true;    // else the first name is the common name, and that is all
    PracticeKey key = PracticeKey::P256;
};

class PracticeAuthority
{
public:
    /// Error::Unexpected when OpenSSL refuses, here and below.
    [[nodiscard]] static Result<PracticeAuthority> make();
    /// The same root, below it an intermediate with an RSA key of 1024 bits.
    [[nodiscard]] Result<PracticeAuthority> withWeakIntermediate() const;
    /// A server's certificate with a new key.
    [[nodiscard]] Result<PracticeIdentity> issue(const CertificateOrder &order) const;
    [[nodiscard]] QByteArray root() const { return m_root.certificate; }                 // PEM
    [[nodiscard]] QByteArray intermediate() const { return m_intermediate.certificate; } // PEM
    /// What a server sends, in PEM: leaf and intermediate; the leaf alone where it signed itself.
    [[nodiscard]] QByteArray chain(const PracticeIdentity &leaf) const;

private:
    PracticeAuthority() = default;
    Result<void> makeIntermediate(int rsaBits);

    PracticeIdentity m_root, m_intermediate;
};
