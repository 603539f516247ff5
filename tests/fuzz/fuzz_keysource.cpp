// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Hostile key files: certificates, public keys and requests are read without a crash, and never a private
// key (T-37).
#include "dane/keysource.h"
#include "dane/tlsamaking.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <cstdlib>

static void demand(bool isTrue)
{
    if (!isTrue)
        std::abort();
}

/// OpenSSL would take the whole of it for a private key.
static bool isPrivateKey(const QByteArray &der)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    const auto *end = at + der.size();
    EVP_PKEY *key = d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size()));
    const bool isWhole = key && at == end;
    EVP_PKEY_free(key);
    ERR_clear_error();
    return isWhole;
}

static void look(const SourceKey &key)
{
    demand(!key.publicKey.isEmpty());
    demand(key.fingerprint.size() == 32 * 3 - 1);
    for (const QChar character : key.kind + key.names.join(QString()))
        demand(character.category() != QChar::Other_Control);
    if (key.hasCertificate()) {
        demand(key.chain.constFirst().publicKey == key.publicKey);
        const std::optional<SourceKey> again = keyOfChain(key.chain);
        demand(again && again->publicKey == key.publicKey);
    }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray octets(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const bool isSecret = octets.contains("PRIVATE KEY") || isPrivateKey(octets);
    const Result<KeySource> source =
            readKeySource(Secret(QByteArray(octets.constData(), octets.size())));
    demand(!(isSecret && source));
    if (!source)
        return 0;
    demand(!source->keys.isEmpty());
    TlsaWish wish;
    wish.host = "mx1.example.com";
    wish.now = QDateTime::fromSecsSinceEpoch(1800000000, Qt::UTC);
    for (const SourceKey &key : source->keys) {
        look(key);
        wish.current.append(key);
        wish.next.append(key);
    }
    // Whatever is made of them is what a sender can use.
    for (const MadeTlsa &made : tlsaToPublish(wish).records)
        demand(whyUnusable(made.record).isEmpty());
    return 0;
}
