// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Keys in words that people compare: kind, names, fingerprint.
#include "base/printable.h"
#include "dane/keysource_p.h"
#include "mail/zonetext.h"
#include "net/openssl.h"

#include <QCryptographicHash>

#include <openssl/err.h>

namespace {

using KeyPointer = std::unique_ptr<EVP_PKEY, OpensslFree<EVP_PKEY_free>>;

constexpr qsizetype Sha256Octets = 32;

/// "HEX  FILE" and "HEX *FILE", as sha256sum prints it; "-" is its standard input. All else stays as it is.
QByteArray withoutFileName(const QByteArray &line)
{
    const QByteArray hex = line.left(2 * Sha256Octets);
    const QByteArray rest = line.mid(hex.size());
    const bool isFile = rest.startsWith("  ") || rest.startsWith(" *") || rest == " -";
    return isFile && octetsFromHex(hex) ? hex : line;
}

} // namespace

SourceKey describedKey(SourceKey::From from, const QByteArray &publicKey, const QStringList &names)
{
    const QByteArray digest = QCryptographicHash::hash(publicKey, QCryptographicHash::Sha256);
    SourceKey key;
    key.from = from;
    key.publicKey = publicKey;
    key.kind = kindOfKey(publicKey);
    key.names = names;
    key.fingerprint = fingerprintText(digest);
    return key;
}

std::optional<SourceKey> keyOfChain(const QList<Certificate> &chain)
{
    if (chain.isEmpty())
        return std::nullopt;
    const Certificate &leaf = chain.constFirst();
    QStringList names = leaf.dnsNames;
    if (names.isEmpty() && !leaf.commonName.isEmpty())
        names.append(leaf.commonName);
    SourceKey key = describedKey(SourceKey::From::Certificate, leaf.publicKey, names);
    key.chain = chain;
    if (key.kind.isEmpty())
        key.kind = printable(leaf.keyType);
    key.fingerprint = fingerprintText(leaf.sha256());
    const X509Pointer x509 = x509FromDer(leaf.der);
    // Certificates that people sign themselves say CA:TRUE too, as openssl req -x509 makes them.
    key.isIssuer =
            x509 && X509_check_ca(x509.get()) != 0 &&
            X509_NAME_cmp(X509_get_subject_name(x509.get()), X509_get_issuer_name(x509.get())) != 0;
    ERR_clear_error();
    return key;
}

QString kindOfKey(const QByteArray &publicKey)
{
    const auto *at = reinterpret_cast<const unsigned char *>(publicKey.constData());
    const KeyPointer key(d2i_PUBKEY(nullptr, &at, static_cast<long>(publicKey.size())));
    ERR_clear_error();
    if (!key)
        return {};
    const QString type = printable(QByteArray(EVP_PKEY_get0_type_name(key.get())));
    if (type == QLatin1String("ED25519") || type == QLatin1String("ED448"))
        return QStringLiteral("Ed") + type.mid(2);
    if (type != QLatin1String("EC"))
        return QStringLiteral("%1 %2").arg(type).arg(EVP_PKEY_get_bits(key.get()));
    char group[80] = {};
    size_t length = 0;
    EVP_PKEY_get_group_name(key.get(), group, sizeof group, &length);
    ERR_clear_error();
    const char *nist = EC_curve_nid2nist(OBJ_sn2nid(group)); // people know P-256, not prime256v1
    return QStringLiteral("ECDSA ") + printable(QByteArray(nist ? nist : group));
}

QString fingerprintText(const QByteArray &digest)
{
    return QString::fromLatin1(digest.toHex(':').toUpper());
}

std::optional<QByteArray> digestFromText(const QString &text)
{
    QByteArray hex = withoutFileName(text.toLatin1().trimmed());
    hex = hex.mid(hex.lastIndexOf('=') + 1);
    hex.replace(':', "").replace(' ', "");
    std::optional<QByteArray> digest = octetsFromHex(hex.trimmed());
    return digest && digest->size() == Sha256Octets ? digest : std::nullopt;
}
