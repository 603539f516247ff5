// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/judged.h"

class tst_Dnssec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signedZone();
    void signaturesThatEndSoon_data();
    void signaturesThatEndSoon();
    void unsignedZone();
    void signedWithoutDelegation();
    void resolverThatDoesNotValidate();
    void validationThatFailed();
};

void tst_Dnssec::signedZone()
{
    FakeWorld world;
    SAYS(judged(world), "DNS-9.ok", Ok);
}

void tst_Dnssec::signaturesThatEndSoon_data()
{
    QTest::addColumn<qint64>("age"); // hours
    QTest::addColumn<qint64>("left");
    QTest::addColumn<bool>("isTold");
    QTest::newRow("made an hour ago, for two weeks") << qint64(1) << qint64(335) << false;
    QTest::newRow("signed anew five days before the end") << qint64(216) << qint64(120) << false;
    QTest::newRow("two days before the end") << qint64(288) << qint64(48) << false;
    QTest::newRow("the last hours") << qint64(320) << qint64(16) << true;
    QTest::newRow("ended while the answer was kept") << qint64(336) << qint64(-1) << true;
    QTest::newRow("made as it was asked for") << qint64(24) << qint64(24) << false;
    QTest::newRow("made as it was asked for, long ago") << qint64(44) << qint64(4) << true;
}

void tst_Dnssec::signaturesThatEndSoon()
{
    QFETCH(qint64, age);
    QFETCH(qint64, left);
    QFETCH(bool, isTold);
    FakeWorld world;
    Survey survey = world.look();
    const qint64 now = survey.at.toSecsSinceEpoch();
    const SignatureSpan good{"shop.example", now - 3600, now + 14 * 86400};
    const SignatureSpan span{"shop.example", now - age * 3600, now + left * 3600};
    survey.mx->signature = good;
    survey.hosts.first().a->signature = span;
    const Report report = judge(survey);
    QCOMPARE(count(report, "DNS-10.ending"), isTold ? 1 : 0);
    if (isTold)
        SAYS(report, "DNS-10.ending", Warning);
    // Of an answer that was not validated nothing is known.
    survey.hosts.first().a->security = Security::Insecure;
    SAYS_NOT(judge(survey), "DNS-10.ending");
}

void tst_Dnssec::unsignedZone()
{
    FakeWorld world;
    world.dns.setDefaultSecurity(Security::Insecure);
    const Report report = judged(world);
    SAYS(report, "DNS-10.unsigned", Info);
    SAYS_NOT(report, "DNS-9.ok");
    QVERIFY2(report.verdict == Verdict::Ok, listed(report).constData()); // MTA-STS works without
}

void tst_Dnssec::signedWithoutDelegation()
{
    FakeWorld world;
    world.dns.setDefaultSecurity(Security::Insecure);
    world.dns.records("shop.example", RecordType::DNSKEY, {QByteArray::fromHex("01010308")});
    SAYS(judged(world), "DNS-10.nods", Info);
}

void tst_Dnssec::resolverThatDoesNotValidate()
{
    FakeWorld world;
    world.dns.rootKey(Security::Insecure);
    const Report report = judged(world);
    SAYS(report, "DNS-15", Unknown);
    SAYS(report, "DANE-1", Unknown);
    SAYS_NOT(report, "DNS-9.ok");
    SAYS_NOT(report, "DNS-10.unsigned");
    QCOMPARE(report.verdict, Verdict::Unknown);
    QCOMPARE(report.dane, Report::Dane::Unknown);
}

void tst_Dnssec::validationThatFailed()
{
    FakeWorld world;
    world.dns.fails(".", RecordType::DNSKEY);
    const Report report = judged(world);
    SAYS(report, "DNS-15.failed", Unknown);
    QCOMPARE(report.verdict, Verdict::Unknown);
}

QTEST_GUILESS_MAIN(tst_Dnssec)
#include "tst_dnssec.moc"
