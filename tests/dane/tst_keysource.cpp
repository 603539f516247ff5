// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Files of keys and certificates: what is taken, and that a private key never is.
#include "dane/keymaterial.h"
#include "dane/keysource.h"
#include "dane/keysourcefile.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

#include <openssl/pkcs12.h>

using Form = KeyMaterial::Form;
using From = SourceKey::From;

namespace {

const TestPki &pki()
{
    static const TestPki one;
    return one;
}

TestIdentity leaf(TestKey kind, const QByteArray &name = "mx1.example.com")
{
    CertificateWish wish;
    wish.dnsNames = {name};
    wish.key = kind;
    return pki().leaf(wish);
}

Result<KeySource> read(const QByteArray &octets)
{
    return readKeySource(Secret(QByteArray(octets)));
}

QByteArray derOf(const QByteArray &certificatePem)
{
    return certificatesFromPem(certificatePem).value(0).der;
}

/// The first octet after the head of the outer SEQUENCE and all that follows, under other labels.
QByteArray pemOf(const char *label, const QByteArray &der)
{
    return QByteArray("-----BEGIN ") + label + "-----\n" + der.toBase64() + "\n-----END " + label +
           "-----\n";
}

} // namespace

class tst_KeySource : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void kinds_data();
    void kinds();
    void sameKeyFromEveryForm_data();
    void sameKeyFromEveryForm();
    void privateKeyIsRefused_data();
    void privateKeyIsRefused();
    void chainIsSorted_data();
    void chainIsSorted();
    void twoServerCertificates();
    void leftOversAreTold();
    void authorityIsTold_data();
    void authorityIsTold();
    void namesAndFingerprint();
    void wrongSignatureOfRequest();
    void unusable_data();
    void unusable();
    void limits();
    void files();
    void fingerprintOfPeople_data();
    void fingerprintOfPeople();
};

void tst_KeySource::kinds_data()
{
    QTest::addColumn<TestKey>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("NIST name of the curve") << TestKey::P256 << QStringLiteral("ECDSA P-256");
    QTest::newRow("another curve") << TestKey::P384 << QStringLiteral("ECDSA P-384");
    QTest::newRow("bits") << TestKey::Rsa2048 << QStringLiteral("RSA 2048");
    QTest::newRow("weak, said as it is") << TestKey::Rsa1024 << QStringLiteral("RSA 1024");
    QTest::newRow("Edwards curve") << TestKey::Ed25519 << QStringLiteral("Ed25519");
}

void tst_KeySource::kinds()
{
    QFETCH(TestKey, kind);
    const auto source = read(leaf(kind).certificate);
    QVERIFY(source);
    QCOMPARE(source->keys.size(), 1);
    QTEST(source->keys.constFirst().kind, "words");
}

void tst_KeySource::sameKeyFromEveryForm_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("publicKey");
    QTest::addColumn<From>("from");
    for (const TestKey kind : {TestKey::P256, TestKey::Rsa2048}) {
        const QByteArray type = kind == TestKey::P256 ? "EC " : "RSA ";
        const TestIdentity server = leaf(kind);
        const KeyMaterial material(server.key);
        const QByteArray spki = material.publicKey(Form::Der);
        const auto row = [&](const char *reason, const QByteArray &octets, From from) {
            QTest::newRow((type + reason).constData()) << octets << spki << from;
        };
        row("certificate, PEM", server.certificate, From::Certificate);
        row("certificate, DER", derOf(server.certificate), From::Certificate);
        row("certificate with text around it",
            "Subject: mail\n" + server.certificate + "\ntrailing words\n", From::Certificate);
        row("public key, PEM", material.publicKey(Form::Pem), From::PublicKey);
        row("public key, DER", spki, From::PublicKey);
        row("request, PEM", material.request(Form::Pem, "mx1.example.com"), From::Request);
        row("request, DER", material.request(Form::Der, "mx1.example.com"), From::Request);
        row("request as Microsoft labels it",
            material.request(Form::Pem, "mx1.example.com")
                    .replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"),
            From::Request);
    }
    const TestIdentity rsa = leaf(TestKey::Rsa2048);
    const QByteArray spki = KeyMaterial(rsa.key).publicKey(Form::Der);
    // The PKCS#1 key is the BIT STRING at the end of the SubjectPublicKeyInfo: 24 octets before it.
    constexpr qsizetype HeadOfRsa2048 = 24;
    const QByteArray pkcs1 = spki.mid(HeadOfRsa2048);
    QTest::newRow("RSA public key of PKCS#1, PEM")
            << pemOf("RSA PUBLIC KEY", pkcs1) << spki << From::PublicKey;
    QTest::newRow("RSA public key of PKCS#1, DER") << pkcs1 << spki << From::PublicKey;
}

void tst_KeySource::sameKeyFromEveryForm()
{
    QFETCH(QByteArray, octets);
    const auto source = read(octets);
    QVERIFY2(source, source ? "" : qPrintable(source.error().what));
    QCOMPARE(source->keys.size(), 1);
    const SourceKey &key = source->keys.constFirst();
    QTEST(key.publicKey, "publicKey");
    QTEST(key.from, "from");
    QCOMPARE(key.hasCertificate(), key.from == From::Certificate);
}

void tst_KeySource::privateKeyIsRefused_data()
{
    QTest::addColumn<QByteArray>("octets");
    for (const TestKey kind : {TestKey::P256, TestKey::Rsa2048, TestKey::Ed25519}) {
        const QByteArray type = kind == TestKey::P256      ? "EC "
                                : kind == TestKey::Rsa2048 ? "RSA "
                                                           : "Ed25519 ";
        const TestIdentity server = leaf(kind);
        const KeyMaterial material(server.key);
        const auto row = [&](const char *reason, const QByteArray &octets) {
            QTest::newRow((type + reason).constData()) << octets;
        };
        row("PKCS#8, PEM", material.pkcs8(Form::Pem));
        row("PKCS#8, DER", material.pkcs8(Form::Der));
        row("PKCS#8, DER, cut", material.pkcs8(Form::Der).chopped(7));
        row("encrypted PKCS#8, PEM", material.pkcs8(Form::Pem, "secret"));
        row("encrypted PKCS#8, DER", material.pkcs8(Form::Der, "secret"));
        row("beside its certificate", server.certificate + server.key);
        row("before its certificate", server.key + server.certificate);
        row("as a certificate", pemOf("CERTIFICATE", material.pkcs8(Form::Der)));
        row("under a label of its own", pemOf("SERVER KEY", material.pkcs8(Form::Der)));
        if (kind == TestKey::Ed25519)
            continue;
        row("traditional, PEM", material.traditional(Form::Pem));
        row("traditional, DER", material.traditional(Form::Der));
        row("traditional, encrypted, PEM", material.traditional(Form::Pem, "secret"));
    }
    const TestIdentity server = leaf(TestKey::P256);
    QTest::newRow("OpenSSH") << pemOf("OPENSSH PRIVATE KEY", "openssh-key-v1");
    QTest::newRow("OpenPGP") << QByteArray("-----BEGIN PGP PRIVATE KEY BLOCK-----\n");
    QTest::newRow("PuTTY") << QByteArray(
            "PuTTY-User-Key-File-3: ecdsa-sha2-nistp256\nPrivate-Lines: 1\nAAAA\n");
    const QByteArray key = server.key;
    const std::unique_ptr<BIO, decltype(&BIO_free)> in(
            BIO_new_mem_buf(key.constData(), int(key.size())), BIO_free);
    EVP_PKEY *read = PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr);
    PKCS12 *bag = PKCS12_create("secret", "mail", read, nullptr, nullptr, 0, 0, 0, 0, 0);
    unsigned char *der = nullptr;
    const int length = i2d_PKCS12(bag, &der);
    QTest::newRow("PKCS#12") << QByteArray(reinterpret_cast<char *>(der), length);
    OPENSSL_free(der);
    PKCS12_free(bag);
    EVP_PKEY_free(read);
}

void tst_KeySource::privateKeyIsRefused()
{
    QFETCH(QByteArray, octets);
    QVERIFY(!octets.isEmpty());
    const auto source = read(octets);
    QVERIFY(!source);
    QCOMPARE(source.error().kind, Error::Kind::Refused);
    QVERIFY(source.error().what.contains(QLatin1String("private key")));
}

void tst_KeySource::chainIsSorted_data()
{
    QTest::addColumn<QByteArray>("pem");
    const TestIdentity server = leaf(TestKey::P256);
    const QByteArray &middle = pki().intermediate.certificate;
    const QByteArray &root = pki().root.certificate;
    QTest::newRow("as a server sends it") << server.certificate + middle + root;
    QTest::newRow("upside down") << root + middle + server.certificate;
    QTest::newRow("leaf in the middle, one twice") << middle + server.certificate + root + middle;
}

void tst_KeySource::chainIsSorted()
{
    QFETCH(QByteArray, pem);
    const auto source = read(pem);
    QVERIFY(source);
    QCOMPARE(source->keys.size(), 1);
    const QList<Certificate> &chain = source->keys.constFirst().chain;
    QCOMPARE(chain.size(), 3);
    QCOMPARE(chain.at(0).dnsNames, QStringList{QStringLiteral("mx1.example.com")});
    QCOMPARE(chain.at(1).der, derOf(pki().intermediate.certificate));
    QCOMPARE(chain.at(2).der, derOf(pki().root.certificate));
    QVERIFY(source->others.isEmpty());
}

void tst_KeySource::twoServerCertificates()
{
    const auto source =
            read(pki().chain(leaf(TestKey::P256)) + pki().chain(leaf(TestKey::Rsa2048)));
    QVERIFY(source);
    QCOMPARE(source->keys.size(), 2);
    QCOMPARE(source->keys.at(0).kind, QStringLiteral("ECDSA P-256"));
    QCOMPARE(source->keys.at(1).kind, QStringLiteral("RSA 2048"));
    for (const SourceKey &key : source->keys)
        QCOMPARE(key.chain.size(), 2);
}

void tst_KeySource::leftOversAreTold()
{
    const TestPki other;
    const auto source = read(pki().chain(leaf(TestKey::P256)) + other.intermediate.certificate);
    QVERIFY(source);
    QCOMPARE(source->keys.size(), 1);
    QCOMPARE(source->others.size(), 1);
    QCOMPARE(source->others.constFirst().der, derOf(other.intermediate.certificate));
}

void tst_KeySource::authorityIsTold_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<bool>("isIssuer");
    CertificateWish wish;
    wish.dnsNames = {"mx1.example.com"};
    wish.isAuthority = true;
    QTest::newRow("certbot's chain.pem") << pki().intermediate.certificate << true;
    QTest::newRow("with its root")
            << pki().intermediate.certificate + pki().root.certificate << true;
    QTest::newRow("server") << leaf(TestKey::P256).certificate << false;
    QTest::newRow("self-signed server that says CA, as openssl req -x509 makes it")
            << makeCertificate(wish).certificate << false;
}

void tst_KeySource::authorityIsTold()
{
    QFETCH(QByteArray, pem);
    const auto source = read(pem);
    QVERIFY(source);
    QTEST(source->keys.constFirst().isIssuer, "isIssuer");
}

void tst_KeySource::namesAndFingerprint()
{
    CertificateWish wish;
    wish.dnsNames = {"mx1.example.com", "mx2.example.com"};
    const TestIdentity server = pki().leaf(wish);
    const auto source = read(server.certificate);
    QVERIFY(source);
    const SourceKey &key = source->keys.constFirst();
    QCOMPARE(key.names.join(u' '), QStringLiteral("mx1.example.com mx2.example.com"));
    const QByteArray digest =
            QCryptographicHash::hash(derOf(server.certificate), QCryptographicHash::Sha256);
    QCOMPARE(key.fingerprint.size(), 32 * 3 - 1);
    QCOMPARE(digestFromText(key.fingerprint), digest);

    const KeyMaterial material(server.key);
    const auto request = read(material.request(Form::Pem, "mx9.example.com"));
    QVERIFY(request);
    QCOMPARE(request->keys.constFirst().names.join(u' '), QStringLiteral("mx9.example.com"));
    // Of the key, as there is no certificate yet.
    QCOMPARE(digestFromText(request->keys.constFirst().fingerprint),
             QCryptographicHash::hash(key.publicKey, QCryptographicHash::Sha256));
}

void tst_KeySource::wrongSignatureOfRequest()
{
    const KeyMaterial material(leaf(TestKey::Rsa2048).key);
    for (const Form form : {Form::Pem, Form::Der}) {
        QByteArray der = material.request(Form::Der, "mx1.example.com");
        der[der.size() - 1] = char(der.at(der.size() - 1) ^ 1);
        const auto source = read(form == Form::Der ? der : pemOf("CERTIFICATE REQUEST", der));
        QVERIFY(!source);
        QCOMPARE(source.error().kind, Error::Kind::Malformed);
        QVERIFY2(source.error().what.contains(QLatin1String("signature")),
                 qPrintable(source.error().what));
    }
}

void tst_KeySource::unusable_data()
{
    QTest::addColumn<QByteArray>("octets");
    const TestIdentity server = leaf(TestKey::P256);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("words") << QByteArray("this is no certificate\n");
    QTest::newRow("other blocks only") << pemOf("DH PARAMETERS", "0123");
    QTest::newRow("certificate that is cut")
            << pemOf("CERTIFICATE", derOf(server.certificate).chopped(9));
    QTest::newRow("PEM without its end") << server.certificate.chopped(40);
    QTest::newRow("DER with more behind it") << derOf(server.certificate) + "more";
    QTest::newRow("one good, one bad") << server.certificate + pemOf("CERTIFICATE", "0123");
    QTest::newRow("public key of an unknown algorithm")
            << pemOf("PUBLIC KEY", QByteArray::fromHex("300c300606022a03050003020001"));
    QTest::newRow("a length that promises four gigabytes")
            << QByteArray::fromHex("3084ffffffff3084ffffffff");
    QTest::newRow("nested a thousand times") << QByteArray::fromHex("3080").repeated(1000);
}

void tst_KeySource::unusable()
{
    QFETCH(QByteArray, octets);
    const auto source = read(octets);
    QVERIFY(!source);
    QCOMPARE(source.error().kind, Error::Kind::Malformed);
    QVERIFY(!source.error().what.isEmpty());
}

void tst_KeySource::limits()
{
    const QByteArray good = leaf(TestKey::P256).certificate;
    const QByteArray filling(LargestKeySource - good.size(), '\n');
    QVERIFY(read(good + filling));
    QVERIFY(!read(good + filling + '\n'));
    const QByteArray block = pemOf("DH PARAMETERS", "0123");
    QVERIFY(read(good + block.repeated(MostKeySourceBlocks - 1)));
    QVERIFY(!read(good + block.repeated(MostKeySourceBlocks)));
}

void tst_KeySource::files()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("mail.pem"));
    const auto write = [&path](const QByteArray &octets) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(octets) == octets.size();
    };
    QCOMPARE(readKeySourceFile(path).error().kind, Error::Kind::NotFound);
    const TestIdentity server = leaf(TestKey::P256);
    QVERIFY(write(server.certificate));
    const auto source = readKeySourceFile(path);
    QVERIFY(source);
    QCOMPARE(source->keys.size(), 1);
    QVERIFY(write(server.key));
    const auto refused = readKeySourceFile(path);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QVERIFY(refused.error().what.startsWith(path));
    QVERIFY(write(server.certificate + QByteArray(LargestKeySource, '\n')));
    QCOMPARE(readKeySourceFile(path).error().kind, Error::Kind::Malformed);
}

void tst_KeySource::fingerprintOfPeople_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isDigest");
    const QByteArray digest = QByteArray::fromHex("00ff").repeated(16);
    QTest::newRow("as shown") << fingerprintText(digest) << true;
    QTest::newRow("the whole line of openssl")
            << QStringLiteral("sha256 Fingerprint=") + fingerprintText(digest) << true;
    QTest::newRow("lower case without colons") << QString::fromLatin1(digest.toHex()) << true;
    QTest::newRow("blanks") << QString::fromLatin1(digest.toHex(' ')) << true;
    const QString hex = QString::fromLatin1(digest.toHex());
    QTest::newRow("sha256sum of its input") << hex + QStringLiteral("  -") << true;
    QTest::newRow("sha256sum, and a new line") << hex + QStringLiteral("  -\n") << true;
    QTest::newRow("sha256sum, a blank lost") << hex + QStringLiteral(" -") << true;
    QTest::newRow("sha256sum of a file") << hex + QStringLiteral("  /etc/a=b c.pem") << true;
    QTest::newRow("sha256sum -b") << hex + QStringLiteral(" *cert.der") << true;
    QTest::newRow("blanks around it") << QStringLiteral(" %1  ").arg(hex) << true;
    QTest::newRow("twice") << hex + hex << false;
    QTest::newRow("more digits after a blank") << hex + QStringLiteral(" 00") << false;
    QTest::newRow("a file, cut") << hex.chopped(2) + QStringLiteral("  -") << false;
    QTest::newRow("SHA-1") << fingerprintText(digest.left(20)) << false;
    QTest::newRow("cut") << fingerprintText(digest).chopped(1) << false;
    QTest::newRow("words") << QStringLiteral("yes") << false;
    QTest::newRow("nothing") << QString() << false;
}

void tst_KeySource::fingerprintOfPeople()
{
    QFETCH(QString, text);
    QFETCH(bool, isDigest);
    const std::optional<QByteArray> digest = digestFromText(text);
    QCOMPARE(digest.has_value(), isDigest);
    if (isDigest)
        QCOMPARE(*digest, QByteArray::fromHex("00ff").repeated(16));
}

QTEST_GUILESS_MAIN(tst_KeySource)
#include "tst_keysource.moc"
