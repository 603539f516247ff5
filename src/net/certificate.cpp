// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/certificate.h"

#include "base/printable.h"
#include "net/openssl.h"

#include <QCache>
#include <QCryptographicHash>
#include <QTimeZone>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <mutex>

namespace {

constexpr qsizetype LargestCertificate = 128 * 1024; // TLS peers send at most about 100 kilobytes
constexpr qsizetype LargestPem = 4 * 1024 * 1024;
constexpr qsizetype MostCertificates = 100;

QString nameLine(const X509_NAME *name)
{
    const BioPointer out(BIO_new(BIO_s_mem()));
    constexpr unsigned long Style =
            (XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB & ~XN_FLAG_SPC_EQ) | ASN1_STRFLGS_UTF8_CONVERT;
    if (!name || !out || X509_NAME_print_ex(out.get(), name, 0, Style) < 0)
        return {};
    char *text = nullptr;
    const long length = BIO_get_mem_data(out.get(), &text);
    return printable(QByteArray(text, static_cast<qsizetype>(length)));
}

QString commonNameOf(const X509 *certificate)
{
    const X509_NAME *name = X509_get_subject_name(certificate);
    int last = -1;
    for (int at = -1; (at = X509_NAME_get_index_by_NID(name, NID_commonName, at)) >= 0;)
        last = at;
    if (last < 0)
        return {};
    unsigned char *utf8 = nullptr;
    const int length =
            ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last)));
    const QByteArray text(reinterpret_cast<const char *>(utf8), std::max(length, 0));
    OPENSSL_free(utf8);
    return printable(text);
}

QStringList dnsNamesOf(const X509 *certificate)
{
    auto *all = static_cast<GENERAL_NAMES *>(
            X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    const QStringList names = dnsNames(all);
    GENERAL_NAMES_free(all);
    return names;
}

QDateTime timeOf(const ASN1_TIME *time)
{
    std::tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return {QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
            QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), QTimeZone::utc()};
}

QByteArray algorithmName(const ASN1_OBJECT *algorithm)
{
    char name[128] = {};
    OBJ_obj2txt(name, sizeof name, algorithm, 0);
    return name;
}

void describeKey(X509 *x509, Certificate &certificate)
{
    X509_PUBKEY *key = X509_get_X509_PUBKEY(x509);
    unsigned char *der = nullptr;
    const int length = i2d_X509_PUBKEY(key, &der);
    certificate.publicKey = QByteArray(reinterpret_cast<const char *>(der), std::max(length, 0));
    OPENSSL_free(der);
    if (const EVP_PKEY *usable = X509_get0_pubkey(x509)) {
        certificate.keyType = EVP_PKEY_get0_type_name(usable);
        certificate.keyBits = std::max(EVP_PKEY_get_bits(usable), 0);
        return;
    }
    ASN1_OBJECT *algorithm = nullptr;
    X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, key);
    certificate.keyType = algorithmName(algorithm);
}

Certificate describe(X509 *x509, const QByteArray &der)
{
    Certificate certificate;
    certificate.der = der;
    certificate.subject = nameLine(X509_get_subject_name(x509));
    certificate.issuer = nameLine(X509_get_issuer_name(x509));
    certificate.commonName = commonNameOf(x509);
    certificate.dnsNames = dnsNamesOf(x509);
    certificate.notBefore = timeOf(X509_get0_notBefore(x509));
    certificate.notAfter = timeOf(X509_get0_notAfter(x509));
    describeKey(x509, certificate);
    const X509_ALGOR *signature = X509_get0_tbs_sigalg(x509);
    const ASN1_OBJECT *algorithm = nullptr;
    X509_ALGOR_get0(&algorithm, nullptr, nullptr, signature);
    certificate.signatureAlgorithm = algorithmName(algorithm);
    return certificate;
}

/// Certificates already read, by their octets. Reading one costs OpenSSL 3 a tenth of a millisecond or
/// more, and every handshake needs each certificate of its chain several times: to describe it, to
/// verify it, to compare its names. They are shared like those of an X509_STORE and never changed; so are
/// the descriptions, for in a list most chains go through the same few issuers.
class ReadCertificates
{
public:
    X509Pointer find(const QByteArray &der)
    {
        const std::lock_guard lock(m_mutex);
        const Read *known = m_known.object(der);
        if (!known || X509_up_ref(known->x509.get()) != 1)
            return nullptr;
        return X509Pointer(known->x509.get());
    }
    void keep(const QByteArray &der, X509 *certificate)
    {
        const std::lock_guard lock(m_mutex);
        if (m_known.object(der) || X509_up_ref(certificate) != 1)
            return;
        m_known.insert(der, new Read{X509Pointer(certificate), std::nullopt});
    }
    std::optional<Certificate> description(const QByteArray &der)
    {
        const std::lock_guard lock(m_mutex);
        const Read *known = m_known.object(der);
        return known ? known->description : std::nullopt;
    }
    void keepDescription(const Certificate &certificate)
    {
        const std::lock_guard lock(m_mutex);
        if (Read *known = m_known.object(certificate.der))
            known->description = certificate;
    }

private:
    struct Read
    {
        X509Pointer x509;
        std::optional<Certificate> description;
    };
    static constexpr int Most = 500; // more than are under way at a time in a list
    std::mutex m_mutex;
    QCache<QByteArray, Read> m_known{Most};
};

ReadCertificates &readCertificates()
{
    // Never deleted: OpenSSL may have cleaned up before it at the end of the process.
    static ReadCertificates &all = *new ReadCertificates;
    return all;
}

// Without it OpenSSL would ask for a password on the terminal.
int noPassword(char *, int, int, void *)
{
    return -1;
}

} // namespace

QStringList dnsNames(const GENERAL_NAMES *names)
{
    QStringList found;
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
        if (name->type != GEN_DNS)
            continue;
        const auto *octets = reinterpret_cast<const char *>(ASN1_STRING_get0_data(name->d.dNSName));
        found.append(printable(QByteArray(octets, ASN1_STRING_length(name->d.dNSName))));
    }
    return found;
}

X509Pointer x509FromDer(const QByteArray &der)
{
    if (der.isEmpty() || der.size() > LargestCertificate)
        return nullptr;
    if (X509Pointer known = readCertificates().find(der))
        return known;
    const auto *begin = reinterpret_cast<const unsigned char *>(der.constData());
    const unsigned char *at = begin;
    X509Pointer certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();
    if (at != begin + der.size())
        return nullptr;
    if (certificate)
        readCertificates().keep(der, certificate.get());
    return certificate;
}

void keepRead(const QByteArray &der, X509 *certificate)
{
    if (der.size() <= LargestCertificate)
        readCertificates().keep(der, certificate);
}

X509StackPointer x509Stack(const QList<Certificate> &chain)
{
    X509StackPointer stack(sk_X509_new_null());
    if (!stack || chain.size() > MostCertificates)
        return nullptr;
    for (const Certificate &certificate : chain) {
        X509Pointer x509 = x509FromDer(certificate.der);
        if (!x509 || sk_X509_push(stack.get(), x509.get()) <= 0)
            return nullptr;
        static_cast<void>(x509.release());
    }
    return stack;
}

QByteArray Certificate::sha256() const
{
    return QCryptographicHash::hash(der, QCryptographicHash::Sha256);
}

std::optional<Certificate> certificateFromDer(const QByteArray &der)
{
    if (const auto known = readCertificates().description(der))
        return known;
    const X509Pointer x509 = x509FromDer(der);
    if (!x509)
        return std::nullopt;
    Certificate certificate = describe(x509.get(), der);
    ERR_clear_error();
    readCertificates().keepDescription(certificate);
    return certificate;
}

QList<Certificate> certificatesFromPem(const QByteArray &pem)
{
    if (pem.isEmpty() || pem.size() > LargestPem)
        return {};
    QList<Certificate> certificates;
    const BioPointer in(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    ERR_clear_error();
    while (in && certificates.size() <= MostCertificates) {
        const X509Pointer x509(PEM_read_bio_X509(in.get(), nullptr, noPassword, nullptr));
        if (!x509) {
            const bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
            ERR_clear_error();
            return ended ? certificates : QList<Certificate>();
        }
        const std::optional<Certificate> certificate = certificateFromDer(derOf(x509.get()));
        if (!certificate)
            return {};
        certificates.append(*certificate);
    }
    return {};
}

QByteArray derOf(const X509 *certificate)
{
    unsigned char *der = nullptr;
    const int length = i2d_X509(certificate, &der);
    const QByteArray octets(reinterpret_cast<const char *>(der), std::max(length, 0));
    OPENSSL_free(der);
    return octets;
}

bool namesHost(const Certificate &leaf, const QByteArray &host)
{
    // A leading dot would ask OpenSSL for any subdomain.
    const X509Pointer x509 = x509FromDer(leaf.der);
    if (!x509 || host.isEmpty() || host.startsWith('.'))
        return false;
    // RFC 8461 4.2, RFC 9525 6.3: DNS-IDs only, never the common name; "*" is a whole label.
    constexpr unsigned int Strict =
            X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
    const int matches = X509_check_host(x509.get(), host.constData(),
                                        static_cast<size_t>(host.size()), Strict, nullptr);
    ERR_clear_error();
    return matches == 1;
}
