// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/domainname.h"
#include "mailvectors.h"

class tst_DomainName : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void vectors_data() { Vectors::addRows("domain_input.json"); }
    void vectors();
    void more_data();
    void more();
    void secretsStayOut();
    void suggestions_data();
    void suggestions();
    void fromAscii_data();
    void fromAscii();
    void display_data();
    void display();
    void suffixes();
    void everyPrefix();
};

static QString outcomeName(TypedDomain::Outcome outcome)
{
    switch (outcome) {
    case TypedDomain::Outcome::Accept:
        return QStringLiteral("accept");
    case TypedDomain::Outcome::Ask:
        return QStringLiteral("ask");
    case TypedDomain::Outcome::Reject:
        break;
    }
    return QStringLiteral("reject");
}

void tst_DomainName::vectors()
{
    QFETCH(QJsonObject, row);
    const QJsonObject expected = row.value(QLatin1String("expected")).toObject();
    const TypedDomain typed = DomainName::parse(row.value(QLatin1String("typed")).toString());
    QCOMPARE(outcomeName(typed.outcome), expected.value(QLatin1String("outcome")).toString());
    QCOMPARE(QString::fromLatin1(typed.domain.ascii()),
             expected.value(QLatin1String("ascii")).toString());
    if (expected.contains(QLatin1String("display")))
        QCOMPARE(typed.domain.display(), expected.value(QLatin1String("display")).toString());
    QCOMPARE(Vectors::firstMissing(expected, typed.issues), QString());
    QCOMPARE(Vectors::firstSurplus(expected, typed.issues), QString());
}

void tst_DomainName::more_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QByteArray>("ascii");
    QTest::addColumn<QByteArray>("issue");
    const auto row = [](const char *why, const QString &typed, const char *ascii, const char *id) {
        QTest::newRow(why) << typed << QByteArray(ascii) << QByteArray(id);
    };
    row("byte order mark first", QStringLiteral("\uFEFFexample.com"), "example.com", "NAME-3");
    row("soft hyphen inside is ignored", QStringLiteral("exam\u00ADple.com"), "example.com",
        "NAME-3");
    row("direction mark at the end", QStringLiteral("example.com\u200E"), "example.com", "NAME-3");
    row("direction mark inside", QStringLiteral("exam\u200Eple.com"), "", "NAME-3.hidden");
    row("NUL", QStringLiteral("example.com") + QChar(u'\0') + QStringLiteral("x"), "",
        "NAME-3.hidden");
    row("lone surrogate", QString(QChar(0xD800)) + QStringLiteral(".com"), "", "NAME-3.hidden");
    row("mailto URL", QStringLiteral("mailto:user@example.com?subject=x"), "example.com", "NAME-4");
    row("address in angle brackets", QStringLiteral("Jo Doe <jo@example.com>"), "example.com",
        "NAME-4");
    row("URL with an @ in its path", QStringLiteral("https://example.com/@user"), "example.com",
        "NAME-5");
    row("URL with back slashes", QStringLiteral("https:\\\\example.com\\x"), "example.com",
        "NAME-5");
    row("two URLs", QStringLiteral("https://example.com https://example.net"), "", "NAME-7");
    row("two addresses", QStringLiteral("a@example.com, b@example.net"), "", "NAME-7");
    row("names on two lines", QStringLiteral("example.com\nexample.net"), "", "NAME-7");
    row("space inside", QStringLiteral("exam ple.com"), "", "NAME-1.character");
    row("comma between labels", QStringLiteral("example,com"), "", "NAME-1.comma");
    row("two dots", QStringLiteral("example..com"), "", "NAME-1.empty");
    row("underscore inside", QStringLiteral("my_host.example.com"), "", "NAME-8.underscore");
    row("star inside a label", QStringLiteral("*.a*b.example.com"), "", "NAME-8.wildcard");
    row("hyphen first", QStringLiteral("-example.com"), "", "NAME-8.hyphen");
    row("hyphen last", QStringLiteral("example-.com"), "", "NAME-8.hyphen");
    row("ideographic full stop", QStringLiteral("example\u3002com"), "example.com", "");
    row("full-width letters", QStringLiteral("\uFF45xample.com"), "example.com", "");
    row("full-width digits are an address", QStringLiteral("\uFF11.2.3.4"), "", "NAME-11");
    row("hexadecimal address", QStringLiteral("0x7f.0.0.1"), "", "NAME-11");
    row("short address", QStringLiteral("127.1"), "", "NAME-11");
    row("hexadecimal last label", QStringLiteral("127.0x1"), "", "NAME-11");
    row("address with port", QStringLiteral("192.0.2.1:25"), "", "NAME-11");
    row("character that maps to a slash", QStringLiteral("\u2100.com"), "", "NAME-1.character");
    row("full-width slash", QStringLiteral("example.com\uFF0Fx"), "", "NAME-1.character");
    row("final sigma", QStringLiteral("\u03B2\u03CC\u03BB\u03BF\u03C2.com"), "xn--nxasmm1c.com",
        "NAME-10.deviation");
    row("emoji", QStringLiteral("\U0001F4E7.com"), "xn--du8h.com", "NAME-10.unsafe");
    row("symbol as A-label", QStringLiteral("xn--n3h.net"), "xn--n3h.net", "NAME-10.unsafe");
    row("A-label that no label converts to", QStringLiteral("xn--a.com"), "", "NAME-10.invalid");
    row("A-label with an empty rest", QStringLiteral("xn--.com"), "", "NAME-10.invalid");
    row("two rows of digits", QStringLiteral("\u0661\u06F2.com"), "", "NAME-10.invalid");
    row("digit before right-to-left letter", QStringLiteral("1\u05D0.com"), "", "NAME-10.invalid");
    row("unicode label too long", QString(60, QChar(0xFC)) + QStringLiteral(".com"), "",
        "NAME-12.label");
    row("private public suffix", QStringLiteral("github.io"), "github.io", "NAME-9.suffix");
    row("localhost alone", QStringLiteral("localhost"), "", "NAME-9.single");
    row("mta-sts host", QStringLiteral("mta-sts.example.com"), "mta-sts.example.com", "NAME-6");
    row("www of a suffix is a domain", QStringLiteral("www.com"), "www.com", "");
    row("format string", QStringLiteral("%1.example.com"), "", "NAME-1.character");
    row("markup", QStringLiteral("<b>example.com</b>"), "", "NAME-1.character");
}

void tst_DomainName::more()
{
    QFETCH(QString, typed);
    QFETCH(QByteArray, issue);
    const TypedDomain found = DomainName::parse(typed);
    QTEST(found.domain.ascii(), "ascii");
    QCOMPARE(found.outcome == TypedDomain::Outcome::Reject, found.domain.isEmpty());
    bool seen = issue.isEmpty();
    for (const Issue &one : found.issues)
        seen = seen || one.id == issue;
    QVERIFY2(seen, qPrintable(Vectors::asText(found.issues)));
}

void tst_DomainName::secretsStayOut()
{
    // NAME-5: a password in a URL is neither stored nor shown.
    for (const char *typed : {"https://user:hunter2@example.com/", "user:hunter2@example.com:25",
                              "https://user:hunter2@exa_mple.com/", "x:hunter2@[192.0.2.1]"}) {
        const TypedDomain found = DomainName::parse(QString::fromLatin1(typed));
        for (const Issue &issue : found.issues)
            QVERIFY2(!issue.values.join(QString()).contains(QLatin1String("hunter2")), typed);
    }
}

void tst_DomainName::suggestions_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("policy host") << QStringLiteral("mta-sts.example.com");
    QTest::newRow("web host") << QStringLiteral("www.example.com");
    QTest::newRow("policy record") << QStringLiteral("_mta-sts.example.com");
    QTest::newRow("report record") << QStringLiteral("_smtp._tls.example.com");
    QTest::newRow("TLSA record") << QStringLiteral("_25._tcp.example.com");
    QTest::newRow("key record") << QStringLiteral("s1._domainkey.example.com");
    QTest::newRow("leading dot") << QStringLiteral(".example.com");
    QTest::newRow("comma for dot") << QStringLiteral("example,com");
    QTest::newRow("wildcard") << QStringLiteral("*.example.com");
}

void tst_DomainName::suggestions()
{
    QFETCH(QString, typed);
    QCOMPARE(DomainName::parse(typed).suggestion.ascii(), QByteArray("example.com"));
}

void tst_DomainName::fromAscii_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("good");
    QTest::newRow("plain") << QByteArray("example.com") << true;
    QTest::newRow("label of 63") << QByteArray(63, 'a') + ".com" << true;
    QTest::newRow("label of 64") << QByteArray(64, 'a') + ".com" << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("one label") << QByteArray("com") << false;
    QTest::newRow("final dot") << QByteArray("example.com.") << false;
    QTest::newRow("empty label") << QByteArray("a..com") << false;
    QTest::newRow("underscore") << QByteArray("_a.com") << false;
    QTest::newRow("hyphen first") << QByteArray("-a.com") << false;
    QTest::newRow("address") << QByteArray("192.0.2.1") << false;
    QTest::newRow("octets above ASCII") << QByteArray("\xC3\xBC.com") << false;
    QTest::newRow("253 octets") << QByteArray("a.").repeated(126) + "a" << true;
    QTest::newRow("254 octets") << QByteArray("a.").repeated(126) + "aa" << false;
}

void tst_DomainName::fromAscii()
{
    QFETCH(QByteArray, name);
    const std::optional<DomainName> found = DomainName::fromAscii(name);
    QTEST(found.has_value(), "good");
    if (found)
        QCOMPARE(found->ascii(), name);
}

void tst_DomainName::display_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("unicode");
    QTest::newRow("umlaut") << QStringLiteral("b\u00FCcher.de") << true;
    QTest::newRow("Japanese, three scripts") << QStringLiteral("\u65E5\u3072\u30AB.jp") << true;
    QTest::newRow("Korean") << QStringLiteral("\uD55C\uAD6D.kr") << true;
    QTest::newRow("Cyrillic under a Cyrillic top")
            << QStringLiteral("\u043E\u0440\u0435.\u0440\u0444") << true;
    QTest::newRow("Cyrillic word with its own letters")
            << QStringLiteral("\u043F\u043E\u0447\u0442\u0430.com") << true;
    QTest::newRow("all Latin look-alikes")
            << QStringLiteral("\u0430\u0440\u0440\u04CF\u0435.com") << false;
    QTest::newRow("Latin and Cyrillic") << QStringLiteral("p\u0430ypal.com") << false;
    QTest::newRow("Latin and Greek") << QStringLiteral("g\u03BFogle.com") << false;
    QTest::newRow("Latin and Han") << QStringLiteral("abc\u4E2D.com") << false;
    QTest::newRow("heart") << QStringLiteral("i\u2665.com") << false;
    QTest::newRow("phonetic letter") << QStringLiteral("\u0261oogle.com") << false;
    QTest::newRow("historic script") << QStringLiteral("\u16A0\u16A2.com") << false;
    QTest::newRow("stacked mark") << QStringLiteral("x\u0323\u0301a.com") << false;
}

void tst_DomainName::display()
{
    QFETCH(QString, typed);
    QFETCH(bool, unicode);
    const TypedDomain found = DomainName::parse(typed);
    QVERIFY2(!found.domain.isEmpty(), qPrintable(Vectors::asText(found.issues)));
    QCOMPARE(found.domain.display(), unicode ? typed : QString::fromLatin1(found.domain.ascii()));
}

void tst_DomainName::suffixes()
{
    QVERIFY(isPublicSuffix("co.uk"));
    QVERIFY(isPublicSuffix("COM"));
    QVERIFY(!isPublicSuffix("example.co.uk"));
    QVERIFY(!isPublicSuffix(""));
    QCOMPARE(organizationalDomain("mx.a.example.co.uk"), QByteArray("example.co.uk"));
    QCOMPARE(organizationalDomain("MX.Example.com."), QByteArray("example.com"));
    QCOMPARE(organizationalDomain("co.uk"), QByteArray());
    QCOMPARE(organizationalDomain(""), QByteArray());
}

void tst_DomainName::everyPrefix()
{
    const QJsonArray all = Vectors::rows("domain_input.json");
    for (const QJsonValue &row : all) {
        const QString typed = row[QLatin1String("typed")].toString().left(300);
        for (qsizetype i = 0; i <= typed.size(); ++i) {
            const TypedDomain found = DomainName::parse(typed.left(i));
            QCOMPARE(found.outcome == TypedDomain::Outcome::Reject, found.domain.isEmpty());
            if (!found.domain.isEmpty())
                QVERIFY(DomainName::fromAscii(found.domain.ascii()) == found.domain);
        }
    }
}

QTEST_GUILESS_MAIN(tst_DomainName)
#include "tst_domainname.moc"
