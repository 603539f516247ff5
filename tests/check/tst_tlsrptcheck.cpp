// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the record's text amounts to is tested with the parser; here is absence, and what only the
// rest of the domain shows.
#include "check/judged.h"

namespace {

const QByteArray Name = "_smtp._tls.shop.example";

} // namespace

class tst_TlsRptCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodRecord();
    void absence();
    void absenceWithDane();
    void misplaced();
    void lookUpThatFails();
    void brokenRecords_data();
    void brokenRecords();
    void suppression();
    void recordsOfTheServers();
};

void tst_TlsRptCheck::goodRecord()
{
    FakeWorld world;
    const Report report = judged(world);
    SAYS(report, "RPT-2.ok", Ok);
    SAYS(report, "RPT-13", Info); // reports.example is somebody else
    SAYS_NOT(report, "RPT-16");   // signed
}

void tst_TlsRptCheck::absence()
{
    FakeWorld world;
    world.dns.remove(Name);
    SAYS(judged(world), "RPT-1.active", Warning); // a policy without reports
    world.dns.remove("_mta-sts.shop.example");
    world.dns.remove("mta-sts.shop.example");
    const Report report = judged(world);
    SAYS(report, "RPT-1", Info);
    SAYS_NOT(report, "RPT-1.active");
}

void tst_TlsRptCheck::absenceWithDane()
{
    FakeWorld world;
    world.dns.remove(Name);
    world.dns.remove("_mta-sts.shop.example");
    world.dns.remove("mta-sts.shop.example");
    world.dns.tlsa("_25._tcp.mx1.shop.example", {{3, 1, 1, QByteArray(32, 'x')}});
    SAYS(judged(world), "RPT-1.active", Warning);
}

void tst_TlsRptCheck::misplaced()
{
    FakeWorld world;
    world.dns.remove(Name);
    world.dns.txt("_tls._smtp.shop.example", {"v=TLSRPTv1; rua=mailto:tls@reports.example"});
    const Report report = judged(world);
    SAYS(report, "RPT-1.misplaced", Error);
    SAYS_NOT(report, "RPT-1.active");
}

void tst_TlsRptCheck::lookUpThatFails()
{
    FakeWorld world;
    world.dns.fails(Name, RecordType::TXT);
    Report report = judged(world);
    SAYS(report, "DNS-1", Unknown);
    SAYS_NOT(report, "RPT-1.active");
    QCOMPARE(report.tlsRpt, Report::TlsRpt::Unknown);
    world.dns.bogus(Name, RecordType::TXT);
    report = judged(world);
    SAYS(report, "DNS-9", Error);
    QCOMPARE(report.tlsRpt, Report::TlsRpt::Unknown);
}

void tst_TlsRptCheck::brokenRecords_data()
{
    QTest::addColumn<QByteArrayList>("texts");
    QTest::addColumn<QByteArray>("rule");
    QTest::newRow("two records") << QByteArrayList{"v=TLSRPTv1; rua=mailto:a@b.example",
                                                   "v=TLSRPTv1; rua=mailto:c@b.example"}
                                 << QByteArray("RPT-3");
    QTest::newRow("no address") << QByteArrayList{"v=TLSRPTv1;"} << QByteArray("RPT-5");
    QTest::newRow("no scheme") << QByteArrayList{"v=TLSRPTv1; rua=a@b.example"}
                               << QByteArray("RPT-7");
}

void tst_TlsRptCheck::brokenRecords()
{
    QFETCH(QByteArrayList, texts);
    QFETCH(QByteArray, rule);
    FakeWorld world;
    world.dns.txt(Name, texts);
    const Report report = judged(world);
    const bool found = std::any_of(
            report.findings.begin(), report.findings.end(), [&](const Finding &finding) {
                return finding.rule() == rule && finding.severity == Severity::Error;
            });
    QVERIFY2(found, listed(report).constData());
    SAYS_NOT(report, "RPT-2.ok");
    QCOMPARE(report.tlsRpt, Report::TlsRpt::Broken);
}

void tst_TlsRptCheck::suppression()
{
    FakeWorld world;
    Survey survey = world.look();
    survey.tlsRpt->security = Security::Insecure;
    SAYS(judge(survey), "RPT-16", Info);
    survey.tlsRpt->ttl = 86400;
    SAYS_NOT(judge(survey), "RPT-16");
}

void tst_TlsRptCheck::recordsOfTheServers()
{
    FakeWorld world;
    SAYS_NOT(judged(world), "RPT-20");
    world.dns.tlsa("_25._tcp.mx1.shop.example", {{3, 1, 1, QByteArray(32, 'x')}});
    world.dns.tlsa("_25._tcp.mx2.shop.example", {{3, 1, 1, QByteArray(32, 'x')}});
    QCOMPARE(count(judged(world), "RPT-20"), 1);
    const QByteArray record = "v=TLSRPTv1; rua=mailto:tls@reports.example";
    for (const char *host : {"mx1", "mx2"})
        world.dns.txt(QByteArray("_smtp._tls.") + host + ".shop.example", {record});
    SAYS_NOT(judged(world), "RPT-20");
    world.dns.txt("_smtp._tls.mx2.shop.example", {record, record});
    SAYS(judged(world), "RPT-20.invalid", Info);
    // A server of somebody else is not the owner's to publish for.
    FakeWorld hosted;
    hosted.dns.mx("shop.example", {{10, "mx.provider.example"}});
    hosted.dns.a("mx.provider.example", {QStringLiteral("192.0.2.1")});
    hosted.dns.tlsa("_25._tcp.mx.provider.example", {{3, 1, 1, QByteArray(32, 'x')}});
    SAYS_NOT(judged(hosted), "RPT-20");
    QCOMPARE(hosted.dns.timesAsked("_smtp._tls.mx.provider.example", RecordType::TXT), 0);
}

QTEST_GUILESS_MAIN(tst_TlsRptCheck)
#include "tst_tlsrptcheck.moc"
