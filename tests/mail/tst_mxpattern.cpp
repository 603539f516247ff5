// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/mxpattern.h"
#include "mail/policy.h"
#include "mailvectors.h"

#include <QTest>

class tst_MxPattern : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void vectors_data() { Vectors::addRows("mx_match.json"); }
    void vectors();
    void policyLevel_data() { Vectors::addRows("mx_match.json", "policy_level"); }
    void policyLevel();
    void hostNames_data();
    void hostNames();
    void textIsKept();
    void lengthsAtTheBorder();
};

void tst_MxPattern::vectors()
{
    QFETCH(QJsonObject, row);
    // Rows hold text; on the wire U-labels would be UTF-8.
    const QByteArray text = row[QLatin1String("pattern")].toString().toUtf8();
    const QByteArray host = row[QLatin1String("mx_host")].toString().toUtf8();
    const QJsonObject expected = row[QLatin1String("expected")].toObject();
    const std::optional<MxPattern> pattern = MxPattern::parse(text);
    QCOMPARE(pattern.has_value(), expected[QLatin1String("pattern_valid")].toBool());
    QCOMPARE(isHostName(host), expected[QLatin1String("host_valid")].toBool());
    QCOMPARE(pattern && pattern->matches(host), expected[QLatin1String("match")].toBool());
}

void tst_MxPattern::policyLevel()
{
    QFETCH(QJsonObject, row);
    Policy policy{.mode = Policy::Mode::Enforce, .mx = {}, .maxAge = 2592000, .extensions = {}};
    const QJsonArray patterns = row[QLatin1String("patterns")].toArray();
    for (const QJsonValue &value : patterns)
        policy.mx.append(MxPattern::parse(value.toString().toUtf8()).value());
    const QJsonObject expected = row[QLatin1String("expected")].toObject();
    const QJsonObject matches = expected[QLatin1String("matches")].toObject();
    for (auto it = matches.begin(); it != matches.end(); ++it)
        QCOMPARE(anyMatches(policy.mx, it.key().toUtf8()), it.value().toBool());
    const QByteArray domain = row[QLatin1String("policy_domain")].toString().toLatin1();
    const QList<Issue> advice = adviseOnPolicy(policy, domain);
    QCOMPARE(Vectors::firstSurplus(expected, advice), QString());
    // The other rules of these rows need the DNS in view and are judged with it.
    const QJsonArray findings = expected[QLatin1String("findings")].toArray();
    bool wantsWide = false;
    for (const QJsonValue &value : findings)
        wantsWide = wantsWide || value[QLatin1String("req")].toString() == QLatin1String("STS-41");
    const bool isWide = std::any_of(advice.begin(), advice.end(), [](const Issue &issue) {
        return issue.rule() == "STS-41" && issue.severity == Severity::Warning;
    });
    QCOMPARE(isWide, wantsWide);
}

void tst_MxPattern::hostNames_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("usable");
    QTest::newRow("underscore is tolerated") << QByteArray("_mx.example.com") << true;
    QTest::newRow("hyphen first") << QByteArray("-mx.example.com") << false;
    QTest::newRow("hyphen last") << QByteArray("mx-.example.com") << false;
    QTest::newRow("empty label") << QByteArray("mx..example.com") << false;
    QTest::newRow("dot first") << QByteArray(".example.com") << false;
    QTest::newRow("root") << QByteArray(".") << false;
    QTest::newRow("two dots") << QByteArray("..") << false;
    QTest::newRow("asterisk") << QByteArray("*.example.com") << false;
    QTest::newRow("Latin-1") << QByteArray("m\xfcx.example.com") << false;
    QTest::newRow("line end") << QByteArray("mx.example.com\n") << false;
}

void tst_MxPattern::hostNames()
{
    QFETCH(QByteArray, name);
    QTEST(isHostName(name), "usable");
    if (!isHostName(name))
        QVERIFY(!MxPattern::parse("*.example.com")->matches(name));
}

void tst_MxPattern::textIsKept()
{
    QCOMPARE(MxPattern::parse("*.Example.COM")->text(), QByteArray("*.Example.COM"));
    QVERIFY(MxPattern::parse("*.Example.COM")->isWildcard());
    QVERIFY(!MxPattern::parse("mx.example.com")->isWildcard());
}

void tst_MxPattern::lengthsAtTheBorder()
{
    const QByteArray label(62, 'a');
    const QByteArray name = label + '.' + label + '.' + label + '.' + label + ".b"; // 253
    QCOMPARE(name.size(), 253);
    QVERIFY(MxPattern::parse(name).has_value());
    QVERIFY(isHostName(name + '.'));
    QVERIFY(!MxPattern::parse(name + 'b').has_value());
    QVERIFY(!isHostName(name + 'b'));
    QVERIFY(MxPattern::parse(QByteArray(63, 'a') + ".example").has_value());
    QVERIFY(!MxPattern::parse(QByteArray(64, 'a') + ".example").has_value());
}

QTEST_GUILESS_MAIN(tst_MxPattern)
#include "tst_mxpattern.moc"
