// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tlscontext.h"

#include "base/printable.h"
#include "net/openssl.h"

#include <openssl/err.h>

namespace {

// Called when the Certificate message has come. Keeps what was sent, judges nothing: the judgement
// is net/certificate's, and a bad chain must not end the handshake.
int keepChain(X509_STORE_CTX *store, void *)
{
    const int index = SSL_get_ex_data_X509_STORE_CTX_idx();
    const auto *ssl = static_cast<const SSL *>(X509_STORE_CTX_get_ex_data(store, index));
    QList<QByteArray> &chain = static_cast<TlsSeen *>(SSL_get_app_data(ssl))->chain;
    STACK_OF(X509) *sent = X509_STORE_CTX_get0_untrusted(store);
    chain.clear();
    for (int i = 0; i < sk_X509_num(sent); ++i) {
        if (const QByteArray der = derOf(sk_X509_value(sent, i)); !der.isEmpty()) {
            chain.append(der);
            keepRead(der, sk_X509_value(sent, i));
        }
    }
    return 1;
}

QString alertWords(int value)
{
    switch (value & 0xFF) { // those that OpenSSL 3.0 has no words for
    case SSL_AD_MISSING_EXTENSION:
        return QStringLiteral("missing extension");
    case SSL_AD_CERTIFICATE_REQUIRED:
        return QStringLiteral("certificate required");
    case SSL_AD_NO_APPLICATION_PROTOCOL:
        return QStringLiteral("no application protocol");
    default:
        return printable(QByteArray(SSL_alert_desc_string_long(value)));
    }
}

void noteAlert(const SSL *ssl, int where, int value)
{
    const bool fatal = (value >> 8) == SSL3_AL_FATAL;
    if ((where & SSL_CB_READ_ALERT) != SSL_CB_READ_ALERT || !fatal)
        return;
    static_cast<TlsSeen *>(SSL_get_app_data(ssl))->peerAlert = alertWords(value);
}

// What the system's configuration may have set for every SSL_CTX is set back here (T-40): a look
// at somebody's server must not depend on whose computer it is.
void overrideConfiguration(SSL_CTX *context)
{
    SSL_CTX_clear_options(context, SSL_CTX_get_options(context));
    // Old servers are to be seen and judged, not to fail: no minimum, no security level.
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                         SSL_OP_NO_RENEGOTIATION | SSL_OP_LEGACY_SERVER_CONNECT);
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context, 0);
    SSL_CTX_set_cipher_list(context, "DEFAULT:@SECLEVEL=0");
    SSL_CTX_set_ciphersuites(context, "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:"
                                      "TLS_AES_128_GCM_SHA256");
    SSL_CTX_set1_groups_list(context, "X25519:P-256:X448:P-521:P-384");
    SSL_CTX_set1_sigalgs_list(
            context,
            "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:ed448:RSA-PSS+SHA256:RSA-PSS+SHA384:"
            "RSA-PSS+SHA512:rsa_pss_pss_sha256:rsa_pss_pss_sha384:rsa_pss_pss_sha512:RSA+SHA256:"
            "RSA+SHA384:RSA+SHA512:ECDSA+SHA224:RSA+SHA224:ECDSA+SHA1:RSA+SHA1");
}

SSL_CTX *makeContext()
{
    OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
    // A library context of our own has the default provider, whatever else the process loads.
    SSL_CTX *context = SSL_CTX_new_ex(OSSL_LIB_CTX_new(), nullptr, TLS_client_method());
    if (!context)
        return nullptr;
    overrideConfiguration(context);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS); // hundreds wait at a time in a list
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_cert_verify_callback(context, keepChain, nullptr);
    SSL_CTX_set_info_callback(context, noteAlert);
    return context;
}

} // namespace

SSL_CTX *lookContext()
{
    static SSL_CTX *context = makeContext();
    return context;
}

QString opensslWords()
{
    const unsigned long code = ERR_get_error();
    const char *reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    return reason ? printable(QByteArray(reason)) : QStringLiteral("TLS failed");
}
