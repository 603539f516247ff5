// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The verdict on a chain is tested in tests/net; here is what the report makes of a whole domain.
#include "check/danestate.h"
#include "check/judged.h"
#include "fakes/testpki.h"

namespace {

const QString Mx1 = QStringLiteral("192.0.2.1");
const QString Mx2 = QStringLiteral("192.0.2.2");
const QByteArray Tlsa1 = "_25._tcp.mx1.shop.example";
const QByteArray Tlsa2 = "_25._tcp.mx2.shop.example";

/// A world whose servers have real certificates, which DANE needs.
struct DaneWorld : FakeWorld
{
    DaneWorld()
    {
        const TestPki pki;
        for (const auto &[address, name] :
             {std::pair(Mx1, QByteArray("mx1.shop.example")), {Mx2, "mx2.shop.example"}}) {
            const TestIdentity leaf = pki.leaf(QList<QByteArray>{name});
            smtp.facts[address].tls.chain = certificatesFromPem(pki.chain(leaf));
        }
    }
    [[nodiscard]] const Certificate &leaf(const QString &address)
    {
        return smtp.facts[address].tls.chain.first();
    }
    void publishBoth()
    {
        dns.tlsa(Tlsa1, {{3, 1, 1, tlsaData(leaf(Mx1), 1, 1)}});
        dns.tlsa(Tlsa2, {{3, 1, 1, tlsaData(leaf(Mx2), 1, 1)}});
    }
};

} // namespace

class tst_DaneCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wholeDomain();
    void noRecords();
    void halfOfTheServers();
    void wrongRecord();
    void wrongSelector();
    void unusableRecords();
    void unusableRecordsOfAnUnseenServer();
    void severalAddressesAreToldOnce();
    void noStartTls();
    void unsignedRecords();
    void unsignedMx();
    void aliasOfAServer();
    void lookUpThatFails();
    void lookUpThatIsBogus();
    void notValidating();
    void mxAnswerThatIsBogus();
    void unseenServer();
    void stoppedLook();
    void words();
};

void tst_DaneCheck::wholeDomain()
{
    DaneWorld world;
    world.publishBoth();
    const Report report = judged(world);
    QCOMPARE(count(report, "DANE-26.ok"), 2);
    QCOMPARE(report.dane, Report::Dane::All);
    QVERIFY2(report.verdict == Verdict::Ok, listed(report).constData());
}

void tst_DaneCheck::noRecords()
{
    FakeWorld world;
    const Report report = judged(world);
    QCOMPARE(count(report, "DANE-41.absent"), 2);
    QCOMPARE(report.dane, Report::Dane::Absent);
}

void tst_DaneCheck::halfOfTheServers()
{
    DaneWorld world;
    world.dns.tlsa(Tlsa1, {{3, 1, 1, tlsaData(world.leaf(Mx1), 1, 1)}});
    const Report report = judged(world);
    SAYS(report, "DANE-37", Warning);
    QCOMPARE(report.dane, Report::Dane::Some);
}

void tst_DaneCheck::wrongRecord()
{
    DaneWorld world;
    world.publishBoth();
    world.dns.tlsa(Tlsa1, {{3, 1, 1, QByteArray(32, 'x')}});
    const Report report = judged(world);
    SAYS(report, "DANE-28", Error);
    QCOMPARE(count(report, "DANE-28"), 1);
    SAYS(report, "STS-82", Error); // MTA-STS alone would be fine
    QCOMPARE(report.dane, Report::Dane::Broken);
    world.setPolicy("version: STSv1\nmode: none\nmax_age: 86400\n");
    SAYS_NOT(judged(world), "STS-82");
}

void tst_DaneCheck::wrongSelector()
{
    DaneWorld world;
    world.publishBoth();
    world.dns.tlsa(Tlsa1, {{3, 0, 1, tlsaData(world.leaf(Mx1), 1, 1)}});
    const Report report = judged(world);
    SAYS(report, "DANE-42.selector", Error);
    QCOMPARE(findingsOf(report, "DANE-42.selector").first().values.last(),
             QString::fromLatin1(tlsaToText({3, 1, 1, tlsaData(world.leaf(Mx1), 1, 1)})));
}

void tst_DaneCheck::unusableRecords()
{
    DaneWorld world;
    world.publishBoth();
    world.dns.tlsa(Tlsa1, {{1, 1, 1, QByteArray(32, 'x')}});
    const Report report = judged(world);
    SAYS(report, "DANE-14", Error);
    SAYS(report, "DANE-12", Error);
    QCOMPARE(report.dane, Report::Dane::Broken);
}

void tst_DaneCheck::unusableRecordsOfAnUnseenServer()
{
    DaneWorld world;
    world.publishBoth();
    world.dns.tlsa(Tlsa1, {{3, 1, 1, QByteArray(20, 'x')}});
    world.smtp.facts.remove(Mx1);
    const Report report = judged(world);
    SAYS(report, "DANE-16", Error);
    SAYS(report, "DANE-12", Error);
    SAYS_NOT(report, "DANE-13"); // whether it offers TLS was not seen
}

void tst_DaneCheck::severalAddressesAreToldOnce()
{
    DaneWorld world;
    world.publishBoth();
    world.dns.a("mx1.shop.example", {Mx1, QStringLiteral("192.0.2.7")});
    world.smtp.facts[QStringLiteral("192.0.2.7")] = world.smtp.facts[Mx1];
    world.dns.tlsa(Tlsa1,
                   {{3, 1, 1, tlsaData(world.leaf(Mx1), 1, 1)}, {0, 1, 1, QByteArray(32, 'x')}});
    const Report report = judged(world);
    SAYS(report, "DANE-14", Warning);
    QCOMPARE(count(report, "DANE-14"), 1);
    QCOMPARE(count(report, "DANE-26.ok"), 3);
}

void tst_DaneCheck::noStartTls()
{
    DaneWorld world;
    world.publishBoth();
    SmtpFacts &facts = world.smtp.facts[Mx1];
    facts = SmtpFacts();
    facts.stage = SmtpFacts::Stage::Ehlo;
    facts.end = SmtpFacts::End::NoStartTls;
    SAYS(judged(world), "DANE-13", Error);
    // A firewall that may be ours hides the offer: nothing was seen.
    facts.issues = {{"TLS-24", Severity::Warning, {}}};
    world.shared.clear();
    const Report report = judged(world);
    SAYS_NOT(report, "DANE-13");
    SAYS(report, "DANE-1.unseen", Unknown);
}

void tst_DaneCheck::unsignedRecords()
{
    DaneWorld world;
    world.publishBoth();
    for (const QByteArray &name : {QByteArray("mx1.shop.example"), QByteArray("mx2.shop.example")})
        world.dns.a(name, {name.startsWith("mx1") ? Mx1 : Mx2}, Security::Insecure);
    world.dns.tlsa(Tlsa1, {{3, 1, 1, QByteArray(32, 'x')}}, Security::Insecure);
    world.dns.remove(Tlsa2);
    const Report report = judged(world);
    SAYS(report, "DANE-2", Error);
    QCOMPARE(count(report, "DANE-2"), 1);
    SAYS(report, "DANE-5", Warning); // of the other server: nothing is published there
    QCOMPARE(count(report, "DANE-5"), 1);
    QCOMPARE(report.dane, Report::Dane::Absent);
}

void tst_DaneCheck::unsignedMx()
{
    DaneWorld world;
    world.publishBoth();
    world.dns.mx("shop.example", {{10, "mx1.shop.example"}, {20, "mx2.shop.example"}},
                 Security::Insecure);
    const Report report = judged(world);
    SAYS(report, "DANE-3", Warning);
    QCOMPARE(report.dane, Report::Dane::Some);
}

void tst_DaneCheck::aliasOfAServer()
{
    DaneWorld world;
    world.dns.remove("mx1.shop.example");
    world.dns.alias("mx1.shop.example", "host.shop.example");
    world.dns.a("host.shop.example", {Mx1});
    Report report = judged(world);
    SAYS(report, "DNS-11.alias", Warning);
    SAYS_NOT(report, "DANE-9"); // without TLSA it matters to DNS only
    world.publishBoth();
    report = judged(world);
    SAYS(report, "DANE-9", Warning);
    SAYS(report, "DANE-26.ok", Ok);
}

void tst_DaneCheck::lookUpThatFails()
{
    DaneWorld world;
    world.dns.fails(Tlsa1, RecordType::TLSA);
    const Report report = judged(world);
    SAYS(report, "DANE-10", Error);
    SAYS(report, "DANE-44", Error);
    QCOMPARE(report.dane, Report::Dane::Broken);
}

void tst_DaneCheck::lookUpThatIsBogus()
{
    DaneWorld world;
    world.dns.bogus(Tlsa1, RecordType::TLSA);
    const Report report = judged(world);
    SAYS(report, "DANE-10", Error);
    SAYS(report, "DNS-9", Error);
    SAYS_NOT(report, "DANE-44");
}

void tst_DaneCheck::notValidating()
{
    DaneWorld world;
    world.publishBoth();
    world.dns.rootKey(Security::Insecure);
    const Report report = judged(world);
    SAYS(report, "DANE-1", Unknown);
    SAYS_NOT(report, "DANE-26.ok");
    QCOMPARE(report.dane, Report::Dane::Unknown);
}

void tst_DaneCheck::mxAnswerThatIsBogus()
{
    DaneWorld world;
    world.publishBoth();
    Survey survey = world.look();
    // The quick answer led to the servers; then the validated one came.
    survey.mx->status = AnswerStatus::Failed;
    survey.mx->security = Security::Bogus;
    const Report report = judge(survey);
    SAYS(report, "DANE-10", Error);
    QCOMPARE(count(report, "DNS-9"), 1);
    QCOMPARE(report.dane, Report::Dane::Broken);
}

void tst_DaneCheck::unseenServer()
{
    DaneWorld world;
    world.publishBoth();
    world.options.smtp = false;
    const Report report = judged(world);
    QCOMPARE(count(report, "DANE-1.unseen"), 2);
    QCOMPARE(report.dane, Report::Dane::Unknown);
    QCOMPARE(report.verdict, Verdict::Unknown);
}

void tst_DaneCheck::stoppedLook()
{
    DaneWorld world;
    world.publishBoth();
    Survey survey = world.look();
    survey.cancelled = true;
    survey.hosts[0].tlsa->status = AnswerStatus::Failed;
    survey.hosts[0].tlsa->security = Security::Unknown;
    const Report report = judge(survey);
    SAYS_NOT(report, "DANE-10");
    SAYS(report, "DANE-1.unseen", Unknown);
    QCOMPARE(report.count(Severity::Error), 0);
}

void tst_DaneCheck::words()
{
    DaneWorld world;
    world.publishBoth();
    world.dns.tlsa(Tlsa2, {{3, 1, 1, QByteArray(32, 'x')}});
    const Survey survey = world.look();
    const auto word = [&](int host) {
        return daneWordOf(survey, survey.hosts.at(host), survey.hosts.at(host).addresses.first());
    };
    QCOMPARE(word(0), QByteArray("authenticated"));
    QCOMPARE(word(1), QByteArray("fail"));
    Survey plain = FakeWorld().look();
    QCOMPARE(daneWordOf(plain, plain.hosts.first(), plain.hosts.first().addresses.first()),
             QByteArray("absent"));
    plain.validation = Validation::Stripped;
    QCOMPARE(daneWordOf(plain, plain.hosts.first(), plain.hosts.first().addresses.first()),
             QByteArray("unknown"));
}

QTEST_GUILESS_MAIN(tst_DaneCheck)
#include "tst_danecheck.moc"
