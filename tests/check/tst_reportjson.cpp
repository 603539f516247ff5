// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts-check/1, member by member: scripts build on it.
#include "check/judged.h"
#include "check/reportjson.h"

#include <QJsonArray>
#include <QJsonDocument>

class tst_ReportJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void members();
    void observedMembers();
    void words_data();
    void words();
    void nothingLookedAt();
    void unreachedServer();
    void policyOfTheRightAddress();
    void hostileText();
    void finding();
};

namespace {

QJsonObject jsonOf(const Survey &survey)
{
    return reportObject(survey, judge(survey));
}

QJsonObject jsonOf(FakeWorld &world)
{
    return jsonOf(world.look());
}

QString text(const QJsonValue &value)
{
    return value.isString() ? value.toString() : QStringLiteral("not a string");
}

} // namespace

void tst_ReportJson::members()
{
    FakeWorld world;
    const QJsonObject json = jsonOf(world);
    QCOMPARE(text(json[u"schema"]), QStringLiteral("mta-sts-check/1"));
    QCOMPARE(text(json[u"domain"]), QStringLiteral("shop.example"));
    QCOMPARE(text(json[u"unicode"]), QStringLiteral("shop.example"));
    const QString at = text(json[u"checkedAt"]);
    QVERIFY2(at.endsWith(u'Z') && QDateTime::fromString(at, Qt::ISODate).isValid(), qPrintable(at));
    QVERIFY(json[u"tookMs"].isDouble());
    QVERIFY(text(json[u"program"]).startsWith(QLatin1String("mta-sts ")));
    QCOMPARE(json[u"cancelled"], QJsonValue(false));
    QCOMPARE(text(json[u"port25"]), QStringLiteral("open"));
    QCOMPARE(text(json[u"verdict"]), QStringLiteral("ok"));
    QCOMPARE(text(json[u"mtaSts"]), QStringLiteral("enforce"));
    QCOMPARE(text(json[u"dane"]), QStringLiteral("absent"));
    QCOMPARE(text(json[u"tlsRpt"]), QStringLiteral("present"));
    QVERIFY(json[u"findings"].isArray() && !json[u"findings"].toArray().isEmpty());
    QVERIFY(json[u"observed"].isObject());
}

void tst_ReportJson::observedMembers()
{
    FakeWorld world;
    world.dns.tlsa("_25._tcp.mx1.shop.example", {{3, 1, 1, QByteArray(32, 'x')}});
    const QJsonObject observed = jsonOf(world)[u"observed"].toObject();
    QCOMPARE(text(observed[u"stsRecord"]), QStringLiteral("v=STSv1; id=20260101T000000;"));
    QVERIFY(text(observed[u"tlsRptRecord"]).startsWith(QLatin1String("v=TLSRPTv1;")));
    QCOMPARE(text(observed[u"dnssec"]), QStringLiteral("secure"));
    QVERIFY(!text(observed[u"resolver"]).isEmpty());

    const QJsonObject policy = observed[u"policy"].toObject();
    QCOMPARE(policy[u"status"], QJsonValue(200));
    QCOMPARE(text(policy[u"contentType"]), QStringLiteral("text/plain"));
    QVERIFY(text(policy[u"body"]).startsWith(QLatin1String("version: STSv1\r\n")));
    QCOMPARE(text(policy[u"mode"]), QStringLiteral("enforce"));
    QCOMPARE(policy[u"maxAge"], QJsonValue(2592000));
    QCOMPARE(policy[u"mx"].toArray(),
             QJsonArray({QStringLiteral("mx1.shop.example"), QStringLiteral("mx2.shop.example")}));

    const QJsonArray hosts = observed[u"mx"].toArray();
    QCOMPARE(hosts.size(), 2);
    const QJsonObject host = hosts.first().toObject();
    QCOMPARE(text(host[u"host"]), QStringLiteral("mx1.shop.example"));
    QCOMPARE(host[u"preference"], QJsonValue(10));
    QCOMPARE(text(host[u"security"]), QStringLiteral("secure"));
    QCOMPARE(host[u"covered"], QJsonValue(true));
    QCOMPARE(text(host[u"tlsa"].toArray().first()),
             QStringLiteral("3 1 1 ") + QString::fromLatin1(QByteArray(32, 'x').toHex()));

    const QJsonObject address = host[u"addresses"].toArray().first().toObject();
    QCOMPARE(text(address[u"address"]), QStringLiteral("192.0.2.1"));
    QCOMPARE(address[u"reached"], QJsonValue(true));
    QCOMPARE(text(address[u"greeting"]), QStringLiteral("mx1.shop.example ESMTP"));
    QCOMPARE(address[u"startTls"], QJsonValue(true));
    QCOMPARE(text(address[u"tls"]), QStringLiteral("TLSv1.3"));
    QCOMPARE(text(address[u"cipher"]), QStringLiteral("TLS_AES_256_GCM_SHA384"));
    QVERIFY(address[u"dane"].isString());

    const QJsonObject certificate = address[u"certificate"].toObject();
    QVERIFY(certificate[u"subject"].isString() && certificate[u"issuer"].isString());
    QCOMPARE(certificate[u"names"].toArray(), QJsonArray({QStringLiteral("mx1.shop.example")}));
    QVERIFY(text(certificate[u"notBefore"]).endsWith(u'Z'));
    QVERIFY(text(certificate[u"notAfter"]).endsWith(u'Z'));
    QCOMPARE(certificate[u"trusted"], QJsonValue(true));
    QCOMPARE(certificate[u"nameMatches"], QJsonValue(true));
    QCOMPARE(text(certificate[u"error"]), QString());
}

void tst_ReportJson::words_data()
{
    QTest::addColumn<Report>("report");
    QTest::addColumn<QString>("member");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *member, const char *word, const auto &set) {
        Report report;
        set(report);
        QTest::addRow("%s %s", member, word)
                << report << QString::fromLatin1(member) << QString::fromLatin1(word);
    };
    using Sts = Report::Sts;
    using Dane = Report::Dane;
    using Rpt = Report::TlsRpt;
    const auto verdict = [&](Verdict value, const char *word) {
        row("verdict", word, [&](Report &report) { report.verdict = value; });
    };
    const auto sts = [&](Sts value, const char *word) {
        row("mtaSts", word, [&](Report &report) { report.sts = value; });
    };
    const auto dane = [&](Dane value, const char *word) {
        row("dane", word, [&](Report &report) { report.dane = value; });
    };
    const auto rpt = [&](Rpt value, const char *word) {
        row("tlsRpt", word, [&](Report &report) { report.tlsRpt = value; });
    };
    verdict(Verdict::Ok, "ok");
    verdict(Verdict::Warning, "warning");
    verdict(Verdict::Error, "error");
    verdict(Verdict::Unknown, "unknown");
    verdict(Verdict::NotDeployed, "not-deployed");
    sts(Sts::Enforce, "enforce");
    sts(Sts::Testing, "testing");
    sts(Sts::None, "none");
    sts(Sts::Absent, "absent");
    sts(Sts::Broken, "broken");
    sts(Sts::Unknown, "unknown");
    dane(Dane::All, "all");
    dane(Dane::Some, "some");
    dane(Dane::Absent, "absent");
    dane(Dane::Broken, "broken");
    dane(Dane::Unknown, "unknown");
    rpt(Rpt::Present, "present");
    rpt(Rpt::Absent, "absent");
    rpt(Rpt::Broken, "broken");
    rpt(Rpt::Unknown, "unknown");
}

void tst_ReportJson::words()
{
    QFETCH(Report, report);
    QFETCH(QString, member);
    QFETCH(QString, word);
    QCOMPARE(text(reportObject(Survey(), report)[member]), word);
}

void tst_ReportJson::nothingLookedAt()
{
    Survey survey;
    survey.domain = *DomainName::fromAscii("shop.example");
    const QJsonObject json = jsonOf(survey);
    QCOMPARE(text(json[u"verdict"]), QStringLiteral("unknown"));
    const QJsonObject observed = json[u"observed"].toObject();
    QCOMPARE(observed[u"mx"], QJsonValue(QJsonArray()));
    QVERIFY(observed[u"stsRecord"].isNull());
    QVERIFY(observed[u"tlsRptRecord"].isNull());
    QVERIFY(observed[u"policy"].isNull());
    QCOMPARE(text(observed[u"dnssec"]), QStringLiteral("unknown"));
}

void tst_ReportJson::unreachedServer()
{
    FakeWorld world;
    world.smtp.facts.clear();
    world.http.fetches.clear();
    const QJsonObject observed = jsonOf(world)[u"observed"].toObject();
    QVERIFY(observed[u"policy"].isNull());
    const QJsonObject host = observed[u"mx"].toArray().first().toObject();
    QVERIFY(host[u"covered"].isNull()); // no policy was seen: neither yes nor no
    const QJsonObject address = host[u"addresses"].toArray().first().toObject();
    QCOMPARE(address[u"reached"], QJsonValue(false));
    QVERIFY(address[u"startTls"].isNull());
    QVERIFY(address[u"certificate"].isNull());
    QCOMPARE(text(address[u"tls"]), QString());
}

void tst_ReportJson::policyOfTheRightAddress()
{
    FakeWorld world;
    Survey survey = world.look();
    PolicyFetch other = survey.fetches.first();
    other.status = 404;
    other.body = "not here";
    survey.fetches.prepend(other);
    const QJsonObject policy = jsonOf(survey)[u"observed"][u"policy"].toObject();
    QCOMPARE(policy[u"status"], QJsonValue(200));
    QCOMPARE(text(policy[u"mode"]), QStringLiteral("enforce"));
    world.setPolicy("<html>");
    const QJsonObject broken = jsonOf(world)[u"observed"][u"policy"].toObject();
    QVERIFY(broken[u"mode"].isNull());
    QVERIFY(broken[u"maxAge"].isNull());
    QCOMPARE(text(broken[u"body"]), QStringLiteral("<html>"));
}

void tst_ReportJson::hostileText()
{
    FakeWorld world;
    const QByteArray hostile = "v=STSv1; id=1; x=\",\"verdict\":\"ok\x1b[2J\xe2\x80\xae\\";
    world.dns.txt("_mta-sts.shop.example", {hostile});
    world.setPolicy("\"},\"verdict\":\"ok\"\n<script>\0" + hostile);
    SmtpFacts &facts = world.smtp.facts[QStringLiteral("192.0.2.1")];
    facts.greeting = QStringLiteral("\"}]}, %1 %n <b>");
    facts.tls.chain[0].subject = QStringLiteral("CN = \"},{\"");
    const QJsonObject json = jsonOf(world);
    const QByteArray document = QJsonDocument(json).toJson(QJsonDocument::Compact);
    QJsonParseError error;
    const QJsonObject read = QJsonDocument::fromJson(document, &error).object();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(read, json);
    QCOMPARE(text(read[u"verdict"]), QStringLiteral("error"));
    QVERIFY(!document.contains('\x1b') && !document.contains('\n'));
    const QJsonValue greeting =
            read[u"observed"][u"mx"].toArray().at(0)[u"addresses"].toArray().at(0)[u"greeting"];
    QCOMPARE(text(greeting), facts.greeting);
    QVERIFY(!text(read[u"observed"][u"stsRecord"]).contains(QChar(0x202e)));
}

void tst_ReportJson::finding()
{
    const Finding finding{"STS-70.testing",
                          Severity::Warning,
                          Group::Policy,
                          QStringLiteral("mx1.shop.example"),
                          {QStringLiteral("mx1.shop.example")},
                          QStringLiteral("seen")};
    JsonWriter list;
    writeFindings(list, nullptr, {finding});
    const QJsonObject json = QJsonDocument::fromJson(list.text()).array().at(0).toObject();
    QCOMPARE(text(json[u"rule"]), QStringLiteral("STS-70"));       // without the variant
    QCOMPARE(text(json[u"id"]), QStringLiteral("STS-70.testing")); // to get the words again
    QCOMPARE(json[u"values"].toArray(), QJsonArray({QStringLiteral("mx1.shop.example")}));
    QCOMPARE(text(json[u"severity"]), QStringLiteral("warning"));
    QCOMPARE(text(json[u"group"]), QStringLiteral("policy"));
    QCOMPARE(text(json[u"subject"]), QStringLiteral("mx1.shop.example"));
    QVERIFY(text(json[u"title"]).contains(QLatin1String("mx1.shop.example")));
    QCOMPARE(text(json[u"detail"]), QStringLiteral("seen"));
    QVERIFY(!text(json[u"fix"]).isEmpty());
    QVERIFY(text(json[u"reference"]).startsWith(QLatin1String("RFC 8461")));
}

QTEST_GUILESS_MAIN(tst_ReportJson)
#include "tst_reportjson.moc"
