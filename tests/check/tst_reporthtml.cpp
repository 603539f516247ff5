// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The HTML report: whole, valid for tidy, and nothing in it that anybody else wrote is markup.
#include "check/judged.h"
#include "check/reporthtml.h"
#include "check/reportjson.h"
#include "check/reporttables.h"
#include "check/words.h"

#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace {

constexpr char Hostile[] =
        "<b>x</b><img src=\"file:///etc/passwd\"><script>alert(1)</script>&amp;'";

ReportFacts factsOf(const Survey &survey, const Report &report)
{
    ReportFacts facts;
    facts.program = QStringLiteral("MTA-STS Assistant 0.1");
    facts.resolver = survey.resolver;
    facts.observed = reportObject(survey, report).value(QLatin1String("observed")).toObject();
    facts.senders = whatSendersDo(survey, report);
    return facts;
}

QString htmlOf(FakeWorld &world)
{
    const Survey survey = world.look();
    const Report report = judge(survey);
    return reportHtml(report, factsOf(survey, report));
}

void makeHostile(FakeWorld &world)
{
    SmtpFacts &first = world.smtp.facts[QStringLiteral("192.0.2.1")];
    first.greeting = first.problem = QString::fromLatin1(Hostile);
    first.tls.chain[0].subject = first.tls.chain[0].issuer = QString::fromLatin1(Hostile);
    first.tls.chain[0].dnsNames = QStringList{QString::fromLatin1(Hostile)};
    first.tls.protocol = Hostile;
    first.tls.pkix.trusted = false;
    first.tls.pkix.error = QString::fromLatin1(Hostile);
    SmtpFacts &second = world.smtp.facts[QStringLiteral("192.0.2.2")];
    second.end = SmtpFacts::End::PermanentRefusal;
    second.problem = QString::fromLatin1(Hostile);
    world.dns.txt("_mta-sts.shop.example", {QByteArray("v=STSv1; id=1; ") + Hostile});
    world.dns.txt("_smtp._tls.shop.example", {QByteArray("v=TLSRPTv1; rua=") + Hostile});
    world.setPolicy(QByteArray("version: STSv1\r\nmode: testing\r\nmx: ") + Hostile +
                    "\r\nmax_age: 86400\r\n");
}

/// What tidy complains of; nothing where the page is valid.
QString complaints(const QString &html)
{
    QProcess tidy;
    tidy.start(QStringLiteral("tidy"),
               {QStringLiteral("-e"), QStringLiteral("-q"), QStringLiteral("-utf8")});
    if (!tidy.waitForStarted())
        return QStringLiteral("tidy does not start");
    tidy.write(html.toUtf8());
    tidy.closeWriteChannel();
    if (!tidy.waitForFinished())
        return QStringLiteral("tidy does not end");
    return QString::fromUtf8(tidy.readAllStandardError());
}

} // namespace

class tst_ReportHtml : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everythingIsInIt()
    {
        FakeWorld world;
        world.smtp.facts[QStringLiteral("192.0.2.2")].tls.pkix.expired = true;
        const Survey survey = world.look();
        const Report report = judge(survey);
        const QString html = reportHtml(report, factsOf(survey, report));
        for (const Finding &finding : report.findings) {
            const Words words = wordsFor(finding);
            for (const QString &text : {words.title, words.why, words.fix, words.reference})
                QVERIFY2(html.contains(text.toHtmlEscaped()), qPrintable(text));
        }
        for (const char *text :
             {"shop.example", "MTA-STS Assistant 0.1", "Enforced", "mx1.shop.example", "192.0.2.1",
              "TLSv1.3", "version: STSv1", "v=STSv1; id=20260101T000000;", "Gmail", "Microsoft 365",
              "Delivers over verified TLS to mx1.shop.example.", "lang=\"en\"", "dir=\"ltr\""})
            QVERIFY2(html.contains(QLatin1String(text)), text);
        QVERIFY(html.contains(survey.resolver.toHtmlEscaped()));
    }

    /// Readable without colours: a mark and a word for every link.
    void theChainOfTrustIsInIt()
    {
        FakeWorld world;
        const QString html = htmlOf(world);
        const auto at = html.indexOf(QLatin1String("<h2>Chain of trust for DANE</h2>"));
        QVERIFY(at > 0);
        const QString part = html.mid(at, html.indexOf(QLatin1String("<h2>"), at + 4) - at);
        QVERIFY(part.contains(QLatin1String("<h3>mx1.shop.example</h3>")));
        QVERIFY(part.contains(QLatin1String("<h3>mx2.shop.example</h3>")));
        QVERIFY(part.contains(QStringLiteral("Zone shop.example: <strong class=\"ok\">✓ Signed")));
        QVERIFY(part.contains(QLatin1String("The chain ends at TLSA")));
        world.dns.rootKey(Security::Unknown); // nothing validated: nothing is good
        const QString unknown = htmlOf(world);
        QVERIFY(unknown.contains(QStringLiteral("<strong class=\"unknown\">– Not known")));
        QVERIFY(!unknown.contains(QStringLiteral("✓ Signed")));
    }

    void theWorstComesFirst()
    {
        FakeWorld world;
        world.smtp.facts[QStringLiteral("192.0.2.2")].tls.pkix.expired = true;
        const QString html = htmlOf(world);
        const auto at = [&](const char *text) { return html.indexOf(QLatin1String(text)); };
        QVERIFY(at("class=\"error\"") > 0);
        QVERIFY(at("class=\"error\"") < at("class=\"ok\""));
    }

    void nothingOfOthersIsMarkup()
    {
        FakeWorld world;
        makeHostile(world);
        const QString html = htmlOf(world);
        QVERIFY(html.contains(QLatin1String("&lt;b&gt;x&lt;/b&gt;")));
        QVERIFY(!html.contains(QLatin1String("<b>")));
        QVERIFY(!html.contains(QLatin1String("<img")));
        QVERIFY(!html.contains(QLatin1String("<script")));
        QVERIFY(!html.contains(QLatin1String("src=\"")));
        QVERIFY(!html.contains(QLatin1String("href")));
        QVERIFY(!html.contains(QLatin1String("http://")) &&
                !html.contains(QLatin1String("https://"))); // nothing that could be loaded
    }

    void nothingOfAFileIsMarkup()
    {
        const QString evil = QString::fromLatin1(Hostile);
        const QJsonObject address{{QStringLiteral("address"), evil},
                                  {QStringLiteral("reached"), true},
                                  {QStringLiteral("tls"), evil},
                                  {QStringLiteral("dane"), evil},
                                  {QStringLiteral("certificate"),
                                   QJsonObject{{QStringLiteral("names"), QJsonArray{evil}},
                                               {QStringLiteral("issuer"), evil}}}};
        const QJsonObject observed{
                {QStringLiteral("mx"),
                 QJsonArray{QJsonObject{{QStringLiteral("host"), evil},
                                        {QStringLiteral("addresses"), QJsonArray{address, 1}}},
                            QJsonValue(2)}},
                {QStringLiteral("trust"),
                 QJsonArray{QJsonObject{
                         {QStringLiteral("host"), evil},
                         {QStringLiteral("links"),
                          QJsonArray{
                                  QJsonObject{{QStringLiteral("link"), QStringLiteral("root")},
                                              {QStringLiteral("state"), QStringLiteral("holds")}},
                                  QJsonObject{{QStringLiteral("link"), QStringLiteral("zone")},
                                              {QStringLiteral("reason"), QStringLiteral("signed")},
                                              {QStringLiteral("state"), evil},
                                              {QStringLiteral("name"), evil},
                                              {QStringLiteral("about"), evil}}}}}}},
                {QStringLiteral("stsRecord"), evil},
                {QStringLiteral("policy"), QJsonObject{{QStringLiteral("body"), evil}}}};
        ReportFacts facts;
        facts.program = facts.resolver = evil;
        facts.language = QStringLiteral("\"><script>");
        facts.observed = observed;
        facts.fromFile = true;
        Report report;
        report.domain = *DomainName::fromAscii("shop.example");
        report.at = QDateTime::currentDateTimeUtc();
        report.findings.append({"X.file", Severity::Error, Group::Mx, evil, {evil}, evil});
        const QString html = reportHtml(report, facts);
        QVERIFY(!html.contains(QLatin1String("<img")) && !html.contains(QLatin1String("<script")) &&
                !html.contains(QLatin1String("<b>")));
        QVERIFY(html.contains(QLatin1String("A saved result, opened from a file.")));
    }

    void tidyFindsNothing_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("everything right") << 0;
        QTest::newRow("hostile texts") << 1;
        QTest::newRow("nothing was looked at") << 2;
        QTest::newRow("right to left") << 3;
        QTest::newRow("port 25 blocked") << 4;
    }
    void tidyFindsNothing()
    {
        QFETCH(int, kind);
        if (QStandardPaths::findExecutable(QStringLiteral("tidy")).isEmpty())
            QSKIP("tidy is not installed");
        QVERIFY(!complaints(QStringLiteral("<p><b>x</p>")).isEmpty()); // it does complain
        FakeWorld world;
        if (kind == 1)
            makeHostile(world);
        if (kind == 4)
            world.smtp.facts.clear();
        Survey survey = world.look();
        if (kind == 2) {
            survey = {};
            survey.domain = world.domain;
        }
        const Report report = judge(survey);
        ReportFacts facts = factsOf(survey, report);
        if (kind == 3) {
            facts.direction = Qt::RightToLeft;
            facts.language = QStringLiteral("ar");
        }
        const QString found = complaints(reportHtml(report, facts));
        QVERIFY2(found.isEmpty(), qPrintable(found));
    }

    void whatWasNotSeenIsNotSaidToBeGood()
    {
        FakeWorld world;
        world.smtp.facts.clear();
        const QString html = htmlOf(world);
        QVERIFY(html.contains(QLatin1String("not reached")));
        QVERIFY(html.contains(QLatin1String("not seen")));
        QVERIFY(!html.contains(QLatin1String("Delivers over")));
        QVERIFY(!html.contains(QLatin1String("; trusted")));
    }

    void aLongTextIsCut()
    {
        QString long1;
        for (int i = 0; i < 1000; ++i)
            long1 += QStringLiteral("line %1\n").arg(i);
        const QString shown = preformatted(long1);
        QVERIFY(shown.contains(QLatin1String("line 299\n")));
        QVERIFY(!shown.contains(QLatin1String("line 300\n")));
        QVERIFY(shown.contains(QStringLiteral("…")));
    }
};
QTEST_GUILESS_MAIN(tst_ReportHtml)
#include "tst_reporthtml.moc"
