// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Makes certificates in memory, good and bad, for tests.
//   const TestPki pki;
//   const TestIdentity mail = pki.leaf(QList<QByteArray>{"mx1.example.com"});
//   trust = TrustStore::only(pki.root.certificate); chain = mail.certificate + pki.intermediate.certificate

#include <QByteArray>
#include <QDateTime>
#include <QList>

enum class TestKey { P256, P384, Ed25519, Rsa2048, Rsa1024 };

struct TestIdentity
{
    QByteArray certificate; // PEM
    QByteArray key;         // PEM
};

struct CertificateWish
{
    QByteArray commonName; // empty: the first DNS name, if any
    QList<QByteArray> dnsNames{};
    QList<QByteArray> ipAddresses{};
    TestKey key = TestKey::P256;
    QByteArray keyPem{};      // use this key instead of a new one
    QDateTime notBefore{};    // default an hour ago
    QDateTime notAfter{};     // default in 90 days
    bool isAuthority = false; // CA:TRUE, may sign certificates
    bool sha1 = false;        // signed with SHA-1
    bool clientOnly = false;  // extended key usage clientAuth
};

/// Signed by the issuer, or by itself. Aborts the test program when OpenSSL refuses.
[[nodiscard]] TestIdentity makeCertificate(const CertificateWish &wish,
                                           const TestIdentity *issuer = nullptr);

/// A root, an intermediate it signed, and leaves signed by that.
struct TestPki
{
    TestPki();
    [[nodiscard]] TestIdentity leaf(const QList<QByteArray> &dnsNames) const;
    [[nodiscard]] TestIdentity leaf(const CertificateWish &wish) const;
    /// What a server sends: leaf and intermediate.
    [[nodiscard]] QByteArray chain(const TestIdentity &leaf) const;
    TestIdentity root, intermediate;
};
