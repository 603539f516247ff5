// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/tlsrptrecord.h"
#include "mailvectors.h"

class tst_TlsRptRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void vectors_data() { Vectors::addRows("tlsrpt_record.json"); }
    void vectors();
    void more_data();
    void more();
    void destinations();
    void typed_data();
    void typed();
    void refused_data();
    void refused();
    void written();
    void everyPrefix();
};

/// RFC 8460 3 as a sender lives it: a look-up that failed says nothing about the record.
static TlsRptReading readAnswer(const QString &dns, const QList<QByteArray> &texts)
{
    const bool isAnswer = dns == QLatin1String("NOERROR") || dns == QLatin1String("NODATA") ||
                          dns == QLatin1String("NXDOMAIN");
    return isAnswer ? readTlsRptRecords(texts, "example.com") : TlsRptReading();
}

static QList<QByteArray> textsOf(const QJsonObject &row)
{
    QList<QByteArray> texts;
    const QJsonArray set = row.value(QLatin1String("rrset")).toArray();
    for (const QJsonValue &record : set) {
        QByteArray text;
        const QJsonArray strings = record.toArray();
        for (const QJsonValue &string : strings)
            text += string.toString().toLatin1();
        texts.append(text);
    }
    return texts;
}

void tst_TlsRptRecord::vectors()
{
    QFETCH(QJsonObject, row);
    const QJsonObject expected = row.value(QLatin1String("expected")).toObject();
    const TlsRptReading reading =
            readAnswer(row.value(QLatin1String("dns")).toString(), textsOf(row));
    QCOMPARE(QString::fromLatin1(recordOutcomeName(reading.outcome)),
             expected.value(QLatin1String("outcome")).toString());
    QJsonArray rua;
    for (const QByteArray &uri : reading.rua)
        rua.append(QString::fromLatin1(uri));
    QCOMPARE(rua, expected.value(QLatin1String("rua")).toArray());
    if (reading.outcome != RecordOutcome::Unknown) // the findings of a failure are the resolver's
        QCOMPARE(Vectors::firstMissing(expected, reading.issues), QString());
    QCOMPARE(Vectors::firstSurplus(expected, reading.issues), QString());
}

void tst_TlsRptRecord::more_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QByteArray>("issue");
    const auto row = [](const char *why, const char *text, const char *outcome, const char *id) {
        QTest::newRow(why) << QByteArray(text) << QString::fromLatin1(outcome) << QByteArray(id);
    };
    row("empty text", "", "none", "RPT-1");
    row("unrelated only", "v=spf1 -all", "none", "RPT-1");
    row("version only", "v=TLSRPTv1", "none", "RPT-2");
    row("leading space", " v=TLSRPTv1; rua=mailto:a@b.example", "none", "RPT-2");
    row("quotes stored", "\"v=TLSRPTv1; rua=mailto:a@b.example\"", "none", "RPT-17");
    row("back slash stored", "v=TLSRPTv1\\; rua=mailto:a@b.example", "none", "RPT-17");
    row("rua empty", "v=TLSRPTv1; rua=", "invalid", "RPT-5");
    row("rua empty before semicolon", "v=TLSRPTv1; rua=;", "invalid", "RPT-5");
    row("rua in upper case is another field", "v=TLSRPTv1; RUA=mailto:a@b.example", "invalid",
        "RPT-5");
    row("final comma", "v=TLSRPTv1; rua=mailto:a@b.example,", "invalid", "RPT-6.comma");
    row("doubled semicolon", "v=TLSRPTv1;; rua=mailto:a@b.example", "invalid", "RPT-6.empty");
    row("trailing space", "v=TLSRPTv1; rua=mailto:a@b.example ", "invalid", "RPT-6.space");
    row("trailing space after the last semicolon", "v=TLSRPTv1; rua=mailto:a@b.example; ", "valid",
        "");
    row("tabs as white space", "v=TLSRPTv1\t;\trua=mailto:a@b.example", "valid", "RPT-2.space");
    row("line end inside", "v=TLSRPTv1; rua=mailto:a@b.example\r\n", "invalid", "RPT-6.ascii");
    row("field without equals sign", "v=TLSRPTv1; hello; rua=mailto:a@b.example", "invalid",
        "RPT-6");
    row("semicolon inside a URI", "v=TLSRPTv1; rua=https://r.example/?a=1;b=2", "valid",
        "RPT-8.cut");
    row("semicolon inside an address", "v=TLSRPTv1; rua=mailto:a;b@b.example", "invalid", "RPT-8");
    row("other scheme beside a good one", "v=TLSRPTv1; rua=ftp://r.example/,mailto:a@b.example",
        "valid", "RPT-7.ignored");
    row("https without host", "v=TLSRPTv1; rua=https:///x", "unusable", "RPT-14.host");
    row("https with a bad port", "v=TLSRPTv1; rua=https://r.example.com:99999/", "unusable",
        "RPT-14.host");
    row("domain without dot", "v=TLSRPTv1; rua=mailto:a@localhost", "unusable", "RPT-18");
    row("percent sign at the end", "v=TLSRPTv1; rua=mailto:a%4@b.example%", "invalid",
        "RPT-8.escape");
    row("ruf has no meaning", "v=TLSRPTv1; rua=mailto:a@b.example; ruf=mailto:x@b.example", "valid",
        "RPT-11");
}

void tst_TlsRptRecord::more()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, issue);
    const TlsRptReading reading = readTlsRptRecords({text}, {});
    QTEST(QString::fromLatin1(recordOutcomeName(reading.outcome)), "outcome");
    bool seen = issue.isEmpty();
    for (const Issue &one : reading.issues)
        seen = seen || one.id == issue;
    QVERIFY2(seen, qPrintable(Vectors::asText(reading.issues)));
}

void tst_TlsRptRecord::destinations()
{
    const auto ids = [](const char *text, const char *domain) {
        QByteArray out;
        for (const Issue &issue : readTlsRptRecords({text}, domain).issues)
            out += issue.id + ' ';
        return out.trimmed();
    };
    QCOMPARE(ids("v=TLSRPTv1; rua=mailto:a@other.org", "example.com"), QByteArray("RPT-13"));
    QCOMPARE(ids("v=TLSRPTv1; rua=mailto:a@mail.example.com", "example.com"), QByteArray("RPT-15"));
    QCOMPARE(ids("v=TLSRPTv1; rua=mailto:a@notexample.com", "example.com"), QByteArray("RPT-13"));
    QCOMPARE(ids("v=TLSRPTv1; rua=mailto:a@other.org", ""), QByteArray());
    // Strict and loose side by side: the strict one counts for some, both for others.
    const TlsRptReading both = readTlsRptRecords(
            {"v=TLSRPTv1 ; rua=mailto:a@b.example", "v=TLSRPTv1; rua=mailto:c@b.example"}, {});
    QCOMPARE(QString::fromLatin1(recordOutcomeName(both.outcome)), QStringLiteral("valid"));
    QCOMPARE(both.rua, QList<QByteArray>{"mailto:c@b.example"});
    QCOMPARE(both.issues.first(), (Issue{"RPT-2.disputed", Severity::Error, {}}));
}

void tst_TlsRptRecord::typed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("uri");
    const auto row = [](const char *why, const QString &text, const char *uri) {
        QTest::newRow(why) << text << QByteArray(uri);
    };
    row("address", QStringLiteral(" tls@Example.org "), "mailto:tls@example.org");
    row("mailto", QStringLiteral("MAILTO:tls@example.org"), "mailto:tls@example.org");
    row("mailto with slashes", QStringLiteral("mailto://tls@example.org"),
        "mailto:tls@example.org");
    row("angle brackets", QStringLiteral("<tls@example.org>"), "mailto:tls@example.org");
    row("plus", QStringLiteral("tls+rpt@example.org"), "mailto:tls+rpt@example.org");
    row("characters to encode", QStringLiteral("a!b,c;d@example.org"),
        "mailto:a%21b%2Cc%3Bd@example.org");
    row("percent sign typed", QStringLiteral("a%21b@example.org"), "mailto:a%2521b@example.org");
    row("percent sign in a URI", QStringLiteral("mailto:a%21b@example.org"),
        "mailto:a%21b@example.org");
    row("international domain", QStringLiteral("tls@b\u00FCcher.example"),
        "mailto:tls@xn--bcher-kva.example");
    row("https", QStringLiteral("https://R.example.com:8443/t?d=a,b;c!d"),
        "https://r.example.com:8443/t?d=a%2Cb%3Bc%21d");
    row("https keeps escapes", QStringLiteral("https://r.example.com/%2C%"),
        "https://r.example.com/%2C%25");
    row("https with text above ASCII", QStringLiteral("https://r.example.com/\u00FC"),
        "https://r.example.com/%C3%BC");
}

void tst_TlsRptRecord::typed()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, uri);
    const TypedReportAddress found = parseReportAddress(text);
    QCOMPARE(found.uri, uri);
    QCOMPARE(Vectors::asText(found.issues), QString());
    const TlsRptReading reading = readTlsRptRecords({writeTlsRptRecord({found.uri})}, {});
    QCOMPARE(QString::fromLatin1(recordOutcomeName(reading.outcome)), QStringLiteral("valid"));
    QCOMPARE(reading.rua, QList<QByteArray>{uri});
}

void tst_TlsRptRecord::refused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("id");
    const auto row = [](const char *why, const QString &text, const char *id) {
        QTest::newRow(why) << text << QByteArray(id);
    };
    row("nothing", QStringLiteral("  "), "RPT-5");
    row("http", QStringLiteral("http://r.example.com/"), "RPT-7");
    row("host only", QStringLiteral("r.example.com"), "RPT-7.missing");
    row("password", QStringLiteral("https://u:p@r.example.com/"), "RPT-14");
    row("https without host", QStringLiteral("https://"), "RPT-14.host");
    row("https to an address", QStringLiteral("https://192.0.2.1/"), "RPT-14.host");
    row("no local part", QStringLiteral("@example.org"), "RPT-18");
    row("no domain", QStringLiteral("mailto:tls@"), "RPT-18");
    row("two addresses", QStringLiteral("a@example.org,b@example.org"), "RPT-18");
    row("domain with a path", QStringLiteral("a@example.org/x"), "RPT-18");
    row("text above ASCII before the @", QStringLiteral("\u00FC@example.org"), "RPT-18");
    row("too much text", QString(3000, QLatin1Char('a')), "RPT-18");
}

void tst_TlsRptRecord::refused()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, id);
    const TypedReportAddress found = parseReportAddress(text);
    QCOMPARE(found.uri, QByteArray());
    QCOMPARE(found.issues.size(), 1);
    QCOMPARE(found.issues.first().id, id);
    QVERIFY(!found.issues.first().values.join(QString()).contains(QLatin1String("u:p")));
}

void tst_TlsRptRecord::written()
{
    const QList<QByteArray> rua = {"mailto:tls@example.com", "https://reports.example.com/v1"};
    const QByteArray text = writeTlsRptRecord(rua);
    QCOMPARE(text,
             QByteArray("v=TLSRPTv1; rua=mailto:tls@example.com,https://reports.example.com/v1"));
    QCOMPARE(readTlsRptRecords({text}, {}).rua, rua);
}

void tst_TlsRptRecord::everyPrefix()
{
    const QJsonArray all = Vectors::rows("tlsrpt_record.json");
    for (const QJsonValue &row : all) {
        const QList<QByteArray> texts = textsOf(row.toObject());
        for (const QByteArray &text : texts) {
            for (qsizetype i = 0; i <= text.size(); ++i) {
                const TlsRptReading reading = readTlsRptRecords({text.left(i)}, "example.com");
                QCOMPARE(reading.outcome == RecordOutcome::Valid, !reading.rua.isEmpty());
                QVERIFY(reading.outcome == RecordOutcome::Valid || !reading.issues.isEmpty());
                (void)parseReportAddress(QString::fromLatin1(text.left(i)));
            }
        }
    }
}

QTEST_GUILESS_MAIN(tst_TlsRptRecord)
#include "tst_tlsrptrecord.moc"
