// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Certificates as values, and the PKIX verdict of RFC 8461 3.3 and 4.2: trusted chain, dates, and
// the name in a SAN dNSName only.

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

struct Certificate
{
    QByteArray der;
    QString subject, issuer; // one line, printable
    QString commonName;
    QStringList dnsNames;          // SAN dNSName, printable
    QDateTime notBefore, notAfter; // UTC
    QByteArray keyType;            // "RSA", "EC", "ED25519", "RSA-PSS", other OpenSSL name
    int keyBits = 0;
    QByteArray signatureAlgorithm;           // "sha256WithRSAEncryption"
    QByteArray publicKey;                    // DER SubjectPublicKeyInfo
    [[nodiscard]] QByteArray sha256() const; // of der, octets
    friend bool operator==(const Certificate &a, const Certificate &b) { return a.der == b.der; }
};

/// One whole certificate in DER; in PEM several in order, other blocks skipped. Empty when any of them
/// is unreadable or over the limits.
[[nodiscard]] std::optional<Certificate> certificateFromDer(const QByteArray &der);
[[nodiscard]] QList<Certificate> certificatesFromPem(const QByteArray &pem);

struct PkixVerdict
{
    bool looked = false; // false: nothing can be said
    bool trusted =
            false; // chain ends in a trusted root, every signature good, dates of issuers good
    bool nameMatches = false; // SAN dNSName (STS-46, TLS-17)
    bool expired = false;     // leaf or an issuer
    bool notYetValid = false;
    bool selfSigned = false;
    bool incomplete = false; // an intermediate was not sent
    bool weak = false;       // RSA < 2048, MD5 or SHA-1 signature (TLS-19)
    QByteArray weakest = {}; // with `weak`: DER of the certificate that is, the lowest of them
    bool localRoot = false;  // ends in a root that was only added on this computer (STS-47)
    QString error;           // OpenSSL's words for the first error, printable
    int errorDepth = -1;
    [[nodiscard]] bool isValid() const
    {
        return looked && trusted && nameMatches && !expired && !notYetValid && !weak;
    }
    friend bool operator==(const PkixVerdict &, const PkixVerdict &) = default;
};

/// Roots, loaded once and shared by all connections. Copies share it; safe from any thread.
class TrustStore
{
public:
    /// The system's roots by its hashed directory (loaded as needed), and those of `extraCaFile` (PEM)
    /// for a test bed: these count as ordinary roots.
    [[nodiscard]] static TrustStore system(const QString &extraCaFile = {});
    /// Only the roots in this PEM text (tests).
    [[nodiscard]] static TrustStore only(const QByteArray &pem);
    /// The roots in an OpenSSL hashed directory. A root that comes from one of the local directories,
    /// and not from a package of the system, is a local one (STS-47).
    [[nodiscard]] static TrustStore hashed(const QString &directory,
                                           const QStringList &localDirectories);
    [[nodiscard]] QString problem() const; // why the extra file could not be used; empty if fine

    struct Private;
    std::shared_ptr<Private> d;
};

/// Judges a chain as sent (leaf first) without a connection.
[[nodiscard]] PkixVerdict judgeChain(const QList<Certificate> &chain, const QByteArray &name,
                                     const TrustStore &trust, const QDateTime &now);
/// SAN dNSName only, whole left-most wildcard only (TLS-17).
[[nodiscard]] bool namesHost(const Certificate &leaf, const QByteArray &host);
