// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/judged.h"

class tst_Dnssec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signedZone();
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
