// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// TLSA records as OpenSSL's DANE code sees them: which can be used, and what they compare.
#include "net/dane.h"
#include "net/daneopenssl.h"

#include <QCryptographicHash>

#include <openssl/err.h>

#include <algorithm>

namespace {

SSL_CTX *daneContext()
{
    static SSL_CTX *const context = [] {
        SSL_CTX *made = SSL_CTX_new(TLS_client_method());
        if (made && SSL_CTX_dane_enable(made) == 1) {
            // RFC 7672 3.1.1: no names for DANE-EE; OpenSSL checks them unless told (DANE-49).
            SSL_CTX_dane_set_flags(made, DANE_FLAG_NO_DANE_EE_NAMECHECKS);
            return made;
        }
        SSL_CTX_free(made);
        return static_cast<SSL_CTX *>(nullptr);
    }();
    return context;
}

} // namespace

SslPointer sslHolding(const TlsaRecord &record)
{
    SslPointer ssl(daneContext() ? SSL_new(daneContext()) : nullptr);
    // The name here would only be for a handshake; those that count are set in authenticate().
    if (!ssl || SSL_dane_enable(ssl.get(), nullptr) <= 0)
        return nullptr;
    const int added =
            SSL_dane_tlsa_add(ssl.get(), record.usage, record.selector, record.matching,
                              reinterpret_cast<const unsigned char *>(record.data.constData()),
                              static_cast<size_t>(record.data.size()));
    ERR_clear_error();
    return added == 1 ? std::move(ssl) : nullptr;
}

QList<int> usableRecords(const QList<TlsaRecord> &records)
{
    QList<int> usable;
    for (int i = 0; i < records.size(); ++i) {
        // Ours first: OpenSSL would take usages 0 and 1 as well (DANE-49).
        if (whyUnusable(records.at(i)).isEmpty() && sslHolding(records.at(i)))
            usable.append(i);
    }
    return usable;
}

QList<int> strongestRecords(const QList<TlsaRecord> &records, const QList<int> &usable)
{
    QList<int> strongest;
    std::copy_if(usable.cbegin(), usable.cend(), std::back_inserter(strongest), [&](int i) {
        const TlsaRecord &record = records.at(i);
        const bool beaten = std::any_of(usable.cbegin(), usable.cend(), [&](int other) {
            return records.at(other).usage == record.usage &&
                   records.at(other).selector == record.selector &&
                   records.at(other).matching > record.matching;
        });
        return record.matching == 0 || !beaten;
    });
    return strongest;
}

QByteArray daneResultName(DaneResult result)
{
    switch (result) {
    case DaneResult::Unknown:
        break;
    case DaneResult::NotApplicable:
        return "not-applicable";
    case DaneResult::Authenticated:
        return "authenticated";
    case DaneResult::Fail:
        return "fail";
    case DaneResult::EncryptUnauthenticated:
        return "encrypt-unauthenticated";
    case DaneResult::Unreachable:
        return "unreachable";
    }
    return "unknown";
}

QByteArray tlsaData(const Certificate &certificate, quint8 selector, quint8 matching)
{
    const QByteArray &octets = selector == 0 ? certificate.der : certificate.publicKey;
    switch (matching) {
    case 0:
        return octets;
    case 1:
        return QCryptographicHash::hash(octets, QCryptographicHash::Sha256);
    case 2:
        return QCryptographicHash::hash(octets, QCryptographicHash::Sha512);
    default:
        return {};
    }
}
