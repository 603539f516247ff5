// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A test key in every form in which people keep keys; made by OpenSSL's own writers.

#include "fakes/testpki.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

class KeyMaterial
{
public:
    explicit KeyMaterial(const QByteArray &keyPem)
        : m_key(nullptr, EVP_PKEY_free)
    {
        const Bio in(BIO_new_mem_buf(keyPem.constData(), int(keyPem.size())), BIO_free);
        m_key.reset(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
    }
    [[nodiscard]] bool isRead() const { return m_key != nullptr; }

    enum class Form { Pem, Der };
    [[nodiscard]] QByteArray publicKey(Form form) const
    {
        return written([&](BIO *out) {
            return form == Form::Pem ? PEM_write_bio_PUBKEY(out, m_key.get())
                                     : i2d_PUBKEY_bio(out, m_key.get());
        });
    }
    [[nodiscard]] QByteArray pkcs8(Form form, const char *password = nullptr) const
    {
        const EVP_CIPHER *cipher = password ? EVP_aes_256_cbc() : nullptr;
        const auto write =
                form == Form::Pem ? PEM_write_bio_PKCS8PrivateKey : i2d_PKCS8PrivateKey_bio;
        return written([&](BIO *out) {
            return write(out, m_key.get(), cipher, nullptr, 0, nullptr,
                         const_cast<char *>(password));
        });
    }
    /// PKCS#1 for RSA, SEC1 for elliptic curves.
    [[nodiscard]] QByteArray traditional(Form form, const char *password = nullptr) const
    {
        return written([&](BIO *out) {
            return form == Form::Der
                           ? i2d_PrivateKey_bio(out, m_key.get())
                           : PEM_write_bio_PrivateKey_traditional(
                                     out, m_key.get(), password ? EVP_aes_128_cbc() : nullptr,
                                     nullptr, 0, nullptr, const_cast<char *>(password));
        });
    }
    [[nodiscard]] QByteArray request(Form form, const char *dnsName) const
    {
        const std::unique_ptr<X509_REQ, decltype(&X509_REQ_free)> request(X509_REQ_new(),
                                                                          X509_REQ_free);
        X509_REQ_set_pubkey(request.get(), m_key.get());
        STACK_OF(X509_EXTENSION) *wanted = sk_X509_EXTENSION_new_null();
        const QByteArray value = QByteArray("DNS:") + dnsName;
        sk_X509_EXTENSION_push(wanted, X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name,
                                                           value.constData()));
        X509_REQ_add_extensions(request.get(), wanted);
        sk_X509_EXTENSION_pop_free(wanted, X509_EXTENSION_free);
        X509_REQ_sign(request.get(), m_key.get(), EVP_sha256());
        return written([&](BIO *out) {
            return form == Form::Pem ? PEM_write_bio_X509_REQ(out, request.get())
                                     : i2d_X509_REQ_bio(out, request.get());
        });
    }

private:
    using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
    template <class Write>
    static QByteArray written(Write write)
    {
        const Bio out(BIO_new(BIO_s_mem()), BIO_free);
        if (write(out.get()) != 1)
            qFatal("test key material could not be written");
        char *text = nullptr;
        const long length = BIO_get_mem_data(out.get(), &text);
        return {text, qsizetype(length)};
    }
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> m_key;
};
