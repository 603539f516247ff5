// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The practice service as a whole: its zone, its token, whom it tells; judged by the real client.
#include "practice/serviceaccount.h"

class tst_Service : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void zones();
    void tokenFacts();
    void toldOfEachChange();
    void wrongToken();
    void revokedHalfWay();
    void oneTokenEach();
};

void tst_Service::zones()
{
    const Account account;
    const auto zones = account.provider()->zones(Sts, account.cancel);
    QVERIFY2(zones, qPrintable(zones ? QString() : zones.error().what + zones.error().detail));
    QCOMPARE(zones->size(), 1);
    const Zone zone = zones->first();
    QCOMPARE(zone.name, Domain);
    QVERIFY(zone.obstacle.isEmpty() && zone.hostObstacle.isEmpty());
    QVERIFY(account.provider()->zones("_mta-sts.elsewhere.example", account.cancel)->isEmpty());
}

void tst_Service::tokenFacts()
{
    using Signing = TokenFacts::Signing;
    Account account;
    const auto facts = account.provider()->token(Sts, TokenUse::RecordsAndHost, account.cancel);
    QVERIFY2(facts, qPrintable(facts ? QString() : facts.error().what + facts.error().detail));
    QCOMPARE(facts->missing, QStringList());
    QCOMPARE(facts->zonesSeen, 1);
    QCOMPARE(facts->signing, Signing::On);
    account.service.setSigned(false);
    QCOMPARE(account.provider()->token(Sts, TokenUse::Records, account.cancel)->signing,
             Signing::Off);
}

/// Each before its answer, and nothing of what only reads or changes nothing.
void tst_Service::toldOfEachChange()
{
    const Account account;
    QVERIFY(account.apply({account.change(Sts, RecordType::TXT, {text(Sts, "v=STSv1; id=1;")})}));
    QCOMPARE(account.told.size(), 1);
    QCOMPARE(account.told.last(), account.service.state());
    QVERIFY(account.publish(account.look())); // the script alone serves nothing: one more
    QCOMPARE(account.told.size(), 2);
    QCOMPARE(account.told.last(), account.service.state());
    QCOMPARE(account.told.last().policyHost, Host);
    QVERIFY(account.host()->withdraw(account.zone, Host, {}, account.cancel));
    QCOMPARE(account.told.size(), 3);
    QCOMPARE(account.told.last().policyHost, QByteArray());
}

void tst_Service::wrongToken()
{
    Account account;
    account.token = "practice-0123456789abcdef0123456789abcdef";
    const auto zones = account.provider()->zones(Sts, account.cancel);
    QVERIFY(!zones);
    QCOMPARE(zones.error().kind, Error::Kind::Refused);
    QCOMPARE(zones.error().what, QStringLiteral("Cloudflare does not know this token"));
    QCOMPARE(account.provider()->token(Sts, TokenUse::Records, account.cancel).error().kind,
             Error::Kind::Refused);
    const auto applied = account.apply({{Sts, RecordType::TXT, {}, {text(Sts, "v=STSv1; id=1;")}}});
    QCOMPARE(errorOf(applied).kind, Error::Kind::Refused);
    const auto looked = account.host()->look(account.zone, Host, Policy, account.cancel);
    QVERIFY(!looked);
    QCOMPARE(looked.error().kind, Error::Kind::Refused);
    QCOMPARE(account.service.state(), (PracticeServiceState{zoneRecords(), {}, {}}));
}

/// The script is sent, and the host is not attached any more: what was done shows.
void tst_Service::revokedHalfWay()
{
    constexpr int UntilAttached = 2; // upload, workers.dev
    Account account;
    const HostState before = account.look();
    account.service.revokeAfter(UntilAttached);
    const Error error = errorOf(account.publish(before));
    QCOMPARE(error.kind, Error::Kind::Refused);
    QCOMPARE(error.what, QStringLiteral("Cloudflare does not know this token"));
    QVERIFY(!account.provider()->zones(Sts, account.cancel)); // and it stays so
    account.service.revokeAfter(-1);
    const HostState after = account.look();
    QCOMPARE(after.content, HostState::Content::Ours);
    QVERIFY(after.attachedTo.isEmpty());
    QVERIFY(account.publish(after)); // goes on where it stopped
    QVERIFY(account.look().isCurrent);
    account.service.revokeAfter(0);
    QVERIFY(!account.provider()->zones(Sts, account.cancel));

    const QByteArray taken = account.token;
    account.service.renewToken();
    QVERIFY(!account.provider()->zones(Sts, account.cancel)); // that one is gone for good
    account.token = account.service.token();
    QVERIFY(account.token != taken);
    QVERIFY(account.provider()->zones(Sts, account.cancel));
}

void tst_Service::oneTokenEach()
{
    const Account one, other;
    QVERIFY(one.service.token() != other.service.token());
    QVERIFY(one.service.token().startsWith("practice-"));
    QVERIFY(one.service.port() != other.service.port());
}

QTEST_GUILESS_MAIN(tst_Service)
#include "tst_service.moc"
