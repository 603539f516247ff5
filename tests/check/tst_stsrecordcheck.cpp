// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/judged.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

const QByteArray Name = "_mta-sts.shop.example";
const QByteArray Good = "v=STSv1; id=20260101T000000;";

void addVectors(const char *file)
{
    QTest::addColumn<QJsonObject>("row");
    QFile data(QStringLiteral(TESTS_DATA_DIR "/") + QLatin1String(file));
    QVERIFY(data.open(QIODevice::ReadOnly));
    const QJsonArray rows =
            QJsonDocument::fromJson(data.readAll())[QLatin1String("vectors")].toArray();
    QVERIFY(!rows.isEmpty());
    for (const QJsonValue &row : rows) {
        const QString name = row[QLatin1String("id")].toString() + QLatin1Char(' ') +
                             row[QLatin1String("description")].toString();
        QTest::newRow(qPrintable(name)) << row.toObject();
    }
}

void setUpDns(FakeResolver &dns, const QByteArray &name, const QJsonObject &row)
{
    QByteArray at = name;
    const QJsonArray chain = row.value(QLatin1String("cname_chain")).toArray();
    for (const QJsonValue &alias : chain) {
        QByteArray target = alias.toString().toLatin1();
        target.replace("example.com", "shop.example");
        dns.alias(at, target);
        at = target;
    }
    QList<QByteArray> texts;
    const QJsonArray set = row.value(QLatin1String("rrset")).toArray();
    for (const QJsonValue &record : set) {
        QByteArray joined;
        const QJsonArray strings = record.toArray();
        for (const QJsonValue &part : strings)
            joined += part.toString().toLatin1();
        texts.append(joined);
    }
    const QString outcome = row.value(QLatin1String("dns")).toString();
    if (outcome == QLatin1String("NOERROR"))
        dns.txt(at, texts);
    else if (outcome == QLatin1String("NODATA"))
        dns.noData(at, RecordType::TXT);
    else if (outcome == QLatin1String("NXDOMAIN"))
        dns.noName(at);
    else if (outcome == QLatin1String("BOGUS"))
        dns.bogus(at, RecordType::TXT);
    else if (outcome != QLatin1String("CNAME-LOOP"))
        dns.fails(at, RecordType::TXT, outcome);
}

} // namespace

class tst_StsRecordCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void vectors_data() { addVectors("sts_txt.json"); }
    void vectors();
    void goodRecord();
    void absence();
    void misplaced();
    void wildcard();
    void wildcardOfSomethingElse();
    void unrelatedTextIsToldOnce();
    void longTimeToLive();
    void changes_data();
    void changes();
};

void tst_StsRecordCheck::vectors()
{
    QFETCH(QJsonObject, row);
    FakeWorld world;
    world.dns.remove(Name);
    setUpDns(world.dns, Name, row);
    // Absence alone is what these rows are about, not a policy without a record.
    const QJsonObject expected = row.value(QLatin1String("expected")).toObject();
    const QString outcome = expected.value(QLatin1String("outcome")).toString();
    if (outcome == QLatin1String("none"))
        world.dns.remove("mta-sts.shop.example");
    const Report report = judged(world);
    const QJsonArray findings = expected.value(QLatin1String("findings")).toArray();
    for (const QJsonValue &value : findings) {
        const QByteArray rule = value[QLatin1String("req")].toString().toLatin1();
        QByteArray severity = value[QLatin1String("severity")].toString().toLatin1();
        if (rule == "STS-18")
            severity = "unknown"; // could not be looked at (DNS-1), never a fault
        const bool found = std::any_of(
                report.findings.begin(), report.findings.end(), [&](const Finding &finding) {
                    return finding.rule() == rule && severityName(finding.severity) == severity;
                });
        QVERIFY2(found,
                 qPrintable(QString::fromUtf8(rule + ' ' + severity + '\n' + listed(report))));
    }
    const bool isValid = outcome == QLatin1String("valid");
    QCOMPARE(report.sts == Report::Sts::Enforce, isValid);
    QCOMPARE(report.sts == Report::Sts::Unknown, outcome == QLatin1String("unknown"));
    const bool isClean = isValid && findings.isEmpty();
    QVERIFY2(!isClean || report.verdict == Verdict::Ok, listed(report).constData());
}

void tst_StsRecordCheck::goodRecord()
{
    FakeWorld world;
    const Report report = judged(world);
    SAYS(report, "STS-4.ok", Ok);
    QCOMPARE(findingsOf(report, "STS-4.ok").first().evidence, QString::fromLatin1(Good));
    SAYS_NOT(report, "STS-17");
}

void tst_StsRecordCheck::absence()
{
    FakeWorld world;
    world.dns.remove(Name);
    SAYS(judged(world), "STS-1.policy", Error); // the policy is there, and nobody looks for it
    world.dns.remove("mta-sts.shop.example");
    const Report report = judged(world);
    SAYS(report, "STS-1.absent", Info);
    SAYS_NOT(report, "STS-1.policy");
    SAYS_NOT(report, "STS-4.ok");
}

void tst_StsRecordCheck::misplaced()
{
    FakeWorld world;
    world.dns.remove(Name);
    world.dns.txt("_mta_sts.shop.example", {Good});
    const Report report = judged(world);
    SAYS(report, "STS-19", Error);
    SAYS_NOT(report, "STS-1.policy");
    QCOMPARE(findingsOf(report, "STS-19").first().values.first(),
             QStringLiteral("_mta_sts.shop.example"));
}

void tst_StsRecordCheck::wildcard()
{
    FakeWorld world;
    Survey survey = world.look();
    survey.wildcard = survey.sts;
    survey.wildcard->name = "xrandom.shop.example";
    survey.wildcard->canonicalName = survey.wildcard->name;
    const Report report = judge(survey);
    SAYS(report, "STS-17", Warning);
    QCOMPARE(report.verdict, Verdict::Warning);
}

void tst_StsRecordCheck::wildcardOfSomethingElse()
{
    FakeWorld world;
    Survey survey = world.look();
    survey.wildcard = survey.tlsRpt;
    survey.wildcard->name = survey.wildcard->canonicalName = "xrandom.shop.example";
    SAYS_NOT(judge(survey), "STS-17");
}

void tst_StsRecordCheck::unrelatedTextIsToldOnce()
{
    FakeWorld world;
    world.dns.remove("mta-sts.shop.example");
    world.dns.txt(Name, {"v=spf1 -all"});
    Survey survey = world.look();
    SAYS(judge(survey), "STS-17.text", Warning);
    survey.wildcard = survey.sts;
    survey.wildcard->name = survey.wildcard->canonicalName = "xrandom.shop.example";
    const Report report = judge(survey);
    SAYS(report, "STS-17", Warning);
    SAYS_NOT(report, "STS-17.text");
}

void tst_StsRecordCheck::longTimeToLive()
{
    FakeWorld world;
    Survey survey = world.look();
    survey.sts->ttl = 86400;
    SAYS_NOT(judge(survey), "STS-20");
    survey.sts->ttl = 86401;
    SAYS(judge(survey), "STS-20", Info);
}

void tst_StsRecordCheck::changes_data()
{
    QTest::addColumn<QByteArray>("lastId");
    QTest::addColumn<QByteArray>("lastBody");
    QTest::addColumn<QByteArray>("id"); // empty: nothing to say
    const QByteArray same = "version: STSv1\nmode: enforce\nmx: mx1.shop.example\n"
                            "mx: mx2.shop.example\nmax_age: 2592000\n";
    const QByteArray other = "version: STSv1\nmode: testing\nmx: *.shop.example\nmax_age: 86400\n";
    const QByteArray id = "20260101T000000";
    QTest::newRow("first look") << QByteArray() << QByteArray() << QByteArray();
    QTest::newRow("nothing changed") << id << same << QByteArray();
    QTest::newRow("both changed") << QByteArray("1") << other << QByteArray();
    QTest::newRow("policy changed, id did not") << id << other << QByteArray("STS-15");
    QTest::newRow("id changed, policy did not, line ends did")
            << QByteArray("1") << same << QByteArray("STS-15.same");
}

void tst_StsRecordCheck::changes()
{
    QFETCH(QByteArray, lastId);
    QFETCH(QByteArray, lastBody);
    QFETCH(QByteArray, id);
    FakeWorld world;
    const LastSeen last{lastId, lastBody, QDateTime::currentDateTimeUtc().addDays(-1)};
    const Report report = judge(world.look(), last);
    QCOMPARE(count(report, "STS-15"), qsizetype(id == "STS-15"));
    QCOMPARE(count(report, "STS-15.same"), qsizetype(id == "STS-15.same"));
    QCOMPARE(report.verdict, id == "STS-15" ? Verdict::Error : Verdict::Ok);
}

QTEST_GUILESS_MAIN(tst_StsRecordCheck)
#include "tst_stsrecordcheck.moc"
