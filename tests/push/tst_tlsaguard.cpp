// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What speaks against TLSA records, and that a gap is never taken for "nothing does".
#include "dane/tlsamaking.h"
#include "fakes/testpki.h"
#include "push/tlsaguard.h"

#include <QTest>

namespace {

const QByteArray Host = "mx1.example.com";
const QByteArray Owner = "_25._tcp.mx1.example.com";
const DaneLookup Secure{true, AnswerStatus::Found, Security::Secure};
const DaneLookup Insecure{true, AnswerStatus::Found, Security::Insecure};
const DaneLookup Bogus{true, AnswerStatus::Failed, Security::Bogus};
const DaneLookup Failed{true, AnswerStatus::Failed, Security::Unknown};
const DaneLookup Unvalidated{true, AnswerStatus::Found, Security::Unknown};
const DaneLookup Absent{true, AnswerStatus::NoName, Security::Secure};

const TestPki &pki()
{
    static const TestPki one;
    return one;
}

QList<Certificate> chain(TestKey kind)
{
    CertificateWish wish;
    wish.dnsNames = {Host};
    wish.key = kind;
    return certificatesFromPem(pki().chain(pki().leaf(wish)));
}

struct Keys
{
    QList<Certificate> ec = chain(TestKey::P256), rsa = chain(TestKey::Rsa2048),
                       next = chain(TestKey::P256);
};

const Keys &keys()
{
    static const Keys all;
    return all;
}

DnsRecord record(const QList<Certificate> &chain, const QByteArray &combo = "3 1 1 ",
                 quint8 selector = 1)
{
    return {Owner, RecordType::TLSA, 3600,
            combo + tlsaData(chain.constFirst(), selector, 1).toHex()};
}

TlsaSight sight(const QList<QList<Certificate>> &chains)
{
    TlsaSight seen{Owner, Host};
    seen.chains = chains;
    seen.validates = true;
    seen.zone = seen.address = Secure;
    return seen;
}

QByteArray ids(const QList<Issue> &issues)
{
    QByteArrayList all;
    for (const Issue &issue : issues)
        all.append(issue.id);
    return all.join(' ');
}

Plan planOf(const QList<DnsRecord> &after, RecordType type = RecordType::TLSA)
{
    Plan plan;
    plan.zone = {"example.com", "example.com", {}};
    plan.sets = {{Owner, type, {}, after}};
    return plan;
}

} // namespace

class tst_TlsaGuard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void zone_data();
    void zone();
    void everyKeyIsCovered_data();
    void everyKeyIsCovered();
    void gaps();
    void plans();
    void onlyWhatIsNew();
    void anotherKeyIsNew();
};

void tst_TlsaGuard::zone_data()
{
    QTest::addColumn<bool>("validates");
    QTest::addColumn<DaneLookup>("zone");
    QTest::addColumn<DaneLookup>("address");
    QTest::addColumn<QByteArray>("reasons");
    QTest::newRow("signed") << true << Secure << Secure << QByteArray();
    QTest::newRow("no resolver that validates")
            << false << Secure << Secure << QByteArray("DANE-1");
    QTest::newRow("not signed") << true << Insecure << Insecure << QByteArray("DANE-5.publish");
    QTest::newRow("host in an unsigned part")
            << true << Secure << Insecure << QByteArray("DANE-5.publish");
    QTest::newRow("broken") << true << Bogus << Secure << QByteArray("DANE-10");
    QTest::newRow("broken at the host") << true << Secure << Bogus << QByteArray("DANE-10");
    QTest::newRow("no answer") << true << Failed << Secure << QByteArray("DNS-1");
    QTest::newRow("no answer for the host") << true << Secure << Failed << QByteArray("DNS-1");
    QTest::newRow("not asked") << true << DaneLookup() << Secure << QByteArray("DNS-1");
    QTest::newRow("not validated") << true << Unvalidated << Secure << QByteArray("DANE-1");
    QTest::newRow("no such zone") << true << Absent << Secure << QByteArray("DNS-1");
    QTest::newRow("no such host") << true << Secure << Absent << QByteArray("DNS-1");
}

void tst_TlsaGuard::zone()
{
    QFETCH(DaneLookup, zone);
    QFETCH(DaneLookup, address);
    QFETCH(bool, validates);
    TlsaSight seen = sight({keys().ec});
    seen.zone = zone;
    seen.address = address;
    seen.validates = validates;
    QTEST(ids(zoneReasons(seen)), "reasons");
    QCOMPARE(ids(zoneReasons(TlsaSight{Owner, Host})), QByteArray("DANE-1")); // nobody looked
}

void tst_TlsaGuard::everyKeyIsCovered_data()
{
    QTest::addColumn<QList<DnsRecord>>("records");
    QTest::addColumn<QList<QList<Certificate>>>("shown");
    QTest::addColumn<QByteArray>("reasons");
    using Records = QList<DnsRecord>;
    using Chains = QList<QList<Certificate>>;
    const Keys &k = keys();
    const DnsRecord wholeOld = record(k.next, "3 0 1 ", 0);
    QTest::newRow("one key") << Records{record(k.ec)} << Chains{k.ec} << QByteArray();
    QTest::newRow("with the next one")
            << Records{record(k.ec), record(k.next)} << Chains{k.ec} << QByteArray();
    QTest::newRow("only the next one")
            << Records{record(k.next)} << Chains{k.ec} << QByteArray("DANE-28");
    QTest::newRow("RSA and ECDSA")
            << Records{record(k.ec), record(k.rsa)} << Chains{k.ec, k.rsa} << QByteArray();
    QTest::newRow("ECDSA alone of two")
            << Records{record(k.ec)} << Chains{k.ec, k.rsa} << QByteArray("DANE-38");
    QTest::newRow("another address, another key")
            << Records{record(k.ec)} << Chains{k.ec, k.next} << QByteArray("DANE-38");
    QTest::newRow("redundant combination") // senders get through: said elsewhere
            << Records{record(k.ec), wholeOld} << Chains{k.ec} << QByteArray();
    QTest::newRow("the old combination alone")
            << Records{wholeOld} << Chains{k.ec} << QByteArray("DANE-28");
}

void tst_TlsaGuard::everyKeyIsCovered()
{
    QFETCH(QList<DnsRecord>, records);
    QFETCH(QList<QList<Certificate>>, shown);
    QTEST(ids(keyReasons(records, sight(shown))), "reasons");
}

void tst_TlsaGuard::gaps()
{
    TlsaSight seen = sight({keys().ec});
    seen.unseen = {QStringLiteral("2001:db8::1 no answer")};
    QCOMPARE(ids(keyReasons({record(keys().ec)}, seen)), QByteArray("DANE-38.unseen"));
    QCOMPARE(ids(keyReasons({record(keys().ec)}, sight({}))), QByteArray("DANE-1.unseen"));
}

void tst_TlsaGuard::plans()
{
    const Plan good = planOf({record(keys().ec)});
    QVERIFY(promisesKeys(good));
    QVERIFY(reasonsAgainstTlsa(good, {sight({keys().ec})}).isEmpty());
    // Another owner's look is none of this one.
    TlsaSight other = sight({keys().ec});
    other.owner = "_25._tcp.mx2.example.com";
    const QList<Finding> blind = reasonsAgainstTlsa(good, {other});
    QCOMPARE(blind.size(), 2); // neither zone nor keys are known
    QCOMPARE(blind.first().subject, QString::fromLatin1(Host));
    // What promises nothing needs no look: removing all, and other types.
    const Plan gone = planOf({});
    QVERIFY(!promisesKeys(gone) && reasonsAgainstTlsa(gone, {}).isEmpty());
    const Plan texts = planOf({record(keys().ec)}, RecordType::TXT);
    QVERIFY(!promisesKeys(texts) && reasonsAgainstTlsa(texts, {}).isEmpty());
}

void tst_TlsaGuard::onlyWhatIsNew()
{
    const Finding unseen = toFinding({"DANE-38.unseen",
                                      Severity::Unknown,
                                      {QStringLiteral("a"), QStringLiteral("192.0.2.1")}},
                                     Group::Dane, QStringLiteral("mx1.example.com"));
    Finding later = unseen;
    later.values = QStringList{QStringLiteral("a"), QStringLiteral("192.0.2.1 another reason")};
    QVERIFY(newReasons({later}, {unseen}).isEmpty());
    later.values = QStringList{QStringLiteral("a"), QStringLiteral("192.0.2.2")};
    QCOMPARE(newReasons({later}, {unseen}).size(), 1); // another address
    later = unseen;
    later.subject = QStringLiteral("mx2.example.com");
    QCOMPARE(newReasons({later}, {unseen}).size(), 1);
    later = unseen;
    later.id = "DANE-28";
    QCOMPARE(newReasons({unseen, later}, {unseen}), QList<Finding>{later});
}

void tst_TlsaGuard::anotherKeyIsNew()
{
    const Plan plan = planOf({record(keys().rsa)});
    const QList<Finding> told = reasonsAgainstTlsa(plan, {sight({keys().ec})});
    QVERIFY(!told.isEmpty());
    QCOMPARE(newReasons(told, told), QList<Finding>());
    const QList<Finding> now = reasonsAgainstTlsa(plan, {sight({keys().next})});
    QCOMPARE(newReasons(now, told), now); // the yes was to another key
    const QList<Finding> both = reasonsAgainstTlsa(plan, {sight({keys().next, keys().ec})});
    QVERIFY(!newReasons(both, told).isEmpty());
    const QList<Finding> turned = reasonsAgainstTlsa(plan, {sight({keys().ec, keys().next})});
    QCOMPARE(newReasons(turned, both), QList<Finding>()); // in another order
}

QTEST_GUILESS_MAIN(tst_TlsaGuard)
#include "tst_tlsaguard.moc"
