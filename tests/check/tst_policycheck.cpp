// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/judged.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

class tst_PolicyCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void policyLevel_data();
    void policyLevel();
    void modes_data();
    void modes();
    void unusedPatterns();
    void unknownServersAreNotCovered();
    void sizeIsToldOnce();
    void brokenPolicy();
    void scope();
    void longTesting();
};

namespace {

void setMode(FakeWorld &world, const QByteArray &mode, const QByteArray &patterns)
{
    world.setPolicy("version: STSv1\r\nmode: " + mode + "\r\n" + patterns + "max_age: 1209600\r\n");
}

} // namespace

void tst_PolicyCheck::policyLevel_data()
{
    QTest::addColumn<QJsonObject>("row");
    QFile data(QStringLiteral(TESTS_DATA_DIR "/mx_match.json"));
    QVERIFY(data.open(QIODevice::ReadOnly));
    const QJsonArray rows =
            QJsonDocument::fromJson(data.readAll())[QLatin1String("policy_level")].toArray();
    for (const QJsonValue &row : rows) {
        const QString name = row[QLatin1String("id")].toString() + QLatin1Char(' ') +
                             row[QLatin1String("description")].toString();
        QTest::newRow(qPrintable(name)) << row.toObject();
    }
}

void tst_PolicyCheck::policyLevel()
{
    QFETCH(QJsonObject, row);
    FakeWorld world;
    world.domain = *DomainName::fromAscii("example.com");
    world.dns.ns("example.com", {"ns.example.com"});
    world.dns.a("mta-sts.example.com", {QStringLiteral("192.0.2.80")});
    world.dns.txt("_mta-sts.example.com", {"v=STSv1; id=1;"});
    world.dns.txt("_smtp._tls.example.com", {"v=TLSRPTv1; rua=mailto:tls@reports.example"});
    QList<MxRecord> records;
    const QJsonArray hosts = row.value(QLatin1String("mx_hosts")).toArray();
    for (const QJsonValue &host : hosts) {
        const QByteArray name = host.toString().toLatin1();
        records.append({10, name});
        const QByteArray target = row.value(QLatin1String("cname"))
                                          .toObject()
                                          .value(host.toString())
                                          .toString()
                                          .toLatin1();
        if (!target.isEmpty())
            world.dns.alias(name, target);
        world.dns.a(target.isEmpty() ? name : target, {QStringLiteral("192.0.2.1")});
    }
    if (row.value(QLatin1String("null_mx")).toBool())
        records = {{0, ""}};
    world.dns.mx("example.com", records);
    QByteArray patterns;
    const QJsonArray texts = row.value(QLatin1String("patterns")).toArray();
    for (const QJsonValue &pattern : texts)
        patterns += "mx: " + pattern.toString().toLatin1() + "\r\n";
    setMode(world, "enforce", patterns);

    const Report report = judged(world);
    const QJsonObject expected = row.value(QLatin1String("expected")).toObject();
    const QJsonObject matches = expected.value(QLatin1String("matches")).toObject();
    for (auto it = matches.begin(); it != matches.end(); ++it) {
        bool isCovered = false;
        for (const Finding &finding : findingsOf(report, "STS-70.ok"))
            isCovered |= finding.subject == it.key();
        QCOMPARE(isCovered, it.value().toBool());
    }
    const QJsonArray findings = expected.value(QLatin1String("findings")).toArray();
    for (const QJsonValue &value : findings) {
        const QByteArray rule = value[QLatin1String("req")].toString().toLatin1();
        const QByteArray severity = value[QLatin1String("severity")].toString().toLatin1();
        const bool found = std::any_of(
                report.findings.begin(), report.findings.end(), [&](const Finding &finding) {
                    return finding.rule() == rule && severityName(finding.severity) == severity;
                });
        QVERIFY2(found, listed(report).constData());
    }
    if (findings.isEmpty()) {
        SAYS_NOT(report, "STS-41");
        SAYS_NOT(report, "STS-41.suffix");
    }
}

void tst_PolicyCheck::modes_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<QByteArray>("uncovered");
    QTest::addColumn<Severity>("severity");
    QTest::newRow("enforce refuses mail") << QByteArray("enforce") << QByteArray("STS-78.ok")
                                          << QByteArray("STS-70") << Severity::Error;
    QTest::newRow("testing reports it") << QByteArray("testing") << QByteArray("STS-79.testing")
                                        << QByteArray("STS-70.testing") << Severity::Warning;
    QTest::newRow("none does not care") << QByteArray("none") << QByteArray("STS-80")
                                        << QByteArray("STS-70.none") << Severity::Info;
}

void tst_PolicyCheck::modes()
{
    QFETCH(QByteArray, mode);
    QFETCH(QByteArray, state);
    QFETCH(QByteArray, uncovered);
    QFETCH(Severity, severity);
    FakeWorld world;
    setMode(world, mode, "mx: mx1.shop.example\r\n");
    const Report report = judged(world);
    QCOMPARE(count(report, state), 1);
    QVERIFY2(has(report, uncovered, severity), listed(report).constData());
    QCOMPARE(findingsOf(report, uncovered).first().subject, QStringLiteral("mx2.shop.example"));
    SAYS_NOT(report, "STS-79");
    world.dns.remove("_smtp._tls.shop.example");
    QCOMPARE(count(judged(world), "STS-79"), qsizetype(mode == "testing"));
}

void tst_PolicyCheck::unusedPatterns()
{
    FakeWorld world;
    setMode(world, "enforce",
            "mx: mx1.shop.example\r\nmx: mx2.shop.example\r\nmx: old.shop.example\r\n");
    Survey survey = world.look();
    const Report report = judge(survey);
    SAYS(report, "STS-71", Info);
    QCOMPARE(count(report, "STS-71"), 1);
    QCOMPARE(report.verdict, Verdict::Ok);
    survey.mx->cut = true; // more servers than were looked at
    SAYS_NOT(judge(survey), "STS-71");
}

void tst_PolicyCheck::unknownServersAreNotCovered()
{
    FakeWorld world;
    world.dns.fails("shop.example", RecordType::MX);
    const Report report = judged(world);
    SAYS(report, "STS-70.unknown", Unknown);
    SAYS_NOT(report, "STS-70.ok");
    SAYS_NOT(report, "STS-71");
}

void tst_PolicyCheck::sizeIsToldOnce()
{
    FakeWorld world;
    QByteArray patterns = "mx: mx1.shop.example\r\nmx: mx2.shop.example\r\n";
    for (int i = 0; i < 600; ++i)
        patterns += "mx: mx" + QByteArray::number(i + 3) + ".shop.example\r\n";
    setMode(world, "enforce", patterns);
    const Report report = judged(world);
    SAYS(report, "STS-55.large", Warning);
    SAYS_NOT(report, "STS-43");
}

void tst_PolicyCheck::brokenPolicy()
{
    FakeWorld world;
    setMode(world, "enforced", "mx: mx1.shop.example\r\n");
    const Report report = judged(world);
    SAYS(report, "STS-28.value", Error);
    SAYS_NOT(report, "STS-22.ok");
    SAYS_NOT(report, "STS-70.ok");
    QCOMPARE(report.sts, Report::Sts::Broken);
}

void tst_PolicyCheck::scope()
{
    FakeWorld world;
    SAYS(judged(world), "STS-62", Info);
    Survey survey = world.look();
    survey.domain = *DomainName::fromAscii("mail.shop.example");
    const Report report = judge(survey);
    SAYS(report, "STS-62.sub", Info);
    SAYS_NOT(report, "STS-62");
}

void tst_PolicyCheck::longTesting()
{
    FakeWorld world;
    setMode(world, "testing", "mx: *.shop.example\r\n");
    const Survey survey = world.look();
    LastSeen last{"20260101T000000", survey.fetches.first().body, survey.at.addDays(-31)};
    SAYS(judge(survey, last), "STS-93", Info);
    last.at = survey.at.addDays(-29);
    SAYS_NOT(judge(survey, last), "STS-93");
}

QTEST_GUILESS_MAIN(tst_PolicyCheck)
#include "tst_policycheck.moc"
