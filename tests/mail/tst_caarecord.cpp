// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/caarecord.h"
#include "mailvectors.h"

class tst_CaaRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void vectors_data() { Vectors::addRows("caa.json"); }
    void vectors();
    void climb();
    void unansweredIsNotAbsent();
    void values_data();
    void values();
    void text_data();
    void text();
    void wire();
    void everyPrefix();
};

/// The answer at one name of a vector's tree: aliases followed, failures kept.
static CaaAnswer answerAt(const QByteArray &name, const QJsonObject &tree)
{
    CaaAnswer out;
    out.name = name;
    QString at = QString::fromLatin1(name);
    for (int i = 0; i < 10; ++i) {
        const QJsonValue value = tree.value(at);
        const QString word = value.toString();
        if (word.startsWith(QLatin1String("CNAME "))) {
            at = word.mid(6);
            out.alias = at.toLatin1();
            continue;
        }
        out.isFailed = !word.isEmpty() && word != QLatin1String("NXDOMAIN") &&
                       word != QLatin1String("NODATA");
        const QJsonArray records = value.toArray();
        for (const QJsonValue &record : records) {
            const auto read = caaFromText(record.toString().toUtf8());
            out.isFailed = out.isFailed || !read;
            if (read)
                out.set.append(*read);
        }
        return out;
    }
    out.isFailed = true; // a loop
    return out;
}

static QList<CaaAnswer> answersFor(const QByteArray &name, const QJsonObject &tree)
{
    QList<CaaAnswer> out;
    const QList<QByteArray> names = caaClimb(name);
    for (const QByteArray &one : names)
        out.append(answerAt(one, tree));
    return out;
}

void tst_CaaRecord::vectors()
{
    QFETCH(QJsonObject, row);
    const QJsonObject expected = row.value(QLatin1String("expected")).toObject();
    const QByteArray name = row.value(QLatin1String("name")).toString().toLatin1();
    const auto kind = row.value(QLatin1String("wildcard_certificate")).toBool()
                              ? CertificateKind::Wildcard
                              : CertificateKind::Single;
    const QJsonObject tree = row.value(QLatin1String("tree")).toObject();
    const RelevantCaaSet found = relevantCaaSet(name, answersFor(name, tree));
    const CaaVerdict verdict =
            mayIssue(found, row.value(QLatin1String("ca")).toString().toLatin1(), kind);
    const QJsonValue may = expected.value(QLatin1String("may_issue"));
    if (may.isBool()) {
        QCOMPARE(verdict.mayIssue, may.toBool());
        QVERIFY(verdict.accountUri.isEmpty() && verdict.validationMethods.isEmpty());
    } else {
        const QString condition = may.toString();
        QVERIFY(verdict.mayIssue);
        if (condition == QLatin1String("only from that account"))
            QVERIFY(verdict.accountUri.startsWith("https://"));
        else
            QCOMPARE(condition, QStringLiteral("only with ") +
                                        QString::fromLatin1(verdict.validationMethods.join(' ')));
    }
    QCOMPARE(Vectors::firstMissing(expected, verdict.issues), QString());
    QCOMPARE(Vectors::firstSurplus(expected, verdict.issues), QString());
}

void tst_CaaRecord::climb()
{
    QCOMPARE(caaClimb("*.Mta-sts.Example.com."),
             (QList<QByteArray>{"mta-sts.example.com", "example.com", "com"}));
    QCOMPARE(caaClimb(""), QList<QByteArray>());
    // RFC 8659 3: an alias target without records does not end the climb of the original name.
    const CaaRecord own{0, "issue", "letsencrypt.org"};
    const RelevantCaaSet found =
            relevantCaaSet("a.example.com", {{"a.example.com", false, "x.host.example", {}},
                                             {"example.com", false, {}, {own}},
                                             {"com", true, {}, {}}});
    QVERIFY(!found.isFailed);
    QCOMPARE(found.name, QByteArray("example.com"));
    QCOMPARE(found.alias, QByteArray());
    QCOMPARE(found.set, QList<CaaRecord>{own});
}

void tst_CaaRecord::unansweredIsNotAbsent()
{
    const RelevantCaaSet none = relevantCaaSet("a.example.com", {{"a.example.com", false, {}, {}}});
    QVERIFY(none.isFailed);
    QCOMPARE(none.name, QByteArray("example.com"));
    const CaaVerdict verdict = mayIssue(none, "letsencrypt.org", CertificateKind::Single);
    QVERIFY(!verdict.mayIssue);
    QCOMPARE(verdict.issues.first().id, QByteArray("CAA-8"));
}

void tst_CaaRecord::values_data()
{
    QTest::addColumn<QList<QByteArray>>("records");
    QTest::addColumn<bool>("may");
    QTest::addColumn<QByteArray>("issue");
    const auto row = [](const char *why, const QList<QByteArray> &records, bool may,
                        const char *id) { QTest::newRow(why) << records << may << QByteArray(id); };
    row("case of the name", {"0 issue \"LetsEncrypt.ORG\""}, true, "");
    row("case of the tag", {"0 ISSUE \"letsencrypt.org\""}, true, "");
    row("spaces around", {"0 issue \"  letsencrypt.org  ; \""}, true, "");
    row("one of several", {"0 issue \"digicert.com\"", "0 issue \"letsencrypt.org\""}, true, "");
    row("nobody, but another record allows", {"0 issue \";\"", "0 issue \"letsencrypt.org\""}, true,
        "");
    row("empty value", {"0 issue \"\""}, false, "CAA-4");
    row("longer name", {"0 issue \"letsencrypt.org.evil.example\""}, false, "CAA-3");
    row("malformed parameter means nobody", {"0 issue \"letsencrypt.org; junk\""}, false, "CAA-4");
    row("malformed name", {"0 issue \"lets encrypt.org\""}, false, "CAA-4");
    row("empty condition", {"0 issue \"letsencrypt.org; accounturi=\""}, false, "CAA-4");
    row("free record beside a narrow one",
        {"0 issue \"letsencrypt.org; validationmethods=dns-01\"", "0 issue \"letsencrypt.org\""},
        true, "");
    row("unknown parameter", {"0 issue \"letsencrypt.org; x=y\""}, true, "");
    row("issuewild does not bind a single name", {"0 issuewild \";\""}, true, "");
    row("critical issue is understood", {"128 issue \"letsencrypt.org\""}, true, "");
    row("other flag bits are ignored", {"127 tbs \"x\""}, true, "");
    row("critical among all bits", {"255 tbs \"x\""}, false, "CAA-6");
    row("iodef only", {"0 iodef \"mailto:a@example.com\""}, true, "");
}

void tst_CaaRecord::values()
{
    QFETCH(QList<QByteArray>, records);
    QFETCH(QByteArray, issue);
    QList<CaaRecord> set;
    for (const QByteArray &text : records) {
        const auto record = caaFromText(text);
        QVERIFY2(record, text.constData());
        set.append(*record);
    }
    const CaaVerdict verdict = mayIssue(set, "letsencrypt.org", CertificateKind::Single);
    QTEST(verdict.mayIssue, "may");
    QCOMPARE(verdict.issues.isEmpty() ? QByteArray() : verdict.issues.first().id, issue);
}

void tst_CaaRecord::text_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("written"); // empty: refused
    const auto row = [](const char *why, const char *text, const char *written) {
        QTest::newRow(why) << QByteArray(text) << QByteArray(written);
    };
    row("plain", "0 issue \"ca.example\"", "0 issue \"ca.example\"");
    row("without quotes", "0 issue ca.example", "0 issue \"ca.example\"");
    row("escapes", "0 issue \"a\\\"b\\\\c\\009\"", "0 issue \"a\\\"b\\\\c\\009\"");
    row("generic", "\\# 8 0005697373756561", "0 issue \"a\"");
    row("quote left open", "0 issue \"ca.example", "");
    row("flags above 255", "256 issue \"a\"", "");
    row("hyphen in the tag", "0 is-sue \"a\"", "");
    row("no value", "0 issue", "");
    row("more than a value", "0 issue \"a\" \"b\"", "");
    row("escape above 255", "0 issue \"\\256\"", "");
}

void tst_CaaRecord::text()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, written);
    const auto record = caaFromText(text);
    QCOMPARE(record.has_value(), !written.isEmpty());
    if (!record)
        return;
    QCOMPARE(caaToText(*record), written);
    QVERIFY(caaFromText(written) == record);
}

void tst_CaaRecord::wire()
{
    const QByteArray good("\x80\x05ISSUEca.example", 17);
    QVERIFY(caaFromWire(good) == (CaaRecord{128, "issue", "ca.example"}));
    for (qsizetype i = 0; i < 7; ++i)
        QVERIFY(!caaFromWire(good.left(i)));
    QVERIFY(caaFromWire(good.left(7))); // an empty value is a value
    QVERIFY(!caaFromWire(QByteArray("\0\0issue", 7)));
    QVERIFY(!caaFromWire(QByteArray("\0\1-x", 4)));
}

void tst_CaaRecord::everyPrefix()
{
    QByteArray all;
    for (int c = 0; c < 256; ++c)
        all += char(c);
    const CaaRecord record{0, "issue", all};
    const QByteArray text = caaToText(record);
    QVERIFY(caaFromText(text) == record);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto read = caaFromText(text.left(i));
        QVERIFY(!read || caaFromText(caaToText(*read)) == read);
    }
}

QTEST_GUILESS_MAIN(tst_CaaRecord)
#include "tst_caarecord.moc"
