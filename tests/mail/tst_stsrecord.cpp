// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/stsrecord.h"
#include "mailvectors.h"

#include <QTest>

class tst_StsRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void vectors_data() { Vectors::addRows("sts_txt.json"); }
    void vectors();
    void others_data();
    void others();
    void extensionsAreKept();
    void thousandFieldsGiveFewIssues();
    void writtenRecordsAreRead();
    void everyPrefixIsJudged();
    void newIdDiffers();
};

void tst_StsRecord::vectors()
{
    QFETCH(QJsonObject, row);
    const QString dns = row[QLatin1String("dns")].toString();
    const QJsonObject expected = row[QLatin1String("expected")].toObject();
    const bool isAnswer = QStringList{QStringLiteral("NOERROR"), QStringLiteral("NXDOMAIN"),
                                      QStringLiteral("NODATA")}
                                  .contains(dns);
    QList<QByteArray> texts;
    const QJsonArray rrset = row[QLatin1String("rrset")].toArray();
    for (const QJsonValue &record : rrset) {
        QByteArray joined;
        const QJsonArray strings = record.toArray();
        for (const QJsonValue &part : strings)
            joined += part.toString().toLatin1(); // one character is one octet
        texts.append(joined);
    }
    // Without an answer there is nothing to read, and a reading never made says unknown.
    const StsReading reading = isAnswer ? readStsRecords(texts) : StsReading();
    QCOMPARE(QString::fromLatin1(recordOutcomeName(reading.outcome)),
             expected[QLatin1String("outcome")].toString());
    QCOMPARE(QString::fromLatin1(reading.id), expected[QLatin1String("id")].toString());
    // Aliases and failed look-ups are judged where the DNS is in view.
    if (isAnswer && !row.contains(QLatin1String("cname_chain")))
        QCOMPARE(Vectors::firstMissing(expected, reading.issues), QString());
    QCOMPARE(Vectors::firstSurplus(expected, reading.issues), QString());
}

void tst_StsRecord::others_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QByteArray>("issue");
    const auto row = [](const char *why, const QByteArray &text, const char *outcome,
                        const char *issue) {
        QTest::newRow(why) << text << QString::fromLatin1(outcome) << QByteArray(issue);
    };
    row("id missing", "v=STSv1;", "invalid", "STS-8.missing");
    row("id missing, extension there", "v=STSv1; a=b;", "invalid", "STS-8.missing");
    row("id empty", "v=STSv1; id=;", "invalid", "STS-8.empty");
    row("id in other case", "v=STSv1; Id=abc;", "invalid", "STS-8.case");
    row("id with a space inside", "v=STSv1; id=a b;", "invalid", "STS-8");
    row("space after the equals sign", "v=STSv1; id= abc;", "invalid", "STS-11.space");
    row("id in Latin-1", "v=STSv1; id=\xe4;", "invalid", "STS-3");
    row("NUL after a whole record", QByteArray("v=STSv1; id=abc;\0", 17), "invalid",
        "STS-3.control");
    row("no-break space before id", "v=STSv1;\xc2\xa0id=abc;", "invalid", "STS-3");
    row("two final semicolons", "v=STSv1; id=abc;;", "invalid", "STS-11");
    row("trailing tab", "v=STSv1; id=abc\t", "invalid", "STS-11.end");
    row("field without equals sign", "v=STSv1; id=abc; foo;", "invalid", "STS-9.equals");
    row("extension name begins with underscore", "v=STSv1; id=abc; _a=1;", "invalid", "STS-9.name");
    row("extension value empty", "v=STSv1; id=abc; a=;", "invalid", "STS-9");
    row("second id broken", "v=STSv1; id=abc; id=a-b;", "valid", "STS-10");
    row("version again", "v=STSv1; v=STSv1; id=abc;", "valid", "STS-10.version");
    row("tab before the semicolon", "v=STSv1\t; id=abc;", "valid", "STS-13");
    row("lower case", "v=stsv1; id=abc;", "none", "STS-4");
    row("leading space", " v=STSv1; id=abc;", "none", "STS-4");
    row("version not first", "id=abc; v=STSv1;", "none", "STS-4");
    row("zero width space first", "\xe2\x80\x8bv=STSv1; id=abc;", "none", "STS-4");
    row("number left out", "v=STS; id=abc;", "none", "STS-4");
    row("short text", "v", "none", "STS-17.text");
    row("empty text", "", "none", "STS-17.text");
}

void tst_StsRecord::others()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, issue);
    const StsReading reading = readStsRecords({text});
    QTEST(QString::fromLatin1(recordOutcomeName(reading.outcome)), "outcome");
    const bool isTold = std::any_of(reading.issues.begin(), reading.issues.end(),
                                    [&](const Issue &found) { return found.id == issue; });
    QVERIFY2(isTold, qPrintable(Vectors::asText(reading.issues)));
}

void tst_StsRecord::extensionsAreKept()
{
    const StsReading reading = readStsRecords({"v=STSv1;a=1 ; id=abc\t;b.c=x:/y"});
    QCOMPARE(reading.outcome, RecordOutcome::Valid);
    QCOMPARE(reading.id, QByteArray("abc"));
    const QList<QPair<QByteArray, QByteArray>> expected{{"a", "1"}, {"b.c", "x:/y"}};
    QCOMPARE(reading.extensions, expected);
    QVERIFY(reading.issues.isEmpty());
}

void tst_StsRecord::thousandFieldsGiveFewIssues()
{
    const StsReading reading =
            readStsRecords({"v=STSv1; id=abc" + QByteArray("; x").repeated(1000)});
    QCOMPARE(reading.outcome, RecordOutcome::Invalid);
    QVERIFY(reading.issues.size() <= 5);
}

void tst_StsRecord::writtenRecordsAreRead()
{
    for (const QByteArray id : {"1", "20240601T120000", "A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1"}) {
        const StsReading reading = readStsRecords({writeStsRecord(id)});
        QCOMPARE(reading.outcome, RecordOutcome::Valid);
        QCOMPARE(reading.id, id);
        QVERIFY(reading.issues.isEmpty());
    }
}

void tst_StsRecord::everyPrefixIsJudged()
{
    const QByteArray text = writeStsRecord("20240601T120000") + " a=b; c=d";
    for (qsizetype length = 0; length <= text.size(); ++length) {
        const StsReading reading = readStsRecords({text.left(length)});
        QVERIFY(reading.outcome != RecordOutcome::Unknown);
        QCOMPARE(reading.id.isEmpty(), reading.outcome != RecordOutcome::Valid);
        const bool hasError =
                std::any_of(reading.issues.begin(), reading.issues.end(),
                            [](const Issue &issue) { return issue.severity == Severity::Error; });
        if (reading.outcome == RecordOutcome::Invalid)
            QVERIFY(hasError);
    }
}

void tst_StsRecord::newIdDiffers()
{
    const QDateTime now(QDate(2024, 6, 1), QTime(14, 0), Qt::OffsetFromUTC, 7200);
    const QByteArray id = newStsId(now, {});
    QCOMPARE(id, QByteArray("20240601T120000"));
    QCOMPARE(newStsId(now, id), QByteArray("20240601T120001"));
    QCOMPARE(newStsId(now, "20240601T120001"), id);
}

QTEST_GUILESS_MAIN(tst_StsRecord)
#include "tst_stsrecord.moc"
