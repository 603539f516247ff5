// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Whole verdicts. Green is only for a look that was made and found everything good (T-45).
#include "check/judged.h"
#include "dns/presentation.h"

class tst_Checks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aWholeWorldIsGreen();
    void nothingLookedAtIsUnknown();
    void aLookThatIsMissingIsNeverGreen_data();
    void aLookThatIsMissingIsNeverGreen();
    void aPartThatNeverArrivedIsNeverGreen_data();
    void aPartThatNeverArrivedIsNeverGreen();
    void aCancelledLookIsUnknown();
    void serversOfAForgedAnswerAreNotTold();
    void snapshotsPromiseNothingThatTheEndTakesBack_data();
    void snapshotsPromiseNothingThatTheEndTakesBack();
    void notDeployed();
    void worstKnownCounts();
    void states();
};

namespace {

using Spoil = std::function<void(FakeWorld &)>;

struct World
{
    const char *name;
    Spoil spoil;
};

const QList<World> &worlds()
{
    static const QList<World> all{
            {"all is good", [](FakeWorld &) {}},
            {"bogus MX", [](FakeWorld &world) { world.dns.bogus("shop.example", RecordType::MX); }},
            {"bogus record",
             [](FakeWorld &world) { world.dns.bogus("_mta-sts.shop.example", RecordType::TXT); }},
            {"no STARTTLS",
             [](FakeWorld &world) {
                 SmtpFacts &facts = world.smtp.facts[QStringLiteral("192.0.2.1")];
                 facts = SmtpFacts();
                 facts.stage = SmtpFacts::Stage::Ehlo;
                 facts.end = SmtpFacts::End::NoStartTls;
             }},
            {"no policy host", [](FakeWorld &world) { world.dns.noName("mta-sts.shop.example"); }},
            {"broken policy", [](FakeWorld &world) { world.setPolicy("<html>"); }},
            {"uncovered server",
             [](FakeWorld &world) {
                 world.setPolicy("version: STSv1\nmode: enforce\nmx: mx1.shop.example\n"
                                 "max_age: 2592000\n");
             }},
            {"nothing set up",
             [](FakeWorld &world) {
                 world.dns.remove("_mta-sts.shop.example");
                 world.dns.remove("mta-sts.shop.example");
             }},
            {"null MX",
             [](FakeWorld &world) {
                 world.dns.mx("shop.example", {{0, ""}});
             }},
            {"wrong TLSA",
             [](FakeWorld &world) {
                 world.dns.tlsa("_25._tcp.mx1.shop.example", {{3, 1, 1, QByteArray(32, 'x')}});
             }},
            {"alias to nowhere",
             [](FakeWorld &world) {
                 world.dns.remove("_mta-sts.shop.example");
                 world.dns.alias("_mta-sts.shop.example", "gone.example");
                 world.dns.remove("mta-sts.shop.example");
                 world.smtp.facts[QStringLiteral("192.0.2.1")].tls.pkix.trusted = false;
             }},
            {"not validating",
             [](FakeWorld &world) {
                 world.dns.setDefaultSecurity(Security::Insecure);
                 world.dns.rootKey(Security::Insecure);
             }},
    };
    return all;
}

} // namespace

void tst_Checks::aWholeWorldIsGreen()
{
    FakeWorld world;
    const Report report = judged(world);
    QVERIFY2(report.verdict == Verdict::Ok, listed(report).constData());
    QCOMPARE(report.count(Severity::Warning), 0);
    QCOMPARE(report.sts, Report::Sts::Enforce);
    QCOMPARE(report.tlsRpt, Report::TlsRpt::Present);
    QCOMPARE(report.dane, Report::Dane::Absent);
}

void tst_Checks::nothingLookedAtIsUnknown()
{
    Survey survey;
    survey.domain = *DomainName::fromAscii("shop.example");
    QCOMPARE(judge(survey).verdict, Verdict::Unknown);
    QCOMPARE(judge(Survey()).verdict, Verdict::Unknown);
    survey.finished = true;
    const Report report = judge(survey);
    QCOMPARE(report.verdict, Verdict::Unknown);
    QCOMPARE(report.count(Severity::Ok), 0);
    QCOMPARE(report.count(Severity::Error), 0);
    QCOMPARE(report.sts, Report::Sts::Unknown);
    QCOMPARE(report.dane, Report::Dane::Unknown);
    QCOMPARE(report.tlsRpt, Report::TlsRpt::Unknown);
}

void tst_Checks::aLookThatIsMissingIsNeverGreen_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<RecordType>("type");
    FakeWorld world;
    (void)world.look();
    for (const auto &[name, type] : world.dns.asked()) {
        // The random name of the wildcard probe is another one in each look.
        const QByteArray row = name + ' ' + typeName(type);
        if (!name.startsWith('x') || name.count('.') != 2)
            QTest::newRow(row.constData()) << name << type;
    }
    QTest::newRow("the policy file") << QByteArray("http") << RecordType::A;
    QTest::newRow("a mail server") << QByteArray("smtp") << RecordType::A;
    QTest::newRow("every mail server") << QByteArray("all smtp") << RecordType::A;
}

void tst_Checks::aLookThatIsMissingIsNeverGreen()
{
    QFETCH(QByteArray, name);
    QFETCH(RecordType, type);
    FakeWorld world;
    if (name == "http")
        world.http.fetches.clear();
    else if (name == "smtp")
        world.smtp.facts.remove(QStringLiteral("192.0.2.2"));
    else if (name == "all smtp")
        world.smtp.facts.clear();
    else
        world.dns.fails(name, type);
    const Report report = judged(world);
    QVERIFY2(report.verdict != Verdict::Ok && report.verdict != Verdict::NotDeployed,
             listed(report).constData());
    QVERIFY2(report.count(Severity::Error) + report.count(Severity::Unknown) +
                             report.count(Severity::Warning) >
                     0,
             listed(report).constData());
}

void tst_Checks::aPartThatNeverArrivedIsNeverGreen_data()
{
    QTest::addColumn<int>("part");
    const QList<const char *> names{"mx",     "sts",     "tlsRpt",   "hosts",
                                    "policy", "caa",     "host A",   "host AAAA",
                                    "TLSA",   "address", "policy A", "wildcard failed"};
    for (int i = 0; i < names.size(); ++i)
        QTest::newRow(names.at(i)) << i;
}

void tst_Checks::aPartThatNeverArrivedIsNeverGreen()
{
    QFETCH(int, part);
    FakeWorld world;
    Survey survey = world.look();
    const QList<std::function<void()>> removals{
            [&] { survey.mx.reset(); },
            [&] { survey.sts.reset(); },
            [&] { survey.tlsRpt.reset(); },
            [&] {
                survey.hostsKnown = false;
                survey.hosts.clear();
            },
            [&] {
                survey.policyDone = false;
                survey.fetches.clear();
            },
            [&] { survey.caaDone = false; },
            [&] { survey.hosts[0].a.reset(); },
            [&] { survey.hosts[1].aaaa.reset(); },
            [&] { survey.hosts[0].tlsa.reset(); },
            [&] { survey.hosts[1].addresses[0] = {}; },
            [&] { survey.policyA.reset(); },
            [&] { survey.wildcard->status = AnswerStatus::Failed; },
    };
    QCOMPARE(judge(survey).verdict, Verdict::Ok);
    removals.at(part)();
    const Report report = judge(survey);
    QVERIFY2(report.verdict == Verdict::Unknown, listed(report).constData());
}

void tst_Checks::serversOfAForgedAnswerAreNotTold()
{
    FakeWorld world;
    FakeResolver quick; // who answers first need not be who is right
    quick.mx("shop.example", {{10, "evil.example"}});
    quick.a("evil.example", {QStringLiteral("192.0.2.66")});
    quick.a("mta-sts.shop.example", {QStringLiteral("192.0.2.67")});
    world.dns.a("evil.example", {QStringLiteral("192.0.2.66")});
    world.dns.tlsa("_25._tcp.mx1.shop.example", {{3, 1, 1, QByteArray(32, 'x')}});
    world.smtp.facts.insert(QStringLiteral("192.0.2.66"),
                            goodServer(QStringLiteral("evil.example")));
    const Survey survey = look(world.domain, world.options,
                               {quick, world.dns, world.http, world.smtp, world.shared}, {});
    const Report forged = judge(survey);
    for (const Finding &finding : forged.findings)
        QVERIFY2(!finding.subject.contains(QLatin1String("evil")), qPrintable(finding.subject));
    const Report right = judged(world);
    QCOMPARE(listed(forged), listed(right));
    QCOMPARE(forged.dane, right.dane);
    QCOMPARE(forged.verdict, right.verdict);
}

void tst_Checks::aCancelledLookIsUnknown()
{
    FakeWorld world;
    world.dns.hold();
    const Cancel cancel;
    cancel.cancel();
    const Report report = judge(world.look(cancel));
    world.dns.release();
    QCOMPARE(report.verdict, Verdict::Unknown);
    QVERIFY2(report.count(Severity::Error) == 0, listed(report).constData());
    QCOMPARE(report.count(Severity::Ok), 0);
}

void tst_Checks::snapshotsPromiseNothingThatTheEndTakesBack_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < worlds().size(); ++i)
        QTest::newRow(worlds().at(i).name) << i;
}

void tst_Checks::snapshotsPromiseNothingThatTheEndTakesBack()
{
    QFETCH(int, index);
    FakeWorld world;
    worlds().at(index).spoil(world);
    QList<Report> reports;
    const Survey last =
            world.look({}, [&](const Survey &survey) { reports.append(judge(survey)); });
    const Report end = judge(last);
    for (const Report &report : std::as_const(reports)) {
        if (report.finished)
            continue;
        QVERIFY(report.verdict == Verdict::Unknown || report.verdict == Verdict::Error);
        for (const Finding &finding : report.findings) {
            if (finding.severity != Severity::Ok && finding.severity != Severity::Error)
                continue;
            QVERIFY2(end.findings.contains(finding),
                     qPrintable(QString::fromLatin1(finding.id) + QLatin1Char('\n') +
                                QString::fromUtf8(listed(end))));
        }
    }
}

void tst_Checks::notDeployed()
{
    FakeWorld world;
    world.dns.remove("_mta-sts.shop.example");
    world.dns.remove("mta-sts.shop.example");
    const Report report = judged(world);
    QVERIFY2(report.verdict == Verdict::NotDeployed, listed(report).constData());
    QCOMPARE(report.sts, Report::Sts::Absent);
    SAYS(report, "STS-1.absent", Info);
    SAYS(report, "STS-21.absent", Info);
}

void tst_Checks::worstKnownCounts()
{
    FakeWorld world;
    world.setPolicy("version: STSv1\nmode: testing\nmx: mx1.shop.example\nmax_age: 86400\n");
    const Report warning = judged(world);
    QVERIFY2(warning.verdict == Verdict::Warning, listed(warning).constData());
    // Something not seen outranks a warning, and an error outranks both.
    world.dns.fails("_smtp._tls.shop.example", RecordType::TXT);
    QCOMPARE(judged(world).verdict, Verdict::Unknown);
    world.dns.txt("_mta-sts.shop.example", {"v=STSv1; id=1;", "v=STSv1; id=2;"});
    QCOMPARE(judged(world).verdict, Verdict::Error);
}

void tst_Checks::states()
{
    FakeWorld world;
    world.setPolicy("version: STSv1\nmode: testing\nmx: *.shop.example\nmax_age: 86400\n");
    QCOMPARE(judged(world).sts, Report::Sts::Testing);
    world.setPolicy("version: STSv1\nmode: none\nmax_age: 86400\n");
    QCOMPARE(judged(world).sts, Report::Sts::None);
    world.setPolicy("mode: none\nmax_age: 86400\n");
    QCOMPARE(judged(world).sts, Report::Sts::Broken);
    world.dns.txt("_smtp._tls.shop.example", {"v=TLSRPTv1;"});
    QCOMPARE(judged(world).tlsRpt, Report::TlsRpt::Broken);
    world.dns.remove("_smtp._tls.shop.example");
    QCOMPARE(judged(world).tlsRpt, Report::TlsRpt::Absent);
    world.dns.fails("_mta-sts.shop.example", RecordType::TXT);
    QCOMPARE(judged(world).sts, Report::Sts::Unknown);
}

QTEST_GUILESS_MAIN(tst_Checks)
#include "tst_checks.moc"
