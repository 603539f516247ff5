// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/authority.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <memory>

namespace {

constexpr int SecondsAgo = 3600; // a clock that runs a little late still finds it valid
constexpr int LeafDays = 90;
constexpr int AuthorityDays = 3650;
constexpr int RsaBits = 2048;
constexpr int WeakRsaBits = 1024;
constexpr qsizetype LongestCommonName = 64; // RFC 5280 A.1: ub-common-name

template <auto Free>
struct Freed
{
    template <class T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using X509Owner = std::unique_ptr<X509, Freed<X509_free>>;
using ExtensionOwner = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using NamesOwner = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;
using BioOwner = std::unique_ptr<BIO, Freed<BIO_free>>;

/// What is to be made. Without an issuer it signs itself.
struct Wish
{
    QByteArray commonName;
    QList<QByteArray> dnsNames;
    QDateTime notBefore, notAfter;
    bool isAuthority = false;
    bool hasAltNames = true;
    int rsaBits = 0; // 0: an EC key
    const PracticeIdentity *issuer = nullptr;
};

BioOwner reading(const QByteArray &pem)
{
    return BioOwner(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
}

QByteArray contents(BIO *bio)
{
    char *text = nullptr;
    const long length = BIO_get_mem_data(bio, &text);
    return {text, static_cast<qsizetype>(length)};
}

bool addExtension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionOwner extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool addDnsNames(X509 *certificate, const Wish &wish)
{
    const NamesOwner names(GENERAL_NAMES_new());
    for (const QByteArray &dnsName : wish.dnsNames) {
        ASN1_IA5STRING *text = ASN1_IA5STRING_new();
        ASN1_STRING_set(text, dnsName.constData(), static_cast<int>(dnsName.size()));
        GENERAL_NAME *name = GENERAL_NAME_new();
        GENERAL_NAME_set0_value(name, GEN_DNS, text);
        sk_GENERAL_NAME_push(names.get(), name);
    }
    // RFC 5280 4.2.1.6: critical where the subject is empty.
    return X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(),
                             wish.commonName.isEmpty(), 0) == 1;
}

bool addExtensions(X509 *certificate, X509 *issuer, const Wish &wish)
{
    const bool isAuthority = wish.isAuthority;
    return addExtension(certificate, issuer, NID_basic_constraints,
                        isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE") &&
           addExtension(certificate, issuer, NID_key_usage,
                        isAuthority ? "critical,keyCertSign,cRLSign"
                                    : "critical,digitalSignature") &&
           addExtension(certificate, issuer, NID_subject_key_identifier, "hash") &&
           addExtension(certificate, issuer, NID_authority_key_identifier, "keyid") &&
           (isAuthority || (addExtension(certificate, issuer, NID_ext_key_usage, "serverAuth") &&
                            (!wish.hasAltNames || addDnsNames(certificate, wish))));
}

bool setNameAndDates(X509 *certificate, const Wish &wish)
{
    quint64 serial = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char *>(&serial), sizeof serial) != 1)
        return false;
    const auto *name = reinterpret_cast<const unsigned char *>(wish.commonName.constData());
    const auto from = static_cast<time_t>(wish.notBefore.toSecsSinceEpoch());
    const auto to = static_cast<time_t>(wish.notAfter.toSecsSinceEpoch());
    // RFC 5280 4.1.2.2: the serial number is positive.
    return X509_set_version(certificate, X509_VERSION_3) == 1 &&
           ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), (serial >> 1U) + 1) == 1 &&
           (wish.commonName.isEmpty() ||
            X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                                       name, static_cast<int>(wish.commonName.size()), -1,
                                       0) == 1) &&
           ASN1_TIME_set(X509_getm_notBefore(certificate), from) &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), to);
}

bool sign(X509 *certificate, EVP_PKEY *key, const Wish &wish)
{
    X509Owner issuer;
    Key issuerKey;
    if (wish.issuer) {
        issuer.reset(PEM_read_bio_X509(reading(wish.issuer->certificate).get(), nullptr, nullptr,
                                       nullptr));
        issuerKey.reset(PEM_read_bio_PrivateKey(reading(wish.issuer->key).get(), nullptr, nullptr,
                                                nullptr));
        if (!issuer || !issuerKey)
            return false;
    }
    X509 *parent = issuer ? issuer.get() : certificate;
    return X509_set_issuer_name(certificate, X509_get_subject_name(parent)) == 1 &&
           X509_set_pubkey(certificate, key) == 1 && addExtensions(certificate, parent, wish) &&
           X509_sign(certificate, issuerKey ? issuerKey.get() : key, EVP_sha256()) > 0;
}

Result<PracticeIdentity> makeIdentity(const Wish &wish)
{
    const Key key(wish.rsaBits > 0 ? EVP_RSA_gen(size_t(wish.rsaBits)) : EVP_EC_gen("P-256"));
    const X509Owner certificate(X509_new());
    const BioOwner certificateOut(BIO_new(BIO_s_mem()));
    const BioOwner keyOut(BIO_new(BIO_s_mem()));
    const bool isMade = key && certificate && certificateOut && keyOut &&
                        setNameAndDates(certificate.get(), wish) &&
                        sign(certificate.get(), key.get(), wish) &&
                        PEM_write_bio_X509(certificateOut.get(), certificate.get()) == 1 &&
                        PEM_write_bio_PrivateKey(keyOut.get(), key.get(), nullptr, nullptr, 0,
                                                 nullptr, nullptr) == 1;
    ERR_clear_error();
    if (!isMade)
        return failed(Error::Kind::Unexpected,
                      QStringLiteral("a practice certificate could not be made"));
    return PracticeIdentity{contents(certificateOut.get()), contents(keyOut.get()), !wish.issuer};
}

} // namespace

static Wish wishOfAuthority(const QByteArray &name)
{
    Wish wish;
    wish.isAuthority = true;
    wish.notBefore = QDateTime::currentDateTimeUtc().addDays(-AuthorityDays); // for old leaves too
    wish.notAfter = QDateTime::currentDateTimeUtc().addDays(AuthorityDays);
    wish.commonName = name;
    return wish;
}

Result<PracticeAuthority> PracticeAuthority::make()
{
    const Result<PracticeIdentity> root = makeIdentity(wishOfAuthority("Practice Root"));
    if (!root)
        return tl::unexpected(root.error());
    PracticeAuthority authority;
    authority.m_root = *root;
    if (const auto made = authority.makeIntermediate(0); !made)
        return tl::unexpected(made.error());
    return authority;
}

Result<PracticeAuthority> PracticeAuthority::withWeakIntermediate() const
{
    PracticeAuthority authority(*this);
    if (const auto made = authority.makeIntermediate(WeakRsaBits); !made)
        return tl::unexpected(made.error());
    return authority;
}

Result<void> PracticeAuthority::makeIntermediate(int rsaBits)
{
    Wish wish = wishOfAuthority("Practice Intermediate");
    wish.rsaBits = rsaBits;
    wish.issuer = &m_root;
    Result<PracticeIdentity> made = makeIdentity(wish);
    if (!made)
        return tl::unexpected(made.error());
    m_intermediate = std::move(*made);
    return {};
}

Result<PracticeIdentity> PracticeAuthority::issue(const CertificateOrder &order) const
{
    Wish wish;
    wish.dnsNames = order.dnsNames;
    if (const QByteArray first = order.dnsNames.value(0); first.size() <= LongestCommonName)
        wish.commonName = first;
    wish.notBefore = order.notBefore.isValid()
                             ? order.notBefore
                             : QDateTime::currentDateTimeUtc().addSecs(-SecondsAgo);
    wish.notAfter = order.notAfter.isValid() ? order.notAfter : wish.notBefore.addDays(LeafDays);
    wish.hasAltNames = order.hasAltNames;
    wish.rsaBits = order.key == PracticeKey::Rsa ? RsaBits : 0;
    wish.issuer = order.isSelfSigned ? nullptr : &m_intermediate;
    return makeIdentity(wish);
}

QByteArray PracticeAuthority::chain(const PracticeIdentity &leaf) const
{
    return leaf.isSelfSigned ? leaf.certificate : leaf.certificate + m_intermediate.certificate;
}
