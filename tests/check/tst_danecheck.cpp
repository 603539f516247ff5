// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The verdict on a chain is tested in tests/net; here is what the report makes of a whole domain.
#include "check/danestate.h"
#include "check/daneworld.h"
#include "check/judged.h"
#include "check/trustchain.h"

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
    void denialThatIsNotProven();
    void moreRecordsThanAreLookedAt();
    void recordsAtTheDomain();
    void advice();
    void aliasInAnUnsignedZone();
    void baseDomainAsServerName();
    void secondKey();
    void delegatedRecords();
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
    SAYS(report, "DANE-44", Error); // the type alone is refused, and that is told once
    SAYS_NOT(report, "DANE-10");
    QCOMPARE(report.dane, Report::Dane::Broken);
    world.dns.remove(Tlsa1);
    world.dns.failsAll(Tlsa1);
    const Report whole = judged(world);
    SAYS(whole, "DANE-10", Error); // nothing at that name is answered
    SAYS_NOT(whole, "DANE-44");
    QCOMPARE(whole.dane, Report::Dane::Broken);
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

void tst_DaneCheck::denialThatIsNotProven()
{
    DaneWorld world;
    world.publishBoth();
    SAYS_NOT(judged(world), "DANE-43");
    world.dns.bogus(Tlsa1, RecordType::A);
    Report report = judged(world);
    SAYS(report, "DANE-43", Error);
    QCOMPARE(count(report, "DANE-43"), 1);
    QCOMPARE(findingsOf(report, "DANE-43").first().subject, QStringLiteral("mx1.shop.example"));
    QCOMPARE(count(report, "DANE-26.ok"), 2); // the records themselves are right
    // What just failed is no proof of a fault, and not good either.
    world.dns.fails(Tlsa1, RecordType::A);
    report = judged(world);
    SAYS_NOT(report, "DANE-43");
    SAYS(report, "DANE-43.unseen", Unknown);
    QCOMPARE(report.verdict, Verdict::Unknown);
    Survey survey = world.look();
    survey.cancelled = true;
    SAYS_NOT(judge(survey), "DANE-43.unseen");
}

void tst_DaneCheck::moreRecordsThanAreLookedAt()
{
    DaneWorld world;
    world.publishBoth();
    world.dns.cut(Tlsa1, RecordType::TLSA, 1);
    const Report report = judged(world);
    SAYS(report, "DNS-14.cut", Unknown);
    QCOMPARE(report.verdict, Verdict::Unknown);
}

// DANE-42: the mail domain in place of its mail servers.
void tst_DaneCheck::recordsAtTheDomain()
{
    const QByteArray wrong = "_25._tcp.shop.example";
    DaneWorld world;
    SAYS_NOT(judged(world), "DANE-42.place");
    world.dns.tlsa(wrong, {{3, 1, 1, tlsaData(world.leaf(Mx1), 1, 1)}});
    const Report report = judged(world);
    SAYS(report, "DANE-42.place", Error);
    QCOMPARE(findingsOf(report, "DANE-42.place").first().values.last(),
             QStringLiteral("_25._tcp.mx1.shop.example, _25._tcp.mx2.shop.example"));
    QCOMPARE(report.dane, Report::Dane::Absent);
    // Beside those at the right places they do no harm.
    world.publishBoth();
    SAYS_NOT(judged(world), "DANE-42.place");
    // A domain that is its own mail server has them there.
    FakeWorld own;
    own.dns.mx("shop.example", {{10, "shop.example"}});
    own.dns.a("shop.example", {Mx1});
    own.dns.tlsa(wrong, {{3, 1, 1, QByteArray(32, 'x')}});
    SAYS_NOT(judged(own), "DANE-42.place");
}

void tst_DaneCheck::advice()
{
    DaneWorld world;
    world.publishBoth();
    const Certificate issuer = world.smtp.facts[Mx1].tls.chain.at(1);
    const Certificate root = certificatesFromPem(TestPki().root.certificate).at(0);
    const TlsaRecord one{2, 1, 1, tlsaData(issuer, 1, 1)}, backup{2, 1, 1, tlsaData(root, 1, 1)};
    world.dns.tlsa(Tlsa1, {one});
    SAYS(judged(world), "DANE-45.one", Info);
    world.dns.tlsa(Tlsa1, {one, backup});
    SAYS_NOT(judged(world), "DANE-45.one");
    SAYS_NOT(judged(world), "DANE-33");
    Survey survey = world.look();
    survey.hosts.first().tlsa->ttl = 172800;
    SAYS(judge(survey), "DANE-33", Info);
    QCOMPARE(judge(survey).verdict, Verdict::Ok);
}

// DANE-4, DANE-7: an alias of an unsigned zone takes all with it; one that is signed does not.
void tst_DaneCheck::aliasInAnUnsignedZone()
{
    DaneWorld world;
    world.publishBoth();
    world.dns.remove("mx1.shop.example");
    world.dns.alias("mx1.shop.example", "host.provider.example", Security::Insecure);
    world.dns.a("host.provider.example", {Mx1});
    Report report = judged(world);
    SAYS(report, "DANE-4", Warning);
    QCOMPARE(report.dane, Report::Dane::Some);
    world.dns.alias("mx1.shop.example", "host.provider.example");
    world.dns.a("host.provider.example", {Mx1}, Security::Insecure);
    report = judged(world);
    SAYS_NOT(report, "DANE-4");
    QCOMPARE(count(report, "DANE-26.ok"), 2);
}

// DANE-25: a server that shows a certificate to the name that senders with DANE ask for.
void tst_DaneCheck::baseDomainAsServerName()
{
    DaneWorld world;
    world.publishBoth();
    world.dns.remove("mx1.shop.example");
    world.dns.alias("mx1.shop.example", "host.shop.example");
    world.dns.a("host.shop.example", {Mx1});
    world.dns.remove(Tlsa1);
    const TestPki pki;
    const QList<Certificate> chain =
            certificatesFromPem(pki.chain(pki.leaf(QList<QByteArray>{"host.shop.example"})));
    world.dns.tlsa("_25._tcp.host.shop.example", {{3, 1, 1, tlsaData(chain.first(), 1, 1)}});
    Survey survey = world.look();
    AddressLook &look = survey.hosts.first().addresses.first();
    QVERIFY(look.atBase);
    SAYS(judge(survey), "DANE-28", Error); // the same certificate under both names
    look.atBase->tls.chain = chain;
    look.otherKeyType.reset();
    const Report report = judge(survey);
    QCOMPARE(count(report, "DANE-26.ok"), 2);
    QCOMPARE(report.dane, Report::Dane::All);
}

// DANE-38: which certificate a sender is shown nobody knows.
void tst_DaneCheck::secondKey()
{
    DaneWorld world;
    world.publishBoth();
    const TestPki pki;
    const QList<Certificate> rsa = certificatesFromPem(pki.chain(pki.leaf(CertificateWish{
            .commonName = {}, .dnsNames = {"mx1.shop.example"}, .key = TestKey::Rsa2048})));
    Survey survey = world.look();
    AddressLook &look = survey.hosts.first().addresses.first();
    look.otherKeyType = look.smtp;
    look.otherKeyType->tls.chain = rsa;
    Report report = judge(survey);
    SAYS(report, "DANE-38", Error);
    QCOMPARE(count(report, "DANE-26.ok"), 1); // of the other server
    QCOMPARE(report.dane, Report::Dane::Broken);
    QCOMPARE(daneWordOf(survey, survey.hosts.first(), look), QByteArray("fail"));
    QVERIFY(!isVerified(trustChains(survey).first()));
    world.dns.tlsa(Tlsa1, {{3, 1, 1, tlsaData(world.leaf(Mx1), 1, 1)},
                           {3, 1, 1, tlsaData(rsa.first(), 1, 1)}});
    survey = world.look();
    AddressLook &again = survey.hosts.first().addresses.first();
    again.otherKeyType = again.smtp;
    again.otherKeyType->tls.chain = rsa;
    report = judge(survey);
    QVERIFY2(report.verdict == Verdict::Ok, listed(report).constData());
    QCOMPARE(report.dane, Report::Dane::All);
    QVERIFY(isVerified(trustChains(survey).first()));
}

// RFC 7672 2.2.3: an alias at the TLSA name, as several servers can have to one place.
void tst_DaneCheck::delegatedRecords()
{
    const QByteArray place = "tlsa._dane.shop.example";
    DaneWorld world;
    for (const QByteArray &name : {Tlsa1, Tlsa2})
        world.dns.alias(name, place);
    world.dns.tlsa(place, {{3, 1, 1, tlsaData(world.leaf(Mx1), 1, 1)},
                           {3, 1, 1, tlsaData(world.leaf(Mx2), 1, 1)}});
    Report report = judged(world);
    QCOMPARE(count(report, "DANE-26.ok"), 2);
    QCOMPARE(report.dane, Report::Dane::All);
    SAYS(report, "DANE-35.unlike", Warning);
    QCOMPARE(findingsOf(report, "DANE-35.unlike").first().values,
             (QStringList{QStringLiteral("mx1.shop.example, mx2.shop.example"),
                          QString::fromLatin1(place)}));
    // One certificate for both.
    const TestPki pki;
    const TestIdentity both = pki.leaf(QList<QByteArray>{"mx1.shop.example", "mx2.shop.example"});
    for (const QString &address : {Mx1, Mx2})
        world.smtp.facts[address].tls.chain = certificatesFromPem(pki.chain(both));
    world.shared.clear();
    world.dns.tlsa(place, {{3, 1, 1, tlsaData(world.leaf(Mx1), 1, 1)}});
    report = judged(world);
    QVERIFY2(report.verdict == Verdict::Ok, listed(report).constData());
    QCOMPARE(count(report, "DANE-26.ok"), 2);
    QVERIFY(isVerified(trustChains(world.look()).first()));
    // The place is in a zone that is not signed: nobody believes what stands there.
    world.dns.tlsa(place, {{3, 1, 1, tlsaData(world.leaf(Mx1), 1, 1)}}, Security::Insecure);
    report = judged(world);
    QCOMPARE(count(report, "DANE-2"), 2);
    QCOMPARE(report.dane, Report::Dane::Absent);
    const TrustChain chain = trustChains(world.look()).first();
    QCOMPARE(chain.links.at(firstBreak(chain)).kind, TrustLink::Kind::Tlsa);
    QCOMPARE(chain.links.at(firstBreak(chain)).state, TrustLink::State::Unsigned);
    // A key that one of them got by itself.
    world.dns.tlsa(place, {{3, 1, 1, tlsaData(world.leaf(Mx1), 1, 1)}});
    world.smtp.facts[Mx2].tls.chain =
            certificatesFromPem(pki.chain(pki.leaf(QList<QByteArray>{"mx2.shop.example"})));
    world.shared.clear();
    report = judged(world);
    SAYS(report, "DANE-28", Error);
    SAYS(report, "DANE-35.unlike", Warning);
    QCOMPARE(report.dane, Report::Dane::Broken);
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
