// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The authority of the practice internet, judged as any certificate is.
#include "net/certificate.h"
#include "practice/authority.h"

#include <QTest>

namespace {

const QByteArray Host = "mta-sts.example.com";

} // namespace

class tst_Authority : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verdicts_data();
    void verdicts();
    void leafIsAsOrdered();
    void longNameHasNoCommonName();
    void intermediateIsNeeded();
    void everyAuthorityIsItsOwn();
    void weakIntermediate();
    void nameInTheSubjectOnly();
    void rsaKey();
    void whatNobodyCanMake();

private:
    PkixVerdict judge(const QByteArray &chain, const QByteArray &name = Host) const
    {
        return judgeChain(certificatesFromPem(chain), name, TrustStore::only(m_authority->root()),
                          m_now);
    }

    const Result<PracticeAuthority> m_authority = PracticeAuthority::make();
    const QDateTime m_now = QDateTime::currentDateTimeUtc();
};

void tst_Authority::verdicts_data()
{
    QTest::addColumn<QList<QByteArray>>("dnsNames");
    QTest::addColumn<QDateTime>("notBefore");
    QTest::addColumn<QDateTime>("notAfter");
    QTest::addColumn<bool>("isSelfSigned");
    QTest::addColumn<QByteArray>("wrong"); // in alphabetical order
    const QDateTime usual;
    const QDateTime lastYear = m_now.addDays(-365);
    const QByteArray longName = QByteArray("mta-sts.") + QByteArray(60, 'a') + ".example.com";

    QTest::newRow("good") << QList<QByteArray>{Host} << usual << usual << false << QByteArray();
    QTest::newRow("second of two names")
            << QList<QByteArray>{"example.com", Host} << usual << usual << false << QByteArray();
    QTest::newRow("wildcard") << QList<QByteArray>{"*.example.com"} << usual << usual << false
                              << QByteArray();
    QTest::newRow("wrong name") << QList<QByteArray>{"www.example.com"} << usual << usual << false
                                << QByteArray("name");
    QTest::newRow("other name too long for a common name")
            << QList<QByteArray>{longName} << usual << usual << false << QByteArray("name");
    QTest::newRow("expired") << QList<QByteArray>{Host} << lastYear << lastYear.addDays(90) << false
                             << QByteArray("expired");
    QTest::newRow("expired by its usual days")
            << QList<QByteArray>{Host} << lastYear << usual << false << QByteArray("expired");
    QTest::newRow("not yet valid")
            << QList<QByteArray>{Host} << m_now.addDays(1) << usual << false << QByteArray("early");
    QTest::newRow("self-signed") << QList<QByteArray>{Host} << usual << usual << true
                                 << QByteArray("selfsigned untrusted");
}

void tst_Authority::verdicts()
{
    QVERIFY(m_authority);
    QFETCH(QList<QByteArray>, dnsNames);
    QFETCH(QDateTime, notBefore);
    QFETCH(QDateTime, notAfter);
    QFETCH(bool, isSelfSigned);
    const auto leaf = m_authority->issue({dnsNames, notBefore, notAfter, isSelfSigned});
    QVERIFY(leaf);
    const PkixVerdict verdict = judge(m_authority->chain(*leaf));
    QByteArrayList wrong;
    if (verdict.notYetValid)
        wrong.append("early");
    if (verdict.expired)
        wrong.append("expired");
    if (!verdict.nameMatches)
        wrong.append("name");
    if (verdict.selfSigned)
        wrong.append("selfsigned");
    if (!verdict.trusted)
        wrong.append("untrusted");
    QTEST(wrong.join(' '), "wrong");
    QCOMPARE(verdict.isValid(), wrong.isEmpty());
    QVERIFY(verdict.looked && !verdict.weak && !verdict.incomplete);
}

void tst_Authority::leafIsAsOrdered()
{
    const QDateTime from(m_now.date().addDays(-365), {10, 11, 12}, Qt::UTC);
    const auto leaf = m_authority->issue(
            {.dnsNames = {Host, "*.example.com"}, .notBefore = from, .notAfter = from.addDays(7)});
    const QList<Certificate> chain = certificatesFromPem(m_authority->chain(*leaf));
    QCOMPARE(chain.size(), 2);
    QCOMPARE(chain.at(0).commonName, QString::fromLatin1(Host));
    QCOMPARE(chain.at(0).dnsNames,
             (QStringList{QString::fromLatin1(Host), QStringLiteral("*.example.com")}));
    QCOMPARE(chain.at(0).notBefore, from);
    QCOMPARE(chain.at(0).notAfter, from.addDays(7));
    for (const Certificate &certificate : chain) {
        QCOMPARE(certificate.keyType, QByteArray("EC"));
        QCOMPARE(certificate.keyBits, 256);
    }
    QCOMPARE(chain.at(0).issuer, chain.at(1).subject);
    const TrustStore trust = TrustStore::only(m_authority->root());
    QVERIFY(judgeChain(chain, Host, trust, from.addDays(1)).isValid()); // its authority is older
    const auto again = m_authority->issue({.dnsNames = {Host}});
    QVERIFY(certificatesFromPem(again->certificate).at(0).publicKey != chain.at(0).publicKey);
}

void tst_Authority::longNameHasNoCommonName()
{
    const QByteArray name = QByteArray("mta-sts.") + QByteArray(60, 'a') + ".example.com";
    const auto leaf = m_authority->issue({.dnsNames = {name}});
    QVERIFY(leaf);
    QCOMPARE(certificatesFromPem(leaf->certificate).at(0).commonName, QString());
    QVERIFY(judge(m_authority->chain(*leaf), name).isValid());
}

void tst_Authority::intermediateIsNeeded()
{
    const auto leaf = m_authority->issue({.dnsNames = {Host}});
    const PkixVerdict verdict = judge(leaf->certificate);
    QVERIFY(verdict.incomplete && !verdict.trusted);
}

void tst_Authority::everyAuthorityIsItsOwn()
{
    const auto other = PracticeAuthority::make();
    QVERIFY(other);
    const auto leaf = other->issue({.dnsNames = {Host}});
    const PkixVerdict verdict = judge(other->chain(*leaf));
    QVERIFY(verdict.looked && !verdict.trusted);
}

void tst_Authority::weakIntermediate()
{
    const auto weak = m_authority->withWeakIntermediate();
    QVERIFY(weak);
    QCOMPARE(weak->root(), m_authority->root());
    const auto leaf = weak->issue({.dnsNames = {Host}});
    const PkixVerdict verdict = judge(weak->chain(*leaf));
    QVERIFY2(verdict.trusted, qPrintable(verdict.error));
    QVERIFY(verdict.weak && !verdict.isValid());
    QCOMPARE(verdict.weakest, certificatesFromPem(weak->chain(*leaf)).at(1).der);
}

void tst_Authority::nameInTheSubjectOnly()
{
    const auto leaf = m_authority->issue({.dnsNames = {Host}, .hasAltNames = false});
    QVERIFY(leaf);
    const Certificate read = certificatesFromPem(leaf->certificate).value(0);
    QCOMPARE(read.commonName, QString::fromLatin1(Host));
    QVERIFY(read.dnsNames.isEmpty());
    const PkixVerdict verdict = judge(m_authority->chain(*leaf));
    QVERIFY(verdict.trusted && !verdict.nameMatches);
}

void tst_Authority::rsaKey()
{
    const auto leaf = m_authority->issue({.dnsNames = {Host}, .key = PracticeKey::Rsa});
    QVERIFY(leaf);
    QCOMPARE(certificatesFromPem(leaf->certificate).value(0).keyType, QByteArray("RSA"));
    QVERIFY(judge(m_authority->chain(*leaf)).isValid());
}

void tst_Authority::whatNobodyCanMake()
{
    const auto leaf = m_authority->issue({.dnsNames = {QByteArray("\xff\xfe.example.com")}});
    QVERIFY(!leaf); // a common name is UTF-8
    QCOMPARE(leaf.error().kind, Error::Kind::Unexpected);
}

QTEST_GUILESS_MAIN(tst_Authority)
#include "tst_authority.moc"
