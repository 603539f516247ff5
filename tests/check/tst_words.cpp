// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/judged.h"
#include "check/judges.h"
#include "check/words.h"

#include <QFile>
#include <QRegularExpression>

class tst_Words : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyRow_data();
    void everyRow();
    void findingsOfManyWorlds_data();
    void findingsOfManyWorlds();
    void values();
    void unknownId();
    void groups();
    void headlines();
};

namespace {

QByteArrayList idsOfTheTable()
{
    QFile source(QStringLiteral(WORDS_SOURCE));
    if (!source.open(QIODevice::ReadOnly))
        return {};
    static const QRegularExpression id(QStringLiteral("^    \\{\"([A-Z]+-[0-9.a-z-]+)\""),
                                       QRegularExpression::MultilineOption);
    QByteArrayList ids;
    auto found = id.globalMatch(QString::fromUtf8(source.readAll()));
    while (found.hasNext())
        ids.append(found.next().captured(1).toLatin1());
    return ids;
}

bool isClean(const QString &sentence)
{
    static const QRegularExpression bad(QStringLiteral("!|<[a-z/]|%[1-9]|\\berror [0-9x]|  "));
    return !bad.match(sentence).hasMatch();
}

using Spoil = std::function<void(FakeWorld &)>;

void addWorlds()
{
    QTest::addColumn<Spoil>("spoil");
    const auto row = [](const char *name, const Spoil &spoil) { QTest::newRow(name) << spoil; };
    const QString mx1 = QStringLiteral("192.0.2.1");
    row("all is good", [](FakeWorld &) {});
    row("nothing is there", [](FakeWorld &world) { world.dns.remove("shop.example"); });
    row("texts", [](FakeWorld &world) {
        world.dns.txt("_mta-sts.shop.example", {"v=STSv1 ; id=a-b; x", "v=STSv2", "\"v=STSv1;\""});
        world.dns.txt("_smtp._tls.shop.example", {"v=TLSRPTv1;rua=x,mailto:a,http://b;ruf=c"});
    });
    row("failures", [](FakeWorld &world) {
        world.dns.bogus("_mta-sts.shop.example", RecordType::TXT);
        world.dns.fails("shop.example", RecordType::CAA);
        world.dns.fails("_25._tcp.mx1.shop.example", RecordType::TLSA);
        world.dns.alias("mx2.shop.example", "mx2.shop.example");
        world.dns.fails("mta-sts.shop.example", RecordType::A);
    });
    row("not validating", [](FakeWorld &world) { world.dns.rootKey(Security::Insecure); });
    row("policy of nonsense", [](FakeWorld &world) {
        world.setPolicy("Version: STSv1\nmode: Enforce\nmode : x\n\nmx: 10 mx1\nmx: *.com\n"
                        "mx: [1.2.3.4]\nmx: a_b.c\nmax_age: 99999999999\nnonsense\n");
    });
    row("wide policy", [](FakeWorld &world) {
        world.setPolicy("version: STSv1\nmode: testing\nmx: *.shop.example\nmx: *.com\nmx: old.x\n"
                        "mx: old.x\nmx: 1.2.3.4\nmax_age: 10\n");
    });
    row("servers", [mx1](FakeWorld &world) {
        SmtpFacts &facts = world.smtp.facts[mx1];
        facts.tls.pkix.trusted = facts.tls.pkix.nameMatches = false;
        facts.tls.pkix.weak = true;
        facts.tls.protocol = "TLSv1";
        world.smtp.facts.remove(QStringLiteral("192.0.2.2"));
    });
    row("no servers", [](FakeWorld &world) { world.smtp.facts.clear(); });
    row("left alone", [](FakeWorld &world) { world.options.smtp = false; });
    row("private", [](FakeWorld &world) { world.options.allowPrivate = false; });
    row("null MX", [](FakeWorld &world) { world.dns.mx("shop.example", {{7, ""}}); });
    row("TLSA", [](FakeWorld &world) {
        world.dns.tlsa("_25._tcp.mx1.shop.example",
                       {{3, 1, 1, QByteArray(32, 'x')}, {0, 0, 9, "x"}, {2, 0, 0, "y"}});
    });
    row("CAA", [](FakeWorld &world) {
        world.dns.caa("shop.example", {{128, "x", "y"}, {0, "issue", "pki.goog; accounturi=x"}});
    });
    row("redirect", [](FakeWorld &world) {
        PolicyFetch &fetch = world.http.fetches[QStringLiteral("192.0.2.80")];
        fetch.status = 301;
        fetch.location = "https://shop.example/";
    });
    row("aliases to nowhere", [](FakeWorld &world) {
        for (const char *name : {"_mta-sts.shop.example", "mta-sts.shop.example"}) {
            world.dns.remove(name);
            world.dns.alias(name, "gone.example");
        }
    });
}

} // namespace

void tst_Words::everyRow_data()
{
    QTest::addColumn<QByteArray>("id");
    const QByteArrayList ids = idsOfTheTable();
    QVERIFY(ids.size() > 300);
    for (const QByteArray &id : ids)
        QTest::newRow(id.constData()) << id;
}

void tst_Words::everyRow()
{
    QFETCH(QByteArray, id);
    Finding finding;
    finding.id = id;
    for (int i = 1; i <= 9; ++i)
        finding.values.append(QStringLiteral("value"));
    const Words words = wordsFor(finding);
    QVERIFY(!words.title.isEmpty() && words.title != QString::fromLatin1(id));
    for (const QString &sentence : {words.title, words.why, words.fix})
        QVERIFY2(isClean(sentence), qPrintable(sentence));
    QVERIFY2(!words.title.endsWith(u'.'), qPrintable(words.title));
    // A finding that is not good says why it matters.
    QVERIFY(!words.why.isEmpty() || id.endsWith(".ok") || id.endsWith(".none"));
}

void tst_Words::findingsOfManyWorlds_data()
{
    addWorlds();
}

void tst_Words::findingsOfManyWorlds()
{
    QFETCH(Spoil, spoil);
    FakeWorld world;
    spoil(world);
    const Report report = judged(world);
    QVERIFY(!report.findings.isEmpty());
    for (const Finding &finding : report.findings) {
        const Words words = wordsFor(finding);
        const QByteArray all =
                finding.id + ": " + (words.title + u'|' + words.why + u'|' + words.fix).toUtf8();
        QVERIFY2(words.title != QString::fromLatin1(finding.id), all.constData());
        for (int i = 1; i <= 9; ++i)
            QVERIFY2(!all.contains("%" + QByteArray::number(i)), all.constData());
        // Who has something to mend or to do again is told what.
        if (finding.severity == Severity::Error || finding.severity == Severity::Unknown)
            QVERIFY2(!words.fix.isEmpty(), all.constData());
    }
}

void tst_Words::values()
{
    Finding finding;
    finding.id = "STS-12";
    finding.values = QStringList{QStringLiteral("%2 <b>"), QStringLiteral("%1")};
    const Words words = wordsFor(finding);
    QVERIFY2(words.title.contains(QLatin1String("%2 <b>")), qPrintable(words.title)); // one pass
    QCOMPARE(words.reference, QStringLiteral("RFC 8461 8.2"));
}

void tst_Words::unknownId()
{
    Finding finding;
    finding.id = "STS-999.nothing";
    QCOMPARE(wordsFor(finding).title, QStringLiteral("STS-999.nothing"));
}

void tst_Words::groups()
{
    QStringList titles;
    for (const Group group : {Group::Dns, Group::Record, Group::Host, Group::Policy, Group::Mx,
                              Group::Dane, Group::Report, Group::Caa, Group::Input})
        titles.append(groupTitle(group));
    QVERIFY(!titles.contains(QString()));
    QCOMPARE(titles.removeDuplicates(), 0);
}

void tst_Words::headlines()
{
    FakeWorld world;
    QCOMPARE(headline(judged(world)), QStringLiteral("shop.example: everything passed"));
    world.dns.fails("_smtp._tls.shop.example", RecordType::TXT);
    QCOMPARE(headline(judged(world)), QStringLiteral("shop.example: 1 not tested"));
    world.dns.txt("_mta-sts.shop.example", {"v=STSv1; id=1;", "v=STSv1; id=2;"});
    QVERIFY(headline(judged(world)).startsWith(QLatin1String("shop.example: 1 problem")));
    Report report;
    report.domain = world.domain;
    QVERIFY(!headline(report).contains(QLatin1String("passed")));
    // Its dots and the colon would turn the name round in a right-to-left line.
    QVERIFY(headline(report, Qt::RightToLeft)
                    .startsWith(QStringLiteral("\u2066shop.example\u2069: ")));
}

QTEST_GUILESS_MAIN(tst_Words)
#include "tst_words.moc"
