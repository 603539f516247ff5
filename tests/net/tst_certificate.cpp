// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Certificates read, chains judged, names compared.
#include "fakes/testpki.h"
#include "net/certificate.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <openssl/x509.h>

namespace {

QList<Certificate> parsed(const QByteArray &pem)
{
    return certificatesFromPem(pem);
}

CertificateWish wishFor(const QByteArray &name)
{
    return CertificateWish{.commonName = {}, .dnsNames = {name}};
}

unsigned long subjectHash(const Certificate &certificate)
{
    const auto *at = reinterpret_cast<const unsigned char *>(certificate.der.constData());
    X509 *x509 = d2i_X509(nullptr, &at, static_cast<long>(certificate.der.size()));
    const unsigned long hash = X509_subject_name_hash(x509);
    X509_free(x509);
    return hash;
}

bool writeFile(const QString &path, const QByteArray &octets)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(octets) == octets.size();
}

} // namespace

class TestCertificate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads();
    void sharesWhatWasRead();
    void unreadable_data();
    void unreadable();
    void hostileNamesAreShownSafely();
    void names_data();
    void names();
    void chains_data();
    void chains();
    void nothingToSay();
    void rootSignatureDoesNotCount();
    void oneStoreForAll();
    void extraRoots();
    void localRoots();

private:
    PkixVerdict judge(const QByteArray &chain, const QByteArray &name = "mx1.example.com")
    {
        return judgeChain(parsed(chain), name, TrustStore::only(m_pki.root.certificate), m_now);
    }

    TestPki m_pki;
    QDateTime m_now = QDateTime::currentDateTimeUtc();
};

void TestCertificate::reads()
{
    const QDateTime from =
            QDateTime::fromString(QStringLiteral("2024-02-29T10:11:12Z"), Qt::ISODate);
    const TestIdentity made = m_pki.leaf(CertificateWish{.commonName = "one.example",
                                                         .dnsNames = {"a.example", "*.b.example"},
                                                         .key = TestKey::Rsa2048,
                                                         .notBefore = from,
                                                         .notAfter = from.addDays(10)});
    const QList<Certificate> chain = parsed("some words\n" + made.key + m_pki.chain(made));
    QCOMPARE(chain.size(), 2);
    const Certificate &leaf = chain.at(0);
    QCOMPARE(leaf.commonName, QStringLiteral("one.example"));
    QCOMPARE(leaf.subject, QStringLiteral("CN=one.example"));
    QCOMPARE(leaf.issuer, QStringLiteral("CN=Test Intermediate"));
    QCOMPARE(leaf.dnsNames,
             (QStringList{QStringLiteral("a.example"), QStringLiteral("*.b.example")}));
    QCOMPARE(leaf.notBefore, from);
    QCOMPARE(leaf.notAfter, from.addDays(10));
    QCOMPARE(leaf.keyType, QByteArray("RSA"));
    QCOMPARE(leaf.keyBits, 2048);
    QCOMPARE(leaf.signatureAlgorithm, QByteArray("ecdsa-with-SHA256"));
    QCOMPARE(leaf.sha256().size(), 32);
    QVERIFY(leaf.der.contains(leaf.publicKey));
    QCOMPARE(chain.at(1).keyType, QByteArray("EC"));
    QCOMPARE(certificateFromDer(leaf.der)->subject, leaf.subject);
}

// The issuers of a list are few: their descriptions are kept once.
void TestCertificate::sharesWhatWasRead()
{
    const QByteArray pem = m_pki.leaf(QList<QByteArray>{"shared.example"}).certificate;
    const QByteArray der = certificatesFromPem(pem).first().der;
    const QByteArray copy(der.constData(), der.size());
    const auto one = certificateFromDer(der), again = certificateFromDer(copy);
    QVERIFY(one && again);
    QCOMPARE(again->subject, one->subject);
    QVERIFY(again->publicKey.constData() == one->publicKey.constData());
    QVERIFY(again->der.constData() == one->der.constData());
}

void TestCertificate::unreadable_data()
{
    QTest::addColumn<QByteArray>("octets");
    const QByteArray pem = m_pki.root.certificate;
    const QByteArray der = parsed(pem).at(0).der;
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("hello");
    QTest::newRow("cut") << der.chopped(1);
    QTest::newRow("octets after the end") << der + "x";
    QTest::newRow("huge") << der + QByteArray(8 * 1024 * 1024, '\0');
    QTest::newRow("PEM with a broken second certificate")
            << pem + "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    QTest::newRow("PEM cut in the middle") << pem.left(pem.size() / 2);
    QTest::newRow("PEM that asks for a password")
            << QByteArray("-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
                          "DES-EDE3-CBC,0011223344556677\n\nMIIB\n-----END CERTIFICATE-----\n");
    QTest::newRow("too many") << pem.repeated(101);
}

void TestCertificate::unreadable()
{
    QFETCH(QByteArray, octets);
    QVERIFY(!certificateFromDer(octets));
    QVERIFY(certificatesFromPem(octets).isEmpty());
}

void TestCertificate::hostileNamesAreShownSafely()
{
    const QByteArray withNul("good.example\0.evil.example", 26);
    const TestIdentity made = m_pki.leaf(
            CertificateWish{.commonName = "x\nInjected: \xE2\x80\xAEyes", .dnsNames = {withNul}});
    const Certificate leaf = parsed(made.certificate).at(0);
    const QString all = leaf.commonName + leaf.subject + leaf.dnsNames.join(u' ');
    QVERIFY(!all.contains(u'\n') && !all.contains(QChar(0x202E)) && !all.contains(QChar(0)));
    QVERIFY(!namesHost(leaf, "good.example"));
}

void TestCertificate::names_data()
{
    QTest::addColumn<QList<QByteArray>>("inCertificate");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("matches");
    using Names = QList<QByteArray>;
    QTest::newRow("same") << Names{"mx1.example.com"} << QByteArray("mx1.example.com") << true;
    QTest::newRow("case") << Names{"MX1.Example.COM"} << QByteArray("mx1.example.com") << true;
    QTest::newRow("second name") << Names{"a.example", "b.example"} << QByteArray("b.example")
                                 << true;
    QTest::newRow("wildcard") << Names{"*.example.com"} << QByteArray("mx1.example.com") << true;
    QTest::newRow("wildcard covers one label only")
            << Names{"*.example.com"} << QByteArray("a.mx1.example.com") << false;
    QTest::newRow("wildcard needs a label")
            << Names{"*.example.com"} << QByteArray("example.com") << false;
    QTest::newRow("wildcard of a top level")
            << Names{"*.com"} << QByteArray("example.com") << false;
    QTest::newRow("part of a label")
            << Names{"mx*.example.com"} << QByteArray("mx1.example.com") << false;
    QTest::newRow("end of a label")
            << Names{"*1.example.com"} << QByteArray("mx1.example.com") << false;
    QTest::newRow("not left-most") << Names{"mx1.*.com"} << QByteArray("mx1.example.com") << false;
    QTest::newRow("part of an A-label")
            << Names{"xn--*.example.com"} << QByteArray("xn--mnchen-3ya.example.com") << false;
    QTest::newRow("whole A-label")
            << Names{"*.example.com"} << QByteArray("xn--mnchen-3ya.example.com") << true;
    QTest::newRow("only a common name") << Names{} << QByteArray("common.example") << false;
    QTest::newRow("common name beside a DNS name")
            << Names{"a.example"} << QByteArray("common.example") << false;
    QTest::newRow("leading dot asks for nothing")
            << Names{"mx1.example.com"} << QByteArray(".example.com") << false;
    QTest::newRow("no host") << Names{"mx1.example.com"} << QByteArray() << false;
    QTest::newRow("address") << Names{"a.example"} << QByteArray("192.0.2.1") << false;
}

void TestCertificate::names()
{
    QFETCH(QList<QByteArray>, inCertificate);
    QFETCH(QByteArray, host);
    QFETCH(bool, matches);
    const TestIdentity made = m_pki.leaf(CertificateWish{.commonName = "common.example",
                                                         .dnsNames = inCertificate,
                                                         .ipAddresses = {"192.0.2.1"}});
    QCOMPARE(namesHost(parsed(made.certificate).at(0), host), matches);
    QCOMPARE(judge(m_pki.chain(made), host).nameMatches, matches);
}

void TestCertificate::chains_data()
{
    QTest::addColumn<QByteArray>("chain");
    QTest::addColumn<PkixVerdict>("expected"); // without error text
    const QByteArray host = "mx1.example.com";
    const auto with = [&](auto change) {
        CertificateWish wish = wishFor(host);
        change(wish);
        return m_pki.chain(m_pki.leaf(wish));
    };
    const auto verdict = [](auto change) {
        PkixVerdict expected;
        expected.looked = expected.trusted = expected.nameMatches = true;
        change(expected);
        return expected;
    };
    const TestIdentity good = m_pki.leaf(wishFor(host));
    const auto nothing = [](auto &) {};
    const auto past = m_now.addDays(-1);
    const auto future = m_now.addDays(1);

    QTest::newRow("good") << m_pki.chain(good) << verdict(nothing);
    QTest::newRow("root sent too")
            << m_pki.chain(good) + m_pki.root.certificate << verdict(nothing);
    QTest::newRow("other order") << good.certificate + m_pki.root.certificate +
                                            m_pki.intermediate.certificate
                                 << verdict(nothing);
    QTest::newRow("Ed25519") << with([](auto &w) { w.key = TestKey::Ed25519; }) << verdict(nothing);
    QTest::newRow("expired") << with([&](auto &w) {
        w.notBefore = past.addDays(-9);
        w.notAfter = past;
    }) << verdict([](auto &v) { v.expired = true; });
    QTest::newRow("not yet valid") << with([&](auto &w) { w.notBefore = future; })
                                   << verdict([](auto &v) { v.notYetValid = true; });
    QTest::newRow("intermediate not sent") << good.certificate << verdict([](auto &v) {
        v.trusted = false;
        v.incomplete = true;
    });
    QTest::newRow("self-signed") << makeCertificate(wishFor(host)).certificate
                                 << verdict([](auto &v) {
                                        v.trusted = false;
                                        v.selfSigned = true;
                                    });
    const TestPki other;
    QTest::newRow("unknown root, sent")
            << other.chain(other.leaf(wishFor(host))) + other.root.certificate
            << verdict([](auto &v) { v.trusted = false; });
    QTest::newRow("for clients only") << with([](auto &w) { w.clientOnly = true; })
                                      << verdict([](auto &v) { v.trusted = false; });
    QTest::newRow("small RSA key") << with([](auto &w) { w.key = TestKey::Rsa1024; })
                                   << verdict([](auto &v) { v.weak = true; });
    QTest::newRow("SHA-1") << with([](auto &w) { w.sha1 = true; })
                           << verdict([](auto &v) { v.weak = true; });
    const TestIdentity oldIssuer = makeCertificate({.commonName = "Old",
                                                    .notBefore = past.addDays(-9),
                                                    .notAfter = past,
                                                    .isAuthority = true},
                                                   &m_pki.root);
    QTest::newRow("issuer expired")
            << makeCertificate(wishFor(host), &oldIssuer).certificate + oldIssuer.certificate
            << verdict([](auto &v) {
                   v.trusted = false;
                   v.expired = true;
               });
    const TestIdentity notCa = makeCertificate({.commonName = "Not a CA"}, &m_pki.root);
    QTest::newRow("issuer is no CA")
            << makeCertificate(wishFor(host), &notCa).certificate + notCa.certificate
            << verdict([](auto &v) { v.trusted = false; });
}

void TestCertificate::chains()
{
    QFETCH(QByteArray, chain);
    QFETCH(PkixVerdict, expected);
    PkixVerdict verdict = judge(chain);
    const bool clean = expected.trusted && !expected.expired && !expected.notYetValid;
    QCOMPARE(verdict.error.isEmpty(), clean);
    QCOMPARE(verdict.errorDepth < 0, clean);
    QCOMPARE(verdict.isValid(), clean && !expected.weak);
    // Some faults bring others along: only a missing issuer is told as such.
    QCOMPARE(verdict.trusted, expected.trusted);
    QCOMPARE(verdict.incomplete, expected.incomplete);
    verdict.error.clear();
    verdict.errorDepth = -1;
    QCOMPARE(verdict.weakest, verdict.weak ? parsed(chain).constFirst().der : QByteArray());
    verdict.weakest.clear();
    QCOMPARE(verdict, expected);
}

void TestCertificate::nothingToSay()
{
    QVERIFY(!judge({}).looked);
    QVERIFY(!judgeChain(parsed(m_pki.root.certificate), "a.example", TrustStore(), m_now).looked);
    QVERIFY(!judgeChain({Certificate()}, "a.example", TrustStore::only({}), m_now).looked);
    // A computer without any roots can say nothing of trust.
    const QTemporaryDir empty;
    QVERIFY(!judgeChain(parsed(m_pki.root.certificate), "a.example",
                        TrustStore::hashed(empty.path(), {}), m_now)
                     .looked);
}

void TestCertificate::rootSignatureDoesNotCount()
{
    const TestIdentity root =
            makeCertificate({.commonName = "Old root", .isAuthority = true, .sha1 = true});
    const TestIdentity leaf = makeCertificate(wishFor("mx1.example.com"), &root);
    const PkixVerdict verdict =
            judgeChain(parsed(leaf.certificate + root.certificate), "mx1.example.com",
                       TrustStore::only(root.certificate), m_now);
    QVERIFY(verdict.isValid());
    QVERIFY(!verdict.weak);
}

void TestCertificate::oneStoreForAll()
{
    const TrustStore store = TrustStore::only(m_pki.root.certificate);
    const TrustStore copy = store; // NOLINT(performance-unnecessary-copy-initialization)
    QCOMPARE(copy.d.get(), store.d.get());
}

void TestCertificate::extraRoots()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("bed.pem"));
    const QList<Certificate> chain = parsed(m_pki.chain(m_pki.leaf(wishFor("mx1.example.com"))));
    const TrustStore missing = TrustStore::system(path);
    QVERIFY(missing.problem().contains(QLatin1String("bed.pem")));
    QVERIFY(!judgeChain(chain, "mx1.example.com", missing, m_now).trusted);
    QVERIFY(writeFile(path, m_pki.root.certificate));
    const TrustStore extra = TrustStore::system(path);
    QVERIFY(judgeChain(chain, "mx1.example.com", extra, m_now).isValid());
    QVERIFY(!judgeChain(chain, "mx1.example.com", extra, m_now).localRoot);
}

// STS-47: a hashed directory as c_rehash makes it, with a root that an administrator added.
void TestCertificate::localRoots()
{
    const QTemporaryDir hashed;
    const QTemporaryDir local;
    const QList<Certificate> chain = parsed(m_pki.chain(m_pki.leaf(wishFor("mx1.example.com"))));
    const QString file = local.filePath(QStringLiteral("company.crt"));
    QVERIFY(writeFile(file, m_pki.root.certificate));
    const QString hash = QStringLiteral("%1.0").arg(
            subjectHash(parsed(m_pki.root.certificate).at(0)), 8, 16, QLatin1Char('0'));
    QVERIFY(QFile::link(file, hashed.filePath(hash)));

    const PkixVerdict added = judgeChain(chain, "mx1.example.com",
                                         TrustStore::hashed(hashed.path(), {local.path()}), m_now);
    QVERIFY(added.trusted);
    QVERIFY(added.localRoot);
    const PkixVerdict distributed =
            judgeChain(chain, "mx1.example.com", TrustStore::hashed(hashed.path(), {}), m_now);
    QVERIFY(distributed.trusted);
    QVERIFY(!distributed.localRoot);
}

QTEST_APPLESS_MAIN(TestCertificate)
#include "tst_certificate.moc"
