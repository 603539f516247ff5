// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The trusted roots, and the one judge of a chain: X509_verify_cert with a callback that lets it go
// on, so that everything wrong is seen at once.
#include "base/printable.h"
#include "net/openssl.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSet>

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <vector>

struct TrustStore::Private
{
    X509StorePointer store{X509_STORE_new()};
    QString problem;
    bool hasRoots = true;
    QString directory; // hashed; empty for roots of tests
    QStringList localDirectories;
    QSet<QByteArray> extraRoots; // fingerprints
};

namespace {

constexpr qint64 LargestBundle = 16 * 1024 * 1024;
constexpr int MostLocalFiles = 1000;
constexpr int WeakRsaBits = 2048;
constexpr int WeakEcBits = 224;

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.size() <= LargestBundle && file.open(QIODevice::ReadOnly) ? file.readAll()
                                                                          : QByteArray();
}

int noPassword(char *, int, int, void *)
{
    return -1;
}

QByteArray fingerprint(const X509 *certificate)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    if (X509_digest(certificate, EVP_sha256(), digest, &length) != 1)
        return {};
    return {reinterpret_cast<const char *>(digest), static_cast<qsizetype>(length)};
}

std::vector<X509Pointer> readPem(const QByteArray &pem)
{
    std::vector<X509Pointer> certificates;
    const BioPointer in(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    while (in) {
        X509Pointer certificate(PEM_read_bio_X509(in.get(), nullptr, noPassword, nullptr));
        if (!certificate)
            break;
        certificates.push_back(std::move(certificate));
    }
    ERR_clear_error();
    return certificates;
}

bool addRoots(TrustStore::Private &trust, const QByteArray &pem)
{
    const std::vector<X509Pointer> roots = readPem(pem);
    for (const X509Pointer &root : roots) {
        X509_STORE_add_cert(trust.store.get(), root.get());
        trust.extraRoots.insert(fingerprint(root.get()));
    }
    ERR_clear_error();
    return !roots.empty();
}

bool isHashed(const QString &directory)
{
    QDirIterator entries(directory, {QStringLiteral("*.0")}, QDir::Files);
    return entries.hasNext();
}

// The file of the hashed directory this root was loaded from, links resolved.
QString sourceOf(const X509 *root, const QString &directory)
{
    const unsigned long hash = X509_subject_name_hash(const_cast<X509 *>(root));
    for (int i = 0; i < 10; ++i) {
        const QString path =
                QStringLiteral("%1/%2.%3").arg(directory).arg(hash, 8, 16, QLatin1Char('0')).arg(i);
        if (!QFile::exists(path))
            return {};
        for (const X509Pointer &candidate : readPem(readFile(path))) {
            if (X509_cmp(candidate.get(), root) == 0)
                return QFileInfo(path).canonicalFilePath();
        }
    }
    return {};
}

bool holds(const QString &directory, const X509 *root)
{
    QDirIterator files(directory, QDir::Files, QDirIterator::Subdirectories);
    for (int i = 0; files.hasNext() && i < MostLocalFiles; ++i) {
        const QByteArray octets = readFile(files.next());
        std::vector<X509Pointer> found = readPem(octets);
        if (X509Pointer der = x509FromDer(octets))
            found.push_back(std::move(der));
        for (const X509Pointer &certificate : found) {
            if (X509_cmp(certificate.get(), root) == 0)
                return true;
        }
    }
    return false;
}

// STS-47: a root somebody added to this computer, as an inspecting firewall's; senders lack it.
bool isLocal(const TrustStore::Private &trust, const X509 *root)
{
    if (trust.directory.isEmpty() || trust.extraRoots.contains(fingerprint(root)))
        return false;
    const QString source = sourceOf(root, trust.directory);
    if (source.startsWith(QLatin1String("/usr/share/")))
        return false; // a package of the system brought it
    return std::any_of(trust.localDirectories.cbegin(), trust.localDirectories.cend(),
                       [root](const QString &directory) { return holds(directory, root); });
}

struct Errors
{
    QList<QPair<int, int>> seen; // code, depth
};

int noteError(int ok, X509_STORE_CTX *context)
{
    if (ok == 0) {
        static_cast<Errors *>(X509_STORE_CTX_get_app_data(context))
                ->seen.append({X509_STORE_CTX_get_error(context),
                               X509_STORE_CTX_get_error_depth(context)});
    }
    return 1;
}

void tell(PkixVerdict &verdict, int code, int depth)
{
    bool breaksTrust = true;
    switch (code) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        verdict.expired = true;
        breaksTrust = depth > 0;
        break;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        verdict.notYetValid = true;
        breaksTrust = depth > 0;
        break;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        verdict.selfSigned = true;
        break;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        verdict.incomplete = true;
        break;
    default:
        break;
    }
    if (breaksTrust)
        verdict.trusted = false;
    if (verdict.error.isEmpty()) {
        verdict.error = printable(QByteArray(X509_verify_cert_error_string(code)));
        verdict.errorDepth = depth;
    }
}

bool isWeakKey(X509 *certificate)
{
    const EVP_PKEY *key = X509_get0_pubkey(certificate);
    if (!key)
        return false;
    const int kind = EVP_PKEY_get_base_id(key);
    const int least = kind == EVP_PKEY_EC ? WeakEcBits : WeakRsaBits;
    const bool sized = kind == EVP_PKEY_RSA || kind == EVP_PKEY_RSA_PSS || kind == EVP_PKEY_DSA ||
                       kind == EVP_PKEY_EC;
    return sized && EVP_PKEY_get_bits(key) < least;
}

bool isWeakSignature(X509 *certificate)
{
    int digest = NID_undef;
    X509_get_signature_info(certificate, &digest, nullptr, nullptr, nullptr);
    return digest == NID_md5 || digest == NID_sha1 || digest == NID_md4 || digest == NID_md2 ||
           digest == NID_md5_sha1;
}

// TLS-19: the lowest weak certificate, null without. The anchor's own signature proves nothing, so its
// digest does not matter.
X509 *weakIn(const STACK_OF(X509) * chain)
{
    const int length = sk_X509_num(chain);
    for (int i = 0; i < length; ++i) {
        X509 *certificate = sk_X509_value(chain, i);
        const bool isRoot =
                i > 0 && i == length - 1 && X509_self_signed(certificate, /*verify_signature*/ 0);
        if (isWeakKey(certificate) || (!isRoot && isWeakSignature(certificate)))
            return certificate;
    }
    return nullptr;
}

X509StoreContextPointer prepare(X509_STORE *store, STACK_OF(X509) * sent, const QDateTime &now)
{
    X509StoreContextPointer context(X509_STORE_CTX_new());
    if (!context || X509_STORE_CTX_init(context.get(), store, sk_X509_value(sent, 0), sent) != 1 ||
        X509_STORE_CTX_set_default(context.get(), "ssl_server") != 1)
        return nullptr;
    X509_VERIFY_PARAM *how = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(how, X509_V_FLAG_TRUSTED_FIRST);
    X509_VERIFY_PARAM_set_auth_level(how, 0); // weak keys are told apart (TLS-19)
    X509_VERIFY_PARAM_set_time(how, static_cast<time_t>(now.toSecsSinceEpoch()));
    X509_STORE_CTX_set_verify_cb(context.get(), noteError);
    return context;
}

} // namespace

TrustStore TrustStore::hashed(const QString &directory, const QStringList &localDirectories)
{
    TrustStore trust;
    trust.d = std::make_shared<Private>();
    trust.d->directory = directory;
    trust.d->localDirectories = localDirectories;
    // Roots are read when a chain asks for them: reading a whole bundle costs tens of milliseconds.
    X509_LOOKUP *lookup = X509_STORE_add_lookup(trust.d->store.get(), X509_LOOKUP_hash_dir());
    X509_LOOKUP_add_dir(lookup, QFile::encodeName(directory).constData(), X509_FILETYPE_PEM);
    trust.d->hasRoots = isHashed(directory);
    ERR_clear_error();
    return trust;
}

TrustStore TrustStore::system(const QString &extraCaFile)
{
    // Where Debian, Fedora, Arch and SUSE keep what an administrator added.
    TrustStore trust = hashed(QFile::decodeName(X509_get_default_cert_dir()),
                              {QStringLiteral("/usr/local/share/ca-certificates"),
                               QStringLiteral("/etc/pki/ca-trust/source/anchors"),
                               QStringLiteral("/etc/ca-certificates/trust-source/anchors"),
                               QStringLiteral("/etc/pki/trust/anchors")});
    if (!trust.d->hasRoots) // a system without hashed links has the bundle only
        trust.d->hasRoots =
                X509_STORE_load_file(trust.d->store.get(), X509_get_default_cert_file()) == 1;
    if (!trust.d->hasRoots)
        trust.d->problem = QStringLiteral("this computer has no list of trusted roots");
    if (!extraCaFile.isEmpty() && addRoots(*trust.d, readFile(extraCaFile)))
        trust.d->hasRoots = true;
    else if (!extraCaFile.isEmpty())
        trust.d->problem =
                QStringLiteral("%1 holds no readable PEM certificate").arg(printable(extraCaFile));
    ERR_clear_error();
    return trust;
}

TrustStore TrustStore::only(const QByteArray &pem)
{
    TrustStore trust;
    trust.d = std::make_shared<Private>();
    addRoots(*trust.d, pem);
    return trust;
}

QString TrustStore::problem() const
{
    return d ? d->problem : QString();
}

PkixVerdict judgeChain(const QList<Certificate> &chain, const QByteArray &name,
                       const TrustStore &trust, const QDateTime &now)
{
    PkixVerdict verdict;
    const X509StackPointer sent = x509Stack(chain);
    if (chain.isEmpty() || !sent || !trust.d || !trust.d->hasRoots)
        return verdict;
    const X509StoreContextPointer context = prepare(trust.d->store.get(), sent.get(), now);
    if (!context)
        return verdict;
    Errors errors;
    X509_STORE_CTX_set_app_data(context.get(), &errors);
    const int end = X509_verify_cert(context.get());
    verdict.looked = true;
    verdict.trusted = true;
    for (const auto &[code, depth] : std::as_const(errors.seen))
        tell(verdict, code, depth);
    if (end != 1) // it could not even begin or go on
        tell(verdict, X509_STORE_CTX_get_error(context.get()), 0);
    verdict.nameMatches = namesHost(chain.constFirst(), name);
    const STACK_OF(X509) *built = X509_STORE_CTX_get0_chain(context.get());
    X509 *weak = weakIn(built ? built : sent.get());
    verdict.weak = weak != nullptr;
    verdict.weakest = weak ? derOf(weak) : QByteArray();
    if (verdict.trusted && built)
        verdict.localRoot = isLocal(*trust.d, sk_X509_value(built, sk_X509_num(built) - 1));
    ERR_clear_error();
    return verdict;
}
