// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/testpki.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <memory>

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using X509Owner = std::unique_ptr<X509, decltype(&X509_free)>;
using BioOwner = std::unique_ptr<BIO, decltype(&BIO_free)>;

void insist(bool worked)
{
    if (!worked)
        qFatal("a test certificate could not be made");
}

Key readKey(const QByteArray &pem)
{
    const BioOwner in(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())), BIO_free);
    return {PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
}

X509Owner readCertificate(const QByteArray &pem)
{
    const BioOwner in(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())), BIO_free);
    return {PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr), X509_free};
}

Key makeKey(TestKey kind)
{
    EVP_PKEY *key = nullptr;
    switch (kind) {
    case TestKey::P256:
        key = EVP_EC_gen("P-256");
        break;
    case TestKey::P384:
        key = EVP_EC_gen("P-384");
        break;
    case TestKey::Ed25519:
        key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
        break;
    case TestKey::Rsa2048:
        key = EVP_RSA_gen(static_cast<size_t>(2048));
        break;
    case TestKey::Rsa1024:
        key = EVP_RSA_gen(static_cast<size_t>(1024));
        break;
    }
    insist(key);
    return {key, EVP_PKEY_free};
}

QByteArray contents(BIO *bio)
{
    char *text = nullptr;
    const long length = BIO_get_mem_data(bio, &text);
    return {text, static_cast<qsizetype>(length)};
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData());
    insist(extension);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

void addAlternativeNames(X509 *certificate, const CertificateWish &wish)
{
    GENERAL_NAMES *names = GENERAL_NAMES_new();
    for (const QByteArray &dnsName : wish.dnsNames) {
        ASN1_IA5STRING *text = ASN1_IA5STRING_new();
        ASN1_STRING_set(text, dnsName.constData(), static_cast<int>(dnsName.size())); // any octets
        GENERAL_NAME *name = GENERAL_NAME_new();
        GENERAL_NAME_set0_value(name, GEN_DNS, text);
        sk_GENERAL_NAME_push(names, name);
    }
    for (const QByteArray &address : wish.ipAddresses) {
        GENERAL_NAME *name = GENERAL_NAME_new();
        GENERAL_NAME_set0_value(name, GEN_IPADD, a2i_IPADDRESS(address.constData()));
        sk_GENERAL_NAME_push(names, name);
    }
    if (sk_GENERAL_NAME_num(names) > 0)
        insist(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, 0) == 1);
    GENERAL_NAMES_free(names);
}

void setNameAndDates(X509 *certificate, const CertificateWish &wish)
{
    quint64 serial = 0;
    insist(RAND_bytes(reinterpret_cast<unsigned char *>(&serial), sizeof serial) == 1);
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1U);
    const QByteArray commonName =
            wish.commonName.isEmpty() ? wish.dnsNames.value(0) : wish.commonName;
    if (!commonName.isEmpty()) {
        X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char *>(commonName.constData()),
                                   static_cast<int>(commonName.size()), -1, 0);
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime from = wish.notBefore.isValid() ? wish.notBefore : now.addSecs(-3600);
    const QDateTime to = wish.notAfter.isValid() ? wish.notAfter : now.addDays(90);
    ASN1_TIME_set(X509_getm_notBefore(certificate), static_cast<time_t>(from.toSecsSinceEpoch()));
    ASN1_TIME_set(X509_getm_notAfter(certificate), static_cast<time_t>(to.toSecsSinceEpoch()));
}

void addExtensions(X509 *certificate, X509 *issuer, const CertificateWish &wish)
{
    addExtension(certificate, issuer, NID_basic_constraints,
                 wish.isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    addExtension(certificate, issuer, NID_key_usage,
                 wish.isAuthority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
    addExtension(certificate, issuer, NID_subject_key_identifier, "hash");
    addExtension(certificate, issuer, NID_authority_key_identifier, "keyid");
    if (!wish.isAuthority)
        addExtension(certificate, issuer, NID_ext_key_usage,
                     wish.clientOnly ? "clientAuth" : "serverAuth");
    addAlternativeNames(certificate, wish);
}

} // namespace

TestIdentity makeCertificate(const CertificateWish &wish, const TestIdentity *issuer)
{
    const Key key = wish.keyPem.isEmpty() ? makeKey(wish.key) : readKey(wish.keyPem);
    const Key issuerKey = issuer ? readKey(issuer->key) : Key(nullptr, EVP_PKEY_free);
    const X509Owner issuerCertificate =
            issuer ? readCertificate(issuer->certificate) : X509Owner(nullptr, X509_free);
    const X509Owner certificate(X509_new(), X509_free);
    insist(key && certificate && (!issuer || (issuerKey && issuerCertificate)));
    setNameAndDates(certificate.get(), wish);
    X509 *parent = issuer ? issuerCertificate.get() : certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(parent));
    X509_set_pubkey(certificate.get(), key.get());
    addExtensions(certificate.get(), parent, wish);
    EVP_PKEY *signer = issuer ? issuerKey.get() : key.get();
    const bool ownDigest = EVP_PKEY_get_base_id(signer) == EVP_PKEY_ED25519;
    const EVP_MD *digest = wish.sha1 ? EVP_sha1() : EVP_sha256();
    insist(X509_sign(certificate.get(), signer, ownDigest ? nullptr : digest) > 0);

    const BioOwner certificateOut(BIO_new(BIO_s_mem()), BIO_free);
    const BioOwner keyOut(BIO_new(BIO_s_mem()), BIO_free);
    insist(PEM_write_bio_X509(certificateOut.get(), certificate.get()) == 1 &&
           PEM_write_bio_PrivateKey(keyOut.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                    nullptr) == 1);
    return {contents(certificateOut.get()), contents(keyOut.get())};
}

TestPki::TestPki()
    : root(makeCertificate({.commonName = "Test Root", .isAuthority = true}))
    , intermediate(makeCertificate({.commonName = "Test Intermediate", .isAuthority = true}, &root))
{
}

TestIdentity TestPki::leaf(const QList<QByteArray> &dnsNames) const
{
    return leaf(CertificateWish{.commonName = {}, .dnsNames = dnsNames});
}

TestIdentity TestPki::leaf(const CertificateWish &wish) const
{
    return makeCertificate(wish, &intermediate);
}

QByteArray TestPki::chain(const TestIdentity &leaf) const
{
    return leaf.certificate + intermediate.certificate;
}
