// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A saved result read back: the same findings and words, whatever the file; and files that are none.
#include "check/judged.h"
#include "check/readreport.h"
#include "check/reportjson.h"
#include "check/words.h"

#include <QJsonArray>
#include <QJsonDocument>

using Fault = ReportReading::Fault;

namespace {

QJsonObject document()
{
    FakeWorld world;
    world.smtp.facts[QStringLiteral("192.0.2.2")].tls.pkix.expired = true;
    const Survey survey = world.look();
    return reportObject(survey, judge(survey));
}

QByteArray octets(const QJsonValue &value)
{
    return (value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject()))
            .toJson(QJsonDocument::Compact);
}

QJsonObject with(QJsonObject json, const char *member, const QJsonValue &value)
{
    json[QLatin1String(member)] = value;
    return json;
}

QJsonObject withFinding(const QJsonObject &finding, const char *verdict = "ok")
{
    return with(with(document(), "findings", QJsonArray{finding}), "verdict",
                QString::fromLatin1(verdict));
}

} // namespace

class tst_ReadReport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWasWrittenIsRead_data()
    {
        QTest::addColumn<int>("form");
        QTest::newRow("one document") << 0;
        QTest::newRow("one line with its end") << 1;
        QTest::newRow("a list of one") << 2;
        QTest::newRow("with the mark that Windows editors leave") << 3;
    }
    void whatWasWrittenIsRead()
    {
        QFETCH(int, form);
        FakeWorld world;
        world.smtp.facts[QStringLiteral("192.0.2.2")].tls.pkix.expired = true;
        const Survey survey = world.look();
        const Report report = judge(survey);
        const QJsonObject json = reportObject(survey, report);
        const QByteArray text = form == 0   ? QJsonDocument(json).toJson()
                                : form == 1 ? octets(json) + "\n"
                                : form == 2 ? octets(QJsonArray{json})
                                            : "\xEF\xBB\xBF" + octets(json);
        const ReportReading reading = readReport(text);
        QVERIFY2(reading.saved, qPrintable(reading.detail));
        const SavedReport &saved = *reading.saved;
        QCOMPARE(saved.report.domain, report.domain);
        QCOMPARE(saved.report.at,
                 QDateTime::fromString(survey.at.toString(Qt::ISODate), Qt::ISODate));
        QVERIFY(saved.report.finished);
        QCOMPARE(saved.report.verdict, report.verdict);
        QCOMPARE(saved.report.sts, report.sts);
        QCOMPARE(saved.report.dane, report.dane);
        QCOMPARE(saved.report.tlsRpt, report.tlsRpt);
        QCOMPARE(saved.resolver, survey.resolver);
        QVERIFY(saved.program.startsWith(QLatin1String("mta-sts ")));
        QCOMPARE(saved.document, json);
        QCOMPARE(saved.report.findings.size(), report.findings.size());
        for (qsizetype i = 0; i < report.findings.size(); ++i) {
            QCOMPARE(saved.report.findings.at(i).id, report.findings.at(i).id);
            QCOMPARE(wordsFor(saved.report.findings.at(i)).title,
                     wordsFor(report.findings.at(i)).title);
            QCOMPARE(saved.report.findings.at(i), report.findings.at(i));
        }
    }

    void filesThatAreNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Fault>("fault");
        const QJsonObject good = document();
        const auto row = [](const char *name, const QByteArray &text, Fault fault) {
            QTest::newRow(name) << text << fault;
        };
        row("empty", "", Fault::Empty);
        row("only white space", " \n\n", Fault::Empty);
        row("an empty list", "[]", Fault::Empty);
        row("a picture", "\x89PNG\r\n\x1a\n", Fault::NotJson);
        row("text output", "shop.example: everything passed\n", Fault::NotJson);
        row("cut", octets(good).chopped(10), Fault::NotJson);
        row("nested without end", QByteArray(100000, '['), Fault::NotJson);
        row("other JSON", "{\"a\":1}", Fault::NotAResult);
        row("a lint result", "{\"schema\":\"mta-sts-lint/1\"}", Fault::NotAResult);
        row("schema of another type", "{\"schema\":1}", Fault::NotAResult);
        row("of the future", octets(with(good, "schema", QStringLiteral("mta-sts-check/2"))),
            Fault::Newer);
        row("two lines", octets(good) + "\n" + octets(good) + "\n", Fault::Several);
        row("a list of two", octets(QJsonArray{good, good}), Fault::Several);
        row("a list of something else", "[1]", Fault::NotAResult);
        row("no domain", octets(with(good, "domain", QJsonValue())), Fault::Incomplete);
        row("a domain that is none", octets(with(good, "domain", QStringLiteral("<b>x</b>"))),
            Fault::Incomplete);
        row("a domain with a path in it",
            octets(with(good, "domain", QStringLiteral("../../etc.passwd"))), Fault::Incomplete);
        row("no date", octets(with(good, "checkedAt", QStringLiteral("yesterday"))),
            Fault::Incomplete);
        row("findings that are no list", octets(with(good, "findings", 1)), Fault::Incomplete);
        row("over the limit", QByteArray(17000000, ' '), Fault::TooLarge);
        QJsonArray many;
        for (int i = 0; i < 20001; ++i)
            many.append(QJsonObject());
        row("too many findings", octets(with(good, "findings", many)), Fault::TooLarge);
    }
    void filesThatAreNone()
    {
        QFETCH(QByteArray, text);
        QFETCH(Fault, fault);
        const ReportReading reading = readReport(text);
        QCOMPARE(reading.fault, fault);
        QVERIFY(!reading.saved);
    }

    void theVerdictIsNeverBetterThanTheFindings_data()
    {
        QTest::addColumn<QByteArray>("severity");
        QTest::addColumn<QByteArray>("told");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("a problem, told as good")
                << QByteArray("error") << QByteArray("ok") << Verdict::Error;
        QTest::newRow("not tested, told as good")
                << QByteArray("unknown") << QByteArray("ok") << Verdict::Unknown;
        QTest::newRow("a warning, told as good")
                << QByteArray("warning") << QByteArray("ok") << Verdict::Warning;
        QTest::newRow("a severity nobody knows")
                << QByteArray("splendid") << QByteArray("ok") << Verdict::Unknown;
        QTest::newRow("a verdict nobody knows")
                << QByteArray("ok") << QByteArray("splendid") << Verdict::Unknown;
        QTest::newRow("a problem that is not there")
                << QByteArray("ok") << QByteArray("error") << Verdict::Unknown;
        QTest::newRow("not set up, but a policy is told of")
                << QByteArray("ok") << QByteArray("not-deployed") << Verdict::Unknown;
        QTest::newRow("good") << QByteArray("ok") << QByteArray("ok") << Verdict::Ok;
    }
    void theVerdictIsNeverBetterThanTheFindings()
    {
        QFETCH(QByteArray, severity);
        QFETCH(QByteArray, told);
        QFETCH(Verdict, verdict);
        const QJsonObject finding{{QStringLiteral("rule"), QStringLiteral("STS-70")},
                                  {QStringLiteral("severity"), QString::fromLatin1(severity)}};
        const ReportReading reading = readReport(octets(withFinding(finding, told.constData())));
        QVERIFY(reading.saved);
        QCOMPARE(reading.saved->report.verdict, verdict);
    }

    void noFindingsAreNotGood()
    {
        const ReportReading reading =
                readReport(octets(with(document(), "findings", QJsonArray())));
        QVERIFY(reading.saved);
        QCOMPARE(reading.saved->report.verdict, Verdict::Unknown);
    }

    void rulesOfAnotherVersion()
    {
        const QJsonObject finding{{QStringLiteral("rule"), QStringLiteral("STS-999")},
                                  {QStringLiteral("id"), QStringLiteral("STS-999.new")},
                                  {QStringLiteral("values"), QJsonArray()},
                                  {QStringLiteral("severity"), QStringLiteral("warning")},
                                  {QStringLiteral("group"), QStringLiteral("policy")},
                                  {QStringLiteral("title"), QStringLiteral("A new rule")},
                                  {QStringLiteral("detail"), QStringLiteral("seen")},
                                  {QStringLiteral("fix"), QStringLiteral("do this")}};
        const ReportReading reading = readReport(octets(withFinding(finding)));
        const Finding read = reading.saved->report.findings.first();
        QCOMPARE(wordsFor(read).title, QStringLiteral("A new rule"));
        QVERIFY(wordsFor(read).fix.isEmpty()); // advice of a file is not ours
        QCOMPARE(read.evidence, QStringLiteral("seen\ndo this"));
        QCOMPARE(read.group, Group::Policy);
    }

    void aFileOfBeforeTheIdWasWritten()
    {
        const QJsonObject finding{{QStringLiteral("rule"), QStringLiteral("STS-70")},
                                  {QStringLiteral("severity"), QStringLiteral("error")},
                                  {QStringLiteral("title"), QStringLiteral("mx3 is not covered")}};
        const ReportReading reading = readReport(octets(withFinding(finding)));
        QCOMPARE(wordsFor(reading.saved->report.findings.first()).title,
                 QStringLiteral("mx3 is not covered"));
    }

    void hostileTextIsMadePrintable()
    {
        const QString evil = QStringLiteral("a\u202Eb\u001B[2Jc\u0007");
        QJsonObject finding{{QStringLiteral("rule"), QStringLiteral("STS-70")},
                            {QStringLiteral("id"), QStringLiteral("STS-70")},
                            {QStringLiteral("values"), QJsonArray{evil}},
                            {QStringLiteral("severity"), QStringLiteral("error")},
                            {QStringLiteral("subject"), evil},
                            {QStringLiteral("detail"), QString(evil + QLatin1Char('\n') + evil)},
                            {QStringLiteral("title"), evil}};
        for (const char *id : {"STS-70", "UNKNOWN"}) {
            finding[QLatin1String("id")] = QLatin1String(id);
            const Finding read =
                    readReport(octets(withFinding(finding))).saved->report.findings.first();
            for (const QString &text : {read.subject, read.evidence, wordsFor(read).title}) {
                QVERIFY(!text.contains(QChar(0x202E)) && !text.contains(QChar(0x1B)) &&
                        !text.contains(QChar(7)));
                QVERIFY(text.contains(QLatin1String("\\x1b")));
            }
        }
    }

    void veryLongTextIsCut()
    {
        const QJsonObject finding{
                {QStringLiteral("rule"), QStringLiteral("STS-70")},
                {QStringLiteral("id"), QStringLiteral("STS-70")},
                {QStringLiteral("values"), QJsonArray{QString(100000, QLatin1Char('x'))}},
                {QStringLiteral("severity"), QStringLiteral("error")},
                {QStringLiteral("detail"), QString(100000, QLatin1Char('\n'))}};
        const Finding read =
                readReport(octets(withFinding(finding))).saved->report.findings.first();
        QVERIFY(read.values.first().size() < 2000);
        QVERIFY(read.evidence.size() < 3000);
    }
};
QTEST_GUILESS_MAIN(tst_ReadReport)
#include "tst_readreport.moc"
