// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of policy_fetch.json are in tst_policyhost; here is what the report makes of them.
#include "check/judged.h"

class tst_PolicyHostCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodHost();
    void oneAddressOfTwo();
    void certificateEndsSoon();
    void inspectedConnection();
    void http2AloneIsUnknown();
    void recordWithoutPolicy();
    void hostOfADomainWithoutRecord();
    void lookThatWasNotMade();
};

void tst_PolicyHostCheck::goodHost()
{
    FakeWorld world;
    const Report report = judged(world);
    SAYS(report, "STS-45.ok", Ok);
    SAYS(report, "STS-46.ok", Ok);
}

void tst_PolicyHostCheck::oneAddressOfTwo()
{
    FakeWorld world;
    world.dns.a("mta-sts.shop.example",
                {QStringLiteral("192.0.2.80"), QStringLiteral("192.0.2.81")});
    const Report report = judged(world);
    SAYS(report, "STS-58", Warning);
    SAYS_NOT(report, "STS-45.ok"); // not at every address
    QCOMPARE(report.verdict, Verdict::Warning);
    QCOMPARE(report.sts, Report::Sts::Enforce);
}

void tst_PolicyHostCheck::certificateEndsSoon()
{
    FakeWorld world;
    TlsFacts &tls = world.http.fetches[QStringLiteral("192.0.2.80")].tls;
    tls.chain = {fakeCertificate({QStringLiteral("mta-sts.shop.example")},
                                 QDateTime::currentDateTimeUtc().addDays(10))};
    world.http.fetches[QStringLiteral("192.0.2.80")].at = QDateTime::currentDateTimeUtc();
    const Report report = judged(world);
    SAYS(report, "STS-92.soon", Warning);
    SAYS_NOT(report, "STS-46.ok");
    qsizetype told = 0;
    for (const Finding &finding : report.findings)
        told += finding.rule() == "STS-92";
    QCOMPARE(told, 1);
}

void tst_PolicyHostCheck::http2AloneIsUnknown()
{
    FakeWorld world;
    PolicyFetch &fetch = world.http.fetches[QStringLiteral("192.0.2.80")];
    fetch.http2Only = true;
    fetch.end = PolicyFetch::End::HttpBroken;
    fetch.problem = QStringLiteral("the server speaks only HTTP/2");
    fetch.body.clear();
    const Report report = judged(world);
    SAYS(report, "STS-58.http2", Unknown);
    QCOMPARE(findingsOf(report, "STS-58.http2").first().evidence, fetch.problem);
    QCOMPARE(report.sts, Report::Sts::Unknown);
}

void tst_PolicyHostCheck::inspectedConnection()
{
    FakeWorld world;
    world.http.fetches[QStringLiteral("192.0.2.80")].tls.pkix.localRoot = true;
    const Report report = judged(world);
    SAYS(report, "STS-47.local", Unknown);
    QCOMPARE(report.sts, Report::Sts::Unknown);
    QCOMPARE(report.verdict, Verdict::Unknown);
}

void tst_PolicyHostCheck::recordWithoutPolicy()
{
    FakeWorld world;
    world.http.fetches[QStringLiteral("192.0.2.80")].status = 404;
    const Report report = judged(world);
    SAYS(report, "STS-50", Error);
    SAYS(report, "STS-57", Error);
    SAYS_NOT(report, "STS-45.ok");
    QCOMPARE(report.sts, Report::Sts::Broken);
}

void tst_PolicyHostCheck::hostOfADomainWithoutRecord()
{
    FakeWorld world;
    world.dns.remove("_mta-sts.shop.example");
    world.http.fetches[QStringLiteral("192.0.2.80")].status = 404;
    const Report report = judged(world);
    SAYS(report, "STS-21.absent", Info); // a web site of its own is no fault
    SAYS_NOT(report, "STS-50");
    QCOMPARE(report.verdict, Verdict::NotDeployed);
}

void tst_PolicyHostCheck::lookThatWasNotMade()
{
    FakeWorld world;
    Survey survey = world.look();
    survey.policyDone = false;
    SAYS(judge(survey), "STS-45.unfinished", Unknown);
    survey.finished = false;
    SAYS_NOT(judge(survey), "STS-45.unfinished");
}

QTEST_GUILESS_MAIN(tst_PolicyHostCheck)
#include "tst_policyhostcheck.moc"
