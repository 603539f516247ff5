// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fakedoors.h"

#include <QTest>

#include <thread>

class tst_Look : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everythingIsLookedAt();
    void snapshotsGrowAndEndFinished();
    void listsAskOneResolver();
    void hostsSharedBetweenDomainsAreProbedOnce();
    void privateAddressesAreNotContacted();
    void mailServersLeftAlone();
    void implicitAndNullMx();
    void unvalidatedAnswersHaveNoSecurity();
    void strippedDnssecIsUnknown();
    void validatedServersReplaceQuickOnes_data();
    void validatedServersReplaceQuickOnes();
    void validatedAddressesReplaceQuickOnes();
    void validatedAddressesOfThePolicyHost();
    void blockedPortNeedsTheControls();
    void openPortWhenAControlAnswers();
    void secondHandshakes();
    void otherKindOfKey_data();
    void otherKindOfKey();
    void misplacedRecordsAreLookedForWhenMissing();
    void aliasOfAMailServer();
    void denialsBesideTlsa();
    void hundredMailServers();
    void cancelEndsEveryWait_data();
    void cancelEndsEveryWait();
};

void tst_Look::everythingIsLookedAt()
{
    FakeWorld world;
    const Survey survey = world.look();
    QVERIFY(survey.finished);
    QVERIFY(!survey.cancelled);
    QCOMPARE(survey.validation, Validation::Works);
    QVERIFY(survey.mx && survey.sts && survey.tlsRpt && survey.ns && survey.dnskey &&
            survey.wildcard);
    QCOMPARE(survey.mx->security, Security::Secure);
    QCOMPARE(survey.hosts.size(), 2);
    QCOMPARE(survey.hosts.first().name, QByteArray("mx1.shop.example"));
    for (const MailHost &host : survey.hosts) {
        QVERIFY(host.done && host.a && host.aaaa && host.tlsa);
        QCOMPARE(host.addresses.size(), 1);
        QVERIFY(host.addresses.first().smtp.tls.established);
    }
    QCOMPARE(survey.fetches.size(), 1);
    QCOMPARE(survey.fetches.first().status, 200);
    QVERIFY(survey.caaDone);
    QCOMPARE(survey.caa.size(), 3); // mta-sts.shop.example, shop.example, example
    QCOMPARE(survey.port25, Port25::Open);
}

void tst_Look::snapshotsGrowAndEndFinished()
{
    FakeWorld world;
    QList<Survey> seen;
    const Survey last = world.look({}, [&](const Survey &survey) { seen.append(survey); });
    QVERIFY(seen.size() > 5);
    for (qsizetype i = 0; i + 1 < seen.size(); ++i)
        QVERIFY(!seen.at(i).finished);
    QVERIFY(seen.last().finished);
    QCOMPARE(seen.last().hosts.size(), last.hosts.size());
}

void tst_Look::listsAskOneResolver()
{
    FakeWorld world;
    world.options.overlap = LookOptions::Overlap::BetweenDomains;
    FakeResolver quick;
    const Survey survey = look(world.domain, world.options,
                               {quick, world.dns, world.http, world.smtp, world.shared}, {});
    QVERIFY(quick.asked().isEmpty());
    QCOMPARE(world.dns.timesAsked("shop.example", RecordType::MX), 1);
    QCOMPARE(survey.mx->security, Security::Secure);
    QCOMPARE(survey.hosts.size(), 2);
    QVERIFY(survey.hosts.last().addresses.first().smtp.tls.established);
}

void tst_Look::hostsSharedBetweenDomainsAreProbedOnce()
{
    FakeWorld world;
    world.options.thorough = false;
    (void)world.look();
    (void)world.look();
    QCOMPARE(world.smtp.probes(QStringLiteral("192.0.2.1")), 1);
}

void tst_Look::privateAddressesAreNotContacted()
{
    FakeWorld world;
    world.options.allowPrivate = false;
    const Survey survey = world.look();
    QCOMPARE(world.smtp.probes(QStringLiteral("192.0.2.1")), 0);
    QCOMPARE(survey.hosts.first().addresses.first().skip, AddressLook::Skip::Private);
    QCOMPARE(survey.fetches.first().end, PolicyFetch::End::NotTried);
    QCOMPARE(survey.port25, Port25::NotTested);
}

void tst_Look::mailServersLeftAlone()
{
    FakeWorld world;
    world.options.smtp = false;
    const Survey survey = world.look();
    QCOMPARE(world.smtp.probes(QStringLiteral("192.0.2.1")), 0);
    QCOMPARE(survey.hosts.first().addresses.first().skip, AddressLook::Skip::SmtpOff);
}

void tst_Look::implicitAndNullMx()
{
    FakeWorld world;
    world.dns.noData("shop.example", RecordType::MX);
    world.dns.a("shop.example", {QStringLiteral("192.0.2.1")});
    const Survey implicit = world.look();
    QVERIFY(implicit.implicitMx);
    QCOMPARE(implicit.hosts.size(), 1);
    QCOMPARE(implicit.hosts.first().name, QByteArray("shop.example"));

    world.dns.mx("shop.example", {{0, ""}});
    const Survey null = world.look();
    QVERIFY(null.nullMx);
    QVERIFY(null.hosts.isEmpty());

    world.dns.fails("shop.example", RecordType::MX);
    const Survey failing = world.look();
    QVERIFY(!failing.hostsKnown); // a failed look-up is not "no mail servers"
}

void tst_Look::unvalidatedAnswersHaveNoSecurity()
{
    FakeWorld world;
    FakeResolver validating;
    validating.setDefaultSecurity(Security::Secure);
    validating.rootKey(Security::Secure);
    validating.failsAll("shop.example"); // the second path gives nothing
    const Survey survey = look(world.domain, world.options,
                               {world.dns, validating, world.http, world.smtp, world.shared}, {});
    QVERIFY(survey.mx->isFound());
    QCOMPARE(survey.mx->security, Security::Unknown); // though the quick one said secure
}

void tst_Look::strippedDnssecIsUnknown()
{
    FakeWorld world;
    FakeResolver stripped;
    stripped.bogus(".", RecordType::DNSKEY, QStringLiteral("no signatures"));
    stripped.bogus("shop.example", RecordType::MX, QStringLiteral("no signatures"));
    const Survey survey = look(world.domain, world.options,
                               {world.dns, stripped, world.http, world.smtp, world.shared}, {});
    QCOMPARE(survey.validation, Validation::Stripped);
    QVERIFY(survey.mx->isFound()); // not called bogus: the path is to blame, not the domain
    QCOMPARE(survey.mx->security, Security::Unknown);
}

void tst_Look::validatedServersReplaceQuickOnes_data()
{
    QTest::addColumn<bool>("hangs");
    QTest::newRow("the wrong servers answer") << false;
    QTest::newRow("the wrong servers hang") << true;
}

void tst_Look::validatedServersReplaceQuickOnes()
{
    QFETCH(bool, hangs);
    FakeWorld world;
    FakeResolver quick;
    quick.mx("shop.example", {{5, "evil.example"}, {10, "mx1.shop.example"}});
    quick.a("evil.example", {QStringLiteral("192.0.2.66")});
    quick.a("mx1.shop.example", {QStringLiteral("192.0.2.1")});
    quick.a("mx2.shop.example", {QStringLiteral("192.0.2.2")});
    world.dns.a("evil.example", {QStringLiteral("192.0.2.66")});
    world.smtp.facts.insert(QStringLiteral("192.0.2.66"),
                            goodServer(QStringLiteral("evil.example")));
    if (hangs)
        world.smtp.hangsAt = QStringLiteral("192.0.2.66");
    const Survey survey = look(world.domain, world.options,
                               {quick, world.dns, world.http, world.smtp, world.shared}, {});
    QVERIFY(!survey.cancelled);
    QCOMPARE(survey.mx->security, Security::Secure);
    QCOMPARE(survey.hosts.size(), 2);
    QCOMPARE(survey.hosts.first().name, QByteArray("mx1.shop.example"));
    QCOMPARE(survey.hosts.last().name, QByteArray("mx2.shop.example"));
    for (const MailHost &host : survey.hosts) {
        QVERIFY(host.done);
        QCOMPARE(host.addresses.size(), 1);
        QCOMPARE(host.addresses.first().smtp.end, SmtpFacts::End::Done);
    }
}

void tst_Look::validatedAddressesReplaceQuickOnes()
{
    FakeWorld world;
    FakeResolver quick;
    quick.mx("shop.example", {{10, "mx1.shop.example"}, {20, "mx2.shop.example"}});
    quick.alias("mx1.shop.example", "evil.example");
    quick.a("evil.example", {QStringLiteral("192.0.2.66")});
    quick.a("mx2.shop.example", {QStringLiteral("192.0.2.2")});
    world.smtp.hangsAt = QStringLiteral("192.0.2.66");
    const Survey survey = look(world.domain, world.options,
                               {quick, world.dns, world.http, world.smtp, world.shared}, {});
    QVERIFY(!survey.cancelled);
    const MailHost host = survey.hosts.first();
    QCOMPARE(host.expandedName(), host.name);
    QVERIFY(!host.alias && !host.tlsaAtAlias);
    QCOMPARE(host.addresses.size(), 1);
    QCOMPARE(host.addresses.first().address, QHostAddress(QStringLiteral("192.0.2.1")));
    QCOMPARE(host.addresses.first().smtp.end, SmtpFacts::End::Done);
    QCOMPARE(world.smtp.probes(QStringLiteral("192.0.2.2")), 2); // with SNI and without, once each
}

void tst_Look::validatedAddressesOfThePolicyHost()
{
    FakeWorld world;
    FakeResolver quick;
    quick.mx("shop.example", {{10, "mx1.shop.example"}, {20, "mx2.shop.example"}});
    quick.a("mx1.shop.example", {QStringLiteral("192.0.2.1")});
    quick.a("mx2.shop.example", {QStringLiteral("192.0.2.2")});
    quick.a("mta-sts.shop.example", {QStringLiteral("192.0.2.66")});
    PolicyFetch forged = world.http.fetches.value(QStringLiteral("192.0.2.80"));
    forged.body.replace("enforce", "none");
    world.http.fetches.insert(QStringLiteral("192.0.2.66"), forged);
    const Survey survey = look(world.domain, world.options,
                               {quick, world.dns, world.http, world.smtp, world.shared}, {});
    QCOMPARE(survey.fetches.size(), 1);
    QCOMPARE(survey.fetches.first().address, QHostAddress(QStringLiteral("192.0.2.80")));
    QVERIFY(survey.fetches.first().body.contains("enforce"));
}

void tst_Look::blockedPortNeedsTheControls()
{
    FakeWorld world;
    world.smtp.facts.clear();
    world.options.controlHosts = {"control.example"};
    world.dns.a("control.example", {QStringLiteral("192.0.2.99")});
    QCOMPARE(world.look().port25, Port25::Blocked);
    QVERIFY(world.smtp.probes(QStringLiteral("192.0.2.99")) > 0);

    FakeWorld alone;
    alone.smtp.facts.clear();
    QCOMPARE(alone.look().port25, Port25::NotTested); // without a control nothing can be said
}

void tst_Look::openPortWhenAControlAnswers()
{
    FakeWorld world;
    world.smtp.facts.clear();
    world.options.controlHosts = {"control.example"};
    world.dns.a("control.example", {QStringLiteral("192.0.2.99")});
    world.smtp.facts.insert(QStringLiteral("192.0.2.99"),
                            goodServer(QStringLiteral("control.example")));
    QCOMPARE(world.look().port25, Port25::Open);
}

void tst_Look::secondHandshakes()
{
    FakeWorld world;
    const Survey plain = world.look();
    QVERIFY(plain.hosts.first().addresses.first().withoutSni);
    QVERIFY(!plain.hosts.first().addresses.first().otherKeyType); // no TLSA: nothing to match

    world.shared.clear();
    world.options.thorough = false;
    QVERIFY(!world.look().hosts.first().addresses.first().withoutSni);
}

// DANE-38: wherever there are TLSA records that a second certificate would have to match.
void tst_Look::otherKindOfKey_data()
{
    QTest::addColumn<QByteArray>("tlsa");
    QTest::addColumn<LookOptions::Overlap>("overlap");
    QTest::addColumn<bool>("thorough");
    using Overlap = LookOptions::Overlap;
    const QByteArray own = "_25._tcp.mx1.shop.example", other = "_25._tcp.host.shop.example";
    QTest::newRow("at the server's name") << own << Overlap::InDomain << true;
    QTest::newRow("where its alias leads") << other << Overlap::InDomain << true;
    QTest::newRow("in a list") << own << Overlap::BetweenDomains << false;
}

void tst_Look::otherKindOfKey()
{
    QFETCH(QByteArray, tlsa);
    QFETCH(LookOptions::Overlap, overlap);
    QFETCH(bool, thorough);
    FakeWorld world;
    world.options.overlap = overlap;
    world.options.thorough = thorough;
    world.dns.remove("mx1.shop.example");
    world.dns.alias("mx1.shop.example", "host.shop.example");
    world.dns.a("host.shop.example", {QStringLiteral("192.0.2.1")});
    world.dns.tlsa(tlsa, {{3, 1, 1, QByteArray(32, 'x')}});
    const Survey survey = world.look();
    QVERIFY(survey.hosts.first().addresses.first().otherKeyType);
    QVERIFY(!survey.hosts.last().addresses.first().otherKeyType);
}

void tst_Look::misplacedRecordsAreLookedForWhenMissing()
{
    FakeWorld good;
    QVERIFY(good.look().misplaced.isEmpty());
    QCOMPARE(good.dns.timesAsked("_mta_sts.shop.example", RecordType::TXT), 0);

    FakeWorld world;
    world.dns.remove("_mta-sts.shop.example");
    world.dns.txt("_mta_sts.shop.example", {"v=STSv1; id=1;"});
    const Survey survey = world.look();
    QCOMPARE(survey.misplaced.size(), 1);
    QCOMPARE(survey.misplaced.first().name, QByteArray("_mta_sts.shop.example"));
}

void tst_Look::aliasOfAMailServer()
{
    FakeWorld world;
    world.dns.alias("mx1.shop.example", "host7.provider.example");
    world.dns.a("host7.provider.example", {QStringLiteral("192.0.2.1")});
    world.dns.tlsa("_25._tcp.host7.provider.example", {{3, 1, 1, QByteArray(32, 'x')}});
    const MailHost host = world.look().hosts.first();
    QCOMPARE(host.expandedName(), QByteArray("host7.provider.example"));
    QVERIFY(host.alias);
    QVERIFY(host.tlsaAtAlias && host.tlsaAtAlias->isFound());
}

// DANE-43: asked only where a sender comes to look for TLSA records, and finds some.
void tst_Look::denialsBesideTlsa()
{
    const QByteArray first = "_25._tcp.mx1.shop.example", second = "_25._tcp.mx2.shop.example";
    const QList<TlsaRecord> records{{3, 1, 1, QByteArray(32, 'x')}};
    FakeWorld world;
    world.dns.tlsa(first, records);
    Survey survey = world.look();
    QVERIFY(survey.hosts.first().besideTlsa && survey.hosts.first().besideTlsa->isAbsent());
    QCOMPARE(survey.hosts.first().besideTlsa->security, Security::Secure);
    QVERIFY(!survey.hosts.last().besideTlsa);
    QCOMPARE(world.dns.timesAsked(second, RecordType::A), 0);

    FakeWorld plain;
    plain.dns.a("mx1.shop.example", {QStringLiteral("192.0.2.1")}, Security::Insecure);
    plain.dns.tlsa(first, records);
    plain.dns.tlsa(second, records, Security::Insecure);
    survey = plain.look();
    QVERIFY(!survey.hosts.first().besideTlsa && !survey.hosts.last().besideTlsa);

    FakeWorld alias;
    alias.dns.remove("mx1.shop.example");
    alias.dns.alias("mx1.shop.example", "host7.provider.example");
    alias.dns.a("host7.provider.example", {QStringLiteral("192.0.2.1")});
    alias.dns.tlsa("_25._tcp.host7.provider.example", records);
    survey = alias.look();
    QVERIFY(survey.hosts.first().besideTlsa);
    QCOMPARE(survey.hosts.first().besideTlsa->name, QByteArray("_25._tcp.host7.provider.example"));
}

void tst_Look::hundredMailServers()
{
    FakeWorld world;
    QList<MxRecord> records;
    for (int i = 0; i < 40; ++i) {
        const QByteArray name = "mx" + QByteArray::number(i) + ".many.example";
        records.append({i, name});
        QStringList all;
        for (int k = 1; k <= 4; ++k)
            all.append(QStringLiteral("198.51.%1.%2").arg(i).arg(k));
        world.dns.a(name, all);
    }
    world.dns.mx("shop.example", records);
    const Survey survey = world.look();
    int looked = 0;
    int skipped = 0;
    for (const MailHost &host : survey.hosts) {
        for (const AddressLook &look : host.addresses)
            ++(look.skip == AddressLook::Skip::TooMany ? skipped : looked);
    }
    QCOMPARE(looked, 100);
    QCOMPARE(skipped, 60); // told as not tested, never left out in silence
}

void tst_Look::cancelEndsEveryWait_data()
{
    QTest::addColumn<int>("where");
    QTest::newRow("the DNS does not answer") << 0;
    QTest::newRow("the policy host hangs") << 1;
    QTest::newRow("the mail servers hang") << 2;
}

void tst_Look::cancelEndsEveryWait()
{
    QFETCH(int, where);
    FakeWorld world;
    if (where == 0)
        world.dns.hold();
    world.http.hangs = where == 1;
    world.smtp.hangs = where == 2;
    const Cancel cancel;
    std::thread stop([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        cancel.cancel();
    });
    const Survey survey = world.look(cancel);
    stop.join();
    QVERIFY(survey.finished);
    QVERIFY(survey.cancelled);
}

QTEST_GUILESS_MAIN(tst_Look)
#include "tst_look.moc"
