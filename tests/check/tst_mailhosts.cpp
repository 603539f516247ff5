// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/judged.h"

using End = SmtpFacts::End;
using Stage = SmtpFacts::Stage;

class tst_MailHosts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodServers();
    void ends_data();
    void ends();
    void unreached();
    void blockedPort();
    void oneAddressOfSeveral();
    void skipped_data();
    void skipped();
    void withoutServerName();
    void stoppedProbeIsNoFault();
};

namespace {

const QString Mx1 = QStringLiteral("192.0.2.1");

Survey surveyWith(const SmtpFacts &facts)
{
    FakeWorld world;
    world.smtp.facts[Mx1] = facts;
    return world.look();
}

SmtpFacts facts(Stage stage, End end, const QList<Issue> &issues = {})
{
    SmtpFacts facts;
    facts.stage = stage;
    facts.end = end;
    facts.problem = QStringLiteral("words of the peer");
    facts.issues = issues;
    return facts;
}

} // namespace

void tst_MailHosts::goodServers()
{
    FakeWorld world;
    QCOMPARE(count(judged(world), "STS-77.ok"), 2);
}

void tst_MailHosts::ends_data()
{
    QTest::addColumn<SmtpFacts>("facts");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<Severity>("severity");
    const auto row = [](const char *name, const SmtpFacts &facts, const char *id,
                        Severity severity) {
        QTest::newRow(name) << facts << QByteArray(id) << severity;
    };
    const QStringList values{QStringLiteral("mx1.shop.example"), Mx1, QStringLiteral("x")};
    const auto warning = [&](const char *id) {
        return QList<Issue>{{id, Severity::Warning, values}};
    };
    row("no STARTTLS", facts(Stage::Ehlo, End::NoStartTls), "STS-77.end", Severity::Error);
    row("no STARTTLS, told by the probe",
        facts(Stage::Ehlo, End::NoStartTls, {{"STS-77", Severity::Error, values}}), "STS-77",
        Severity::Error);
    row("keyword rewritten on the way", facts(Stage::Ehlo, End::NoStartTls, warning("TLS-24")),
        "TLS-24.unseen", Severity::Unknown);
    row("STARTTLS refused", facts(Stage::StartTls, End::StartTlsRefused), "TLS-8.end",
        Severity::Error);
    row("octets before TLS", facts(Stage::StartTls, End::Injection), "TLS-9.end", Severity::Error);
    row("handshake failed", facts(Stage::Handshake, End::TlsFailed), "STS-77.handshake",
        Severity::Error);
    row("refused because of us", facts(Stage::Greeting, End::RefusesUs, warning("TLS-23")),
        "TLS-23", Severity::Unknown);
    row("come back later",
        facts(Stage::Greeting, End::TemporaryRefusal, warning("TLS-3.temporary")),
        "TLS-3.temporary", Severity::Unknown);
    row("554", facts(Stage::Greeting, End::PermanentRefusal, warning("TLS-3.refused")),
        "TLS-3.refused", Severity::Unknown);
    row("521 says that it never takes mail",
        facts(Stage::Greeting, End::PermanentRefusal, {{"TLS-3.refused", Severity::Error, values}}),
        "TLS-3.refused", Severity::Error);
    row("too slow", facts(Stage::Greeting, End::TimedOut, warning("TLS-21")), "TLS-21",
        Severity::Unknown);
    row("slow greeting is advice",
        facts(Stage::Greeting, End::Closed, {{"TLS-21.slow", Severity::Info, values}}),
        "TLS-21.slow", Severity::Info);
    row("closed without a word", facts(Stage::Ehlo, End::Closed), "TLS-3.unfinished",
        Severity::Unknown);
    row("another protocol", facts(Stage::Greeting, End::NotSmtp), "TLS-3.unfinished",
        Severity::Unknown);
}

void tst_MailHosts::ends()
{
    QFETCH(SmtpFacts, facts);
    QFETCH(QByteArray, id);
    QFETCH(Severity, severity);
    const Report report = judge(surveyWith(facts));
    QVERIFY2(has(report, id, severity), listed(report).constData());
    QCOMPARE(count(report, "STS-77.ok"), 1); // the other server
    const bool isFault = report.count(Severity::Error) > 0;
    QCOMPARE(isFault, severity == Severity::Error);
    QVERIFY(isFault || report.count(Severity::Unknown) > 0);
}

void tst_MailHosts::unreached()
{
    FakeWorld world;
    world.smtp.facts.remove(Mx1);
    SAYS(judged(world), "TLS-28.host", Warning);
    world.smtp.facts.clear();
    world.shared.clear();
    Survey survey = world.look();
    survey.port25 = Port25::NotTested;
    SAYS(judge(survey), "TLS-22.unsure", Unknown);
    survey.port25 = Port25::Open;
    SAYS(judge(survey), "TLS-28.all", Error);
    survey.port25 = Port25::NoNetwork;
    SAYS(judge(survey), "TLS-22.nonetwork", Unknown);
}

void tst_MailHosts::blockedPort()
{
    FakeWorld world;
    world.smtp.facts.clear();
    Survey survey = world.look();
    survey.port25 = Port25::Blocked;
    const Report report = judge(survey);
    SAYS(report, "TLS-22", Unknown);
    QCOMPARE(report.count(Severity::Error), 0); // it says nothing of the domain
    QCOMPARE(report.verdict, Verdict::Unknown);
    survey.finished = false;
    SAYS_NOT(judge(survey), "TLS-22");
}

void tst_MailHosts::oneAddressOfSeveral()
{
    FakeWorld world;
    world.dns.a("mx1.shop.example", {Mx1, QStringLiteral("192.0.2.7")});
    const Report report = judged(world);
    SAYS(report, "TLS-28", Warning);
    QCOMPARE(findingsOf(report, "TLS-28").first().subject,
             QStringLiteral("mx1.shop.example [192.0.2.7]"));
}

void tst_MailHosts::skipped_data()
{
    using Skip = AddressLook::Skip;
    QTest::addColumn<Skip>("skip");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<Severity>("severity");
    QTest::newRow("private address") << Skip::Private << QByteArray("TLS-31") << Severity::Error;
    QTest::newRow("no IPv6 here") << Skip::NoIpv6 << QByteArray("TLS-29") << Severity::Unknown;
    QTest::newRow("left alone") << Skip::SmtpOff << QByteArray("TLS-22.off") << Severity::Unknown;
    QTest::newRow("too many") << Skip::TooMany << QByteArray("TLS-1.cut") << Severity::Unknown;
}

void tst_MailHosts::skipped()
{
    QFETCH(AddressLook::Skip, skip);
    QFETCH(QByteArray, id);
    QFETCH(Severity, severity);
    FakeWorld world;
    Survey survey = world.look();
    AddressLook &look = survey.hosts[0].addresses[0];
    look.skip = skip;
    look.smtp = {};
    const Report report = judge(survey);
    QVERIFY2(has(report, id, severity), listed(report).constData());
    QVERIFY(report.verdict != Verdict::Ok);
}

void tst_MailHosts::withoutServerName()
{
    FakeWorld world;
    Survey survey = world.look();
    SmtpFacts plain = facts(Stage::Handshake, End::TlsFailed);
    plain.tls.peerSentAlert = true;
    plain.tls.alert = QStringLiteral("unrecognized name");
    survey.hosts[0].addresses[0].withoutSni = plain;
    SAYS(judge(survey), "STS-75", Error);
    // A connection that was not made once more proves nothing.
    survey.hosts[0].addresses[0].withoutSni = facts(Stage::Connect, End::NoConnection);
    SAYS_NOT(judge(survey), "STS-75");
}

void tst_MailHosts::stoppedProbeIsNoFault()
{
    const Report report = judge(surveyWith(facts(Stage::Connect, End::Cancelled)));
    SAYS(report, "TLS-3.stopped", Unknown);
    SAYS_NOT(report, "TLS-28.host");
}

QTEST_GUILESS_MAIN(tst_MailHosts)
#include "tst_mailhosts.moc"
