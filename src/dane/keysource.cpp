// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/keysource.h"

#include "base/printable.h"
#include "dane/keysource_p.h"
#include "net/openssl.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>

namespace {

using PublicKeyPointer = std::unique_ptr<X509_PUBKEY, OpensslFree<X509_PUBKEY_free>>;
using RequestPointer = std::unique_ptr<X509_REQ, OpensslFree<X509_REQ_free>>;
using KeyPointer = std::unique_ptr<EVP_PKEY, OpensslFree<EVP_PKEY_free>>;

const unsigned char *begin(const QByteArray &der)
{
    return reinterpret_cast<const unsigned char *>(der.constData());
}

/// DER of an OpenSSL object by its i2d function.
template <class T, class Write>
QByteArray derOf(const T *object, Write write)
{
    unsigned char *der = nullptr;
    const int length = write(object, &der);
    const QByteArray octets(reinterpret_cast<const char *>(der), std::max(length, 0));
    OPENSSL_free(der);
    return octets;
}

/// The tag of the element at `at`, which then stands behind its head; -1 where there is none. Its length
/// may be more than there is: what is cut keeps its shape.
int nextTag(const unsigned char *&at, const unsigned char *end, long &length)
{
    const unsigned char *const before = at;
    int tag = 0, kind = 0;
    if (at >= end)
        return -1;
    ASN1_get_object(&at, &length, &tag, &kind, end - at);
    ERR_clear_error();
    return at == before || kind != V_ASN1_UNIVERSAL ? -1 : tag;
}

// By the shape alone, so that a key that is cut, or of an unknown kind, is refused too. PKCS#1, PKCS#8,
// SEC1 and PKCS#12 begin with a small version number, which nothing public here does; an encrypted
// PKCS#8 is an algorithm and an octet string.
bool isPrivateKey(const QByteArray &der)
{
    const unsigned char *at = begin(der);
    const unsigned char *end = at + der.size();
    long length = 0;
    if (nextTag(at, end, length) != V_ASN1_SEQUENCE)
        return false;
    const int first = nextTag(at, end, length);
    if (first == V_ASN1_INTEGER)
        return length == 1;
    if (first != V_ASN1_SEQUENCE || length >= end - at)
        return false;
    at += length;
    return nextTag(at, end, length) == V_ASN1_OCTET_STRING;
}

tl::unexpected<Error> privateKeyRefused()
{
    return failed(
            Error::Kind::Refused,
            QStringLiteral("there is a private key in it, which stays on the server; give the "
                           "certificate, the public key or the certificate request"));
}

tl::unexpected<Error> unreadable(const char *what)
{
    return failed(Error::Kind::Malformed,
                  QStringLiteral("%1 in it cannot be read").arg(QLatin1String(what)));
}

QStringList namesOf(X509_REQ *request)
{
    const std::unique_ptr<STACK_OF(X509_EXTENSION), void (*)(STACK_OF(X509_EXTENSION) *)> wanted(
            X509_REQ_get_extensions(request), [](STACK_OF(X509_EXTENSION) * all) {
                sk_X509_EXTENSION_pop_free(all, X509_EXTENSION_free);
            });
    auto *all = static_cast<GENERAL_NAMES *>(
            X509V3_get_d2i(wanted.get(), NID_subject_alt_name, nullptr, nullptr));
    QStringList names = dnsNames(all);
    GENERAL_NAMES_free(all);
    char common[256] = {};
    if (names.isEmpty() && X509_NAME_get_text_by_NID(X509_REQ_get_subject_name(request),
                                                     NID_commonName, common, sizeof common) > 0)
        names.append(printable(QByteArray(common)));
    return names;
}

RequestPointer requestFrom(const QByteArray &der)
{
    const unsigned char *at = begin(der);
    RequestPointer request(d2i_X509_REQ(nullptr, &at, static_cast<long>(der.size())));
    return at == begin(der) + der.size() ? std::move(request) : nullptr;
}

bool isRequest(const QByteArray &der)
{
    return requestFrom(der) != nullptr;
}

Result<SourceKey> readRequest(const QByteArray &der)
{
    const RequestPointer request = requestFrom(der);
    EVP_PKEY *key = request ? X509_REQ_get0_pubkey(request.get()) : nullptr;
    if (!key)
        return unreadable("a certificate request");
    if (X509_REQ_verify(request.get(), key) != 1)
        return failed(Error::Kind::Malformed,
                      QStringLiteral("the signature of the certificate request in it is wrong"));
    return describedKey(SourceKey::From::Request,
                        derOf(X509_REQ_get_X509_PUBKEY(request.get()), i2d_X509_PUBKEY),
                        namesOf(request.get()));
}

Result<SourceKey> readPublicKey(const QByteArray &der)
{
    const unsigned char *at = begin(der);
    const PublicKeyPointer key(d2i_X509_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
    if (!key || at != begin(der) + der.size() || !X509_PUBKEY_get0(key.get()))
        return unreadable("a public key");
    return describedKey(SourceKey::From::PublicKey, derOf(key.get(), i2d_X509_PUBKEY), {});
}

Result<SourceKey> readRsaPublicKey(const QByteArray &der) // PKCS#1
{
    const unsigned char *at = begin(der);
    const KeyPointer key(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(der.size())));
    if (!key || at != begin(der) + der.size())
        return unreadable("a public key");
    return describedKey(SourceKey::From::PublicKey, derOf(key.get(), i2d_PUBKEY), {});
}

/// Takes one block after the other.
class Reader
{
public:
    Result<void> take(const QByteArray &label, const QByteArray &der)
    {
        if (isPrivateKey(der))
            return privateKeyRefused();
        if (label == "CERTIFICATE" || label == "X509 CERTIFICATE") {
            const std::optional<Certificate> certificate = certificateFromDer(der);
            if (!certificate)
                return unreadable("a certificate");
            if (!m_certificates.contains(*certificate))
                m_certificates.append(*certificate);
        } else if (label == "PUBLIC KEY") {
            return keep(readPublicKey(der));
        } else if (label == "RSA PUBLIC KEY") {
            return keep(readRsaPublicKey(der));
        } else if (label == "CERTIFICATE REQUEST" || label == "NEW CERTIFICATE REQUEST") {
            return keep(readRequest(der));
        }
        return {}; // parameters, revocation lists and the like stand beside certificates
    }

    // DER has no label: whatever can be read whole.
    Result<void> takeDer(const QByteArray &der)
    {
        for (const char *label : {"CERTIFICATE", "PUBLIC KEY", "RSA PUBLIC KEY"}) {
            const auto taken = take(label, der);
            if (taken || taken.error().kind == Error::Kind::Refused)
                return taken;
        }
        return isRequest(der) ? take("CERTIFICATE REQUEST", der) : Result<void>();
    }

    Result<KeySource> source() const
    {
        KeySource all;
        sortIntoChains(m_certificates, all);
        all.keys += m_keys;
        if (all.keys.isEmpty())
            return failed(Error::Kind::Malformed,
                          QStringLiteral("no certificate, public key or certificate request is in "
                                         "it (PEM or DER)"));
        return all;
    }

private:
    Result<void> keep(const Result<SourceKey> &key)
    {
        if (!key)
            return tl::unexpected(key.error());
        m_keys.append(*key);
        return {};
    }
    QList<Certificate> m_certificates;
    QList<SourceKey> m_keys;
};

Result<void> readPem(const QByteArray &pem, Reader &reader)
{
    const BioPointer in(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    ERR_clear_error();
    for (int blocks = 0; in && blocks <= MostKeySourceBlocks; ++blocks) {
        char *label = nullptr, *header = nullptr;
        unsigned char *data = nullptr;
        long length = 0;
        if (PEM_read_bio(in.get(), &label, &header, &data, &length) != 1) {
            const bool isEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
            ERR_clear_error();
            if (!isEnd)
                return unreadable("a PEM block");
            return {};
        }
        const QByteArray name(label);
        Secret der(QByteArray(reinterpret_cast<const char *>(data), length));
        OPENSSL_free(label);
        OPENSSL_free(header);
        OPENSSL_clear_free(data, static_cast<size_t>(length));
        // A private key may stand under any label.
        if (const auto taken = reader.take(name, der.octets()); !taken)
            return taken;
    }
    return failed(Error::Kind::Malformed,
                  QStringLiteral("there are more than %1 blocks in it").arg(MostKeySourceBlocks));
}

} // namespace

Result<KeySource> readKeySource(const Secret &secret)
{
    const QByteArray &octets = secret.octets();
    if (octets.size() > LargestKeySource)
        return failed(Error::Kind::Malformed, QStringLiteral("it is larger than one megabyte"));
    // Every PEM kind of private key says so, encrypted ones and those of OpenSSH and OpenPGP too.
    if (octets.contains("PRIVATE KEY") || octets.contains("Private-Lines:"))
        return privateKeyRefused();
    Reader reader;
    const auto done =
            octets.contains("-----BEGIN ") ? readPem(octets, reader) : reader.takeDer(octets);
    ERR_clear_error();
    if (!done)
        return tl::unexpected(done.error());
    return reader.source();
}
