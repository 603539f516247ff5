// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/judged.h"

namespace {

const QByteArray Record = "_mta-sts.shop.example";
const QByteArray Host = "mta-sts.shop.example";

} // namespace

class tst_Delegation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aliasOfARecord();
    void aliasWithoutRecord();
    void aliasToNowhere();
    void aliasOfTheHostToNowhere();
    void leftoverAliasOfTheHost();
    void aliasOfTheHostThatWorks();
    void wildcardAliasIsNoDelegation();
    void failuresOfTheHostName();
};

void tst_Delegation::aliasOfARecord()
{
    FakeWorld world;
    world.dns.remove(Record);
    world.dns.alias(Record, "_mta-sts.provider.example");
    world.dns.txt("_mta-sts.provider.example", {"v=STSv1; id=1;"});
    const Report report = judged(world);
    SAYS(report, "STS-12", Info);
    SAYS(report, "STS-4.ok", Ok);
    SAYS_NOT(report, "STS-89");
    QVERIFY2(report.verdict == Verdict::Ok, listed(report).constData());
}

void tst_Delegation::aliasWithoutRecord()
{
    FakeWorld world;
    world.dns.remove(Record);
    world.dns.alias(Record, "provider.example");
    world.dns.a("provider.example", {QStringLiteral("192.0.2.9")});
    world.dns.remove(Host);
    const Report report = judged(world);
    SAYS(report, "STS-89", Error);
    QCOMPARE(report.verdict, Verdict::Error);
    QCOMPARE(report.sts, Report::Sts::Broken); // meant, and not there
}

void tst_Delegation::aliasToNowhere()
{
    FakeWorld world;
    world.dns.remove(Record);
    world.dns.alias(Record, "gone.provider.example");
    SAYS(judged(world), "STS-89.gone", Error);
}

void tst_Delegation::aliasOfTheHostToNowhere()
{
    FakeWorld world;
    world.dns.remove(Host);
    world.dns.alias(Host, "gone.provider.example");
    const Report report = judged(world);
    SAYS(report, "STS-89.host", Error);
    SAYS(report, "STS-57", Error);
    SAYS_NOT(report, "STS-21"); // an alias that is there is not to be added
}

void tst_Delegation::leftoverAliasOfTheHost()
{
    FakeWorld world;
    world.dns.remove(Record);
    world.dns.remove(Host);
    world.dns.alias(Host, "gone.provider.example");
    const Report report = judged(world);
    SAYS(report, "STS-89.host", Warning);
    QCOMPARE(report.verdict, Verdict::NotDeployed);
}

void tst_Delegation::aliasOfTheHostThatWorks()
{
    FakeWorld world;
    world.dns.remove(Host);
    world.dns.alias(Host, "pages.provider.example");
    world.dns.a("pages.provider.example", {QStringLiteral("192.0.2.80")});
    const Report report = judged(world);
    SAYS_NOT(report, "STS-89.host");
    QVERIFY2(report.verdict == Verdict::Ok, listed(report).constData());
}

void tst_Delegation::wildcardAliasIsNoDelegation()
{
    FakeWorld world;
    world.dns.remove(Record);
    world.dns.remove(Host);
    world.dns.alias(Record, "parked.provider.example");
    world.dns.alias(Host, "parked.provider.example");
    Survey survey = world.look();
    survey.wildcard = survey.sts;
    survey.wildcard->name = "xrandom.shop.example";
    const Report report = judge(survey);
    SAYS_NOT(report, "STS-89.gone");
    SAYS_NOT(report, "STS-89.host");
    SAYS_NOT(report, "STS-12");
    QCOMPARE(report.verdict, Verdict::NotDeployed);
}

void tst_Delegation::failuresOfTheHostName()
{
    FakeWorld world;
    world.dns.bogus(Host, RecordType::A);
    world.dns.bogus(Host, RecordType::AAAA);
    const Report report = judged(world);
    SAYS(report, "DNS-9", Error);
    QCOMPARE(count(report, "DNS-9"), 1);
    world.dns.remove(Host);
    world.dns.alias(Host, Host);
    SAYS(judged(world), "DNS-4", Error);
}

QTEST_GUILESS_MAIN(tst_Delegation)
#include "tst_delegation.moc"
