// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/limits.h"
#include "mail/policy.h"
#include "mailvectors.h"

#include <QTest>

class tst_Policy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void vectors_data() { Vectors::addRows("mta_sts_policy.json"); }
    void vectors();
    void mistakes_data();
    void mistakes();
    void lifetimes_data();
    void lifetimes();
    void patterns_data();
    void patterns();
    void aLabelIsOffered();
    void thousandBrokenLinesGiveFewIssues();
    void writtenPoliciesAreRead();
    void everyPrefixIsJudged();
    void modesHaveNames();
};

namespace {

const QByteArray Good = "version: STSv1\nmode: enforce\nmx: mx1.example.com\nmax_age: 2592000\n";

QByteArray inputOf(const QJsonObject &row)
{
    if (!row.contains(QLatin1String("input_build")))
        return row[QLatin1String("input")].toString().toLatin1(); // one character is one octet
    QByteArray body;
    const QJsonArray parts = row[QLatin1String("input_build")].toArray();
    for (const QJsonValue &part : parts)
        body += part[0].toString().toUtf8().repeated(part[1].toInt());
    return body;
}

Policy policyOf(const QJsonObject &object)
{
    Policy policy{.mode = modeFromName(object[QLatin1String("mode")].toString().toLatin1()).value(),
                  .mx = {},
                  .maxAge = object[QLatin1String("max_age")].toInteger(),
                  .extensions = {}};
    const QJsonArray mx = object[QLatin1String("mx")].toArray();
    for (const QJsonValue &value : mx)
        policy.mx.append(MxPattern::parse(value.toString().toUtf8()).value());
    const QJsonArray runs = object[QLatin1String("mx_build")].toArray();
    for (const QJsonValue &run : runs) {
        for (int i = 0; i < run[1].toInt(); ++i)
            policy.mx.append(MxPattern::parse(run[0].toString().toUtf8()).value());
    }
    const QJsonArray extensions = object[QLatin1String("extensions")].toArray();
    for (const QJsonValue &pair : extensions) {
        const QJsonArray repeat = pair[1][QLatin1String("repeat")].toArray();
        const QByteArray value =
                repeat.isEmpty() ? pair[1].toString().toUtf8()
                                 : repeat[0].toString().toUtf8().repeated(repeat[1].toInt());
        policy.extensions.append({pair[0].toString().toUtf8(), value});
    }
    return policy;
}

bool contains(const QList<Issue> &issues, const QByteArray &id)
{
    return std::any_of(issues.begin(), issues.end(),
                       [&id](const Issue &issue) { return issue.id == id; });
}

} // namespace

void tst_Policy::vectors()
{
    QFETCH(QJsonObject, row);
    const QJsonObject expected = row[QLatin1String("expected")].toObject();
    const PolicyReading reading = readPolicy(inputOf(row));
    const QList<Issue> issues =
            reading.issues +
            (reading.policy ? adviseOnPolicy(*reading.policy, {}) : QList<Issue>());
    const QString all = Vectors::asText(issues);
    QVERIFY2(reading.policy.has_value() ==
                     (expected[QLatin1String("outcome")].toString() == QLatin1String("accept")),
             qPrintable(all));
    QVERIFY2(reading.grammarValid ==
                     (expected[QLatin1String("grammar")].toString() == QLatin1String("valid")),
             qPrintable(all));
    QCOMPARE(Vectors::firstMissing(expected, issues), QString());
    QCOMPARE(Vectors::firstSurplus(expected, issues), QString());
    if (reading.policy)
        QVERIFY(*reading.policy == policyOf(expected[QLatin1String("policy")].toObject()));
}

void tst_Policy::mistakes_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<QByteArray>("issue");
    const auto row = [](const char *why, const QByteArray &from, const QByteArray &to,
                        bool accepted, const char *issue) {
        QTest::newRow(why) << from << to << accepted << QByteArray(issue);
    };
    row("web page", "version", "<!DOCTYPE html>\nversion", false, "STS-40.html");
    row("web page after blanks", "version", " \r\n<html>\nversion", false, "STS-40.html");
    row("code fence", "version", "```\nversion", false, "STS-40.fence");
    row("quoted TXT", "version", "\"v=STSv1; id=1;\"\nversion", false, "STS-40.txt");
    row("UTF-16", "version", "\xff\xfe", false, "STS-37.utf16");
    row("form feed", "enforce", "enforce\f", false, "STS-38");
    row("delete character", "max_age", "a: \x7f\nmax_age", false, "STS-38");
    row("old Mac line ends", "\n", "\r", false, "STS-23");
    row("Latin-1 in an extension", "max_age", "a: \xfc\nmax_age", false, "STS-37.encoding");
    row("surrogate in UTF-8", "max_age", "a: \xed\xa0\x80\nmax_age", false, "STS-37.encoding");
    row("field name in upper case", "mode", "MODE", false, "STS-26");
    row("MX beside mx", "max_age", "MX: mx2.example.com\nmax_age", true, "STS-26");
    row("doubled equal field", "max_age", "mode: enforce\nmax_age", true, "STS-36.same");
    row("first of doubled fields broken", "mode", "mode: x\nmode", false, "STS-36");
    row("version in other case", "STSv1", "STSV1", false, "STS-27.value");
    row("sign before max_age", "2592000", "+2592000", false, "STS-29.value");
    row("max_age negative", "2592000", "-1", false, "STS-29.value");
    row("max_age with eleven digits", "2592000", "00002592000", false, "STS-29.digits");
    row("leading zeros are legal", "2592000", "0002592000", true, "");
    row("max_age empty", "2592000", "", false, "STS-29");
    row("comma between servers", "mx1.example.com", "a.example,b.example", false, "STS-31.several");
    row("preference", "mx1.example.com", "10 a.example", false, "STS-31.preference");
    row("address literal", "mx1.example.com", "[192.0.2.1]", false, "STS-31.address");
    row("IPv6 address", "mx1.example.com", "2001:db8::1", false, "STS-31.address");
    row("underscore", "mx1.example.com", "mx_1.example.com", false, "STS-31.underscore");
    row("IPv4 text is only advised against", "mx1.example.com", "192.0.2.1", true, "STS-44");
    row("single label", "mx1.example.com", "mailhost", true, "STS-44.single");
    row("no mx with enforce", "mx: mx1.example.com\n", "", false, "STS-30");
    row("comment with a colon", "max_age", "# note: x\nmax_age", true, "STS-35");
    row("extension without value", "max_age", "a:\nmax_age", true, "STS-35");
    row("extension without name", "max_age", ": a\nmax_age", true, "STS-35");
    row("space before an extension's colon", "max_age", "a : b\nmax_age", false, "STS-25.colon");
    row("white space only", "mode", " \t\nmode", true, "STS-24");
    row("full-width colon", "mode:", "mode\xef\xbc\x9a", false, "STS-22");
}

void tst_Policy::mistakes()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(bool, accepted);
    QFETCH(QByteArray, issue);
    QByteArray body = Good;
    QVERIFY(body.contains(from));
    body.replace(from, to);
    const PolicyReading reading = readPolicy(body);
    const QList<Issue> issues =
            reading.issues +
            (reading.policy ? adviseOnPolicy(*reading.policy, {}) : QList<Issue>());
    QVERIFY2(reading.policy.has_value() == accepted, qPrintable(Vectors::asText(issues)));
    if (issue.isEmpty())
        QCOMPARE(Vectors::asText(issues), QString());
    else
        QVERIFY2(contains(issues, issue), qPrintable(Vectors::asText(issues)));
}

void tst_Policy::lifetimes_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<qint64>("maxAge");
    QTest::addColumn<QString>("advice");
    using Mode = Policy::Mode;
    const auto row = [](const char *why, Mode mode, qint64 maxAge, const char *advice) {
        QTest::newRow(why) << static_cast<int>(mode) << maxAge << QString::fromLatin1(advice);
    };
    row("enforce, below a day", Mode::Enforce, 86399, "STS-42 warning");
    row("enforce, a day", Mode::Enforce, 86400, "STS-42.weeks info");
    row("enforce, below two weeks", Mode::Enforce, 1209599, "STS-42.weeks info");
    row("enforce, two weeks", Mode::Enforce, 1209600, "");
    row("enforce, a year", Mode::Enforce, Limits::MaxAge, "");
    row("testing, a day", Mode::Testing, 86400, "");
    row("testing, two weeks", Mode::Testing, 1209600, "");
    row("testing, longer", Mode::Testing, 1209601, "STS-42.testing info");
    row("none, a day", Mode::None, 86400, "");
}

void tst_Policy::lifetimes()
{
    QFETCH(int, mode);
    QFETCH(qint64, maxAge);
    const Policy policy{
            .mode = static_cast<Policy::Mode>(mode), .mx = {}, .maxAge = maxAge, .extensions = {}};
    QTEST(Vectors::asText(adviseOnPolicy(policy, "example.com")), "advice");
}

void tst_Policy::patterns_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("domain");
    QTest::addColumn<QString>("advice");
    const auto row = [](const char *why, const char *pattern, const char *domain,
                        const char *advice) {
        QTest::newRow(why) << QByteArray(pattern) << QByteArray(domain)
                           << QString::fromLatin1(advice);
    };
    row("own zone", "*.Example.com", "example.COM", "STS-41 warning");
    row("zone above the domain", "*.example.com", "a.example.com", "STS-41 warning");
    row("dedicated part of the own zone", "*.mx.example.com", "example.com", "");
    row("glued name is another zone", "*.ample.com", "example.com", "");
    row("top-level domain", "*.com", "example.com", "STS-41.suffix error");
    row("public suffix", "*.co.uk", "example.co.uk", "STS-41.suffix error");
    row("public suffix, domain not known", "*.co.uk", "", "STS-41.suffix error");
    row("zone of a provider", "*.mail.protection.outlook.com", "example.com", "");
    row("domain not known", "*.example.com", "", "");
    row("IPv4 text", "192.0.2.1", "example.com", "STS-44 warning");
    row("name that begins with a number", "1.example.com", "example.com", "");
}

void tst_Policy::patterns()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, domain);
    const Policy policy{.mode = Policy::Mode::Enforce,
                        .mx = {MxPattern::parse(pattern).value()},
                        .maxAge = 2592000,
                        .extensions = {}};
    QTEST(Vectors::asText(adviseOnPolicy(policy, domain)), "advice");
}

void tst_Policy::aLabelIsOffered()
{
    QByteArray body = Good;
    const PolicyReading reading = readPolicy(body.replace("mx1.example.com", "*.b\xc3\xbc"
                                                                             "cher.example"));
    QVERIFY(!reading.policy);
    const QList<Issue> expected{
            {"STS-32",
             Severity::Error,
             {QStringLiteral("*.b\u00fccher.example"), QStringLiteral("*.xn--bcher-kva.example")}}};
    QCOMPARE(Vectors::asText(reading.issues), Vectors::asText(expected));
    QCOMPARE(reading.issues.first().values, expected.first().values);
}

void tst_Policy::thousandBrokenLinesGiveFewIssues()
{
    QVERIFY(readPolicy(QByteArray("mx:\n").repeated(16000)).issues.size() < 20);
    QVERIFY(readPolicy(QByteArray("\n").repeated(60000)).issues.size() < 20);
    QVERIFY(readPolicy(QByteArray("x\n").repeated(30000)).issues.size() < 20);
}

void tst_Policy::writtenPoliciesAreRead()
{
    for (const auto mode : {Policy::Mode::None, Policy::Mode::Testing, Policy::Mode::Enforce}) {
        for (const qint64 maxAge : {qint64(0), qint64(86400), Limits::MaxAge}) {
            const Policy policy{.mode = mode,
                                .mx = {*MxPattern::parse("mx1.example.com"),
                                       *MxPattern::parse("*.Backup.example.net")},
                                .maxAge = maxAge,
                                .extensions = {}};
            const QByteArray text = writePolicy(policy);
            const PolicyReading reading = readPolicy(text);
            QVERIFY(reading.policy == policy);
            QVERIFY(reading.grammarValid);
            QVERIFY(reading.issues.isEmpty());
            QCOMPARE(text.count('\n'), text.count("\r\n"));
        }
    }
    QCOMPARE(writePolicy(*readPolicy(Good).policy), QByteArray(Good).replace("\n", "\r\n"));
}

void tst_Policy::everyPrefixIsJudged()
{
    const QByteArray text = QByteArray(Good).replace("\n", "\r\n");
    for (qsizetype length = 0; length <= text.size(); ++length) {
        const PolicyReading reading = readPolicy(text.left(length));
        const bool hasError =
                std::any_of(reading.issues.begin(), reading.issues.end(),
                            [](const Issue &issue) { return issue.severity == Severity::Error; });
        QCOMPARE(reading.policy.has_value(), !hasError);
    }
    QVERIFY(!readPolicy(text.left(text.indexOf("max_age: ") + 9)).policy);
}

void tst_Policy::modesHaveNames()
{
    QCOMPARE(modeName(Policy::Mode::Enforce), QByteArray("enforce"));
    QVERIFY(modeFromName("testing") == Policy::Mode::Testing);
    QVERIFY(modeFromName("none") == Policy::Mode::None);
    QVERIFY(!modeFromName("Testing"));
    QVERIFY(!modeFromName(""));
}

QTEST_GUILESS_MAIN(tst_Policy)
#include "tst_policy.moc"
