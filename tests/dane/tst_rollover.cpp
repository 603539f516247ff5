// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A whole change of keys hour by hour, each thing out of its order, and everything unseen.
#include "dane/rollover.h"
#include "fakes/testpki.h"

#include <QTest>

namespace {

const QByteArray Host = "mx.example.com";
constexpr int Ttl = 3600;
const QDateTime Start(QDate(2026, 3, 1), QTime(6, 0), Qt::UTC);

using Chain = QList<Certificate>;

TlsaRecord recordOf(const Chain &chain)
{
    return {3, 1, 1, tlsaData(chain.first(), 1, 1)};
}

bool says(const RolloverState &state, const char *id)
{
    return std::any_of(state.issues.cbegin(), state.issues.cend(),
                       [id](const Issue &issue) { return issue.id == id; });
}

QByteArray told(const RolloverState &state)
{
    QByteArray text = rolloverStepName(state.step) + ':';
    for (const Issue &issue : state.issues)
        text += ' ' + issue.id + " (" + issue.values.join(u',').toUtf8() + ')';
    return text;
}

} // namespace

class TestRollover : public QObject
{
    Q_OBJECT

private:
    TestPki m_pki;
    const Chain m_old = newChain(), m_next = newChain(), m_third = newChain();
    const TlsaRecord m_oldRecord = recordOf(m_old), m_nextRecord = recordOf(m_next),
                     m_thirdRecord = recordOf(m_third);

    Chain newChain(TestKey key = TestKey::P256)
    {
        CertificateWish wish;
        wish.dnsNames = {Host};
        wish.key = key;
        return certificatesFromPem(m_pki.chain(m_pki.leaf(wish)));
    }

    /// The whole change, with the record of an issuer in the set all the time.
    void changesBeside(KeptRollover kept, const TlsaRecord &issuer) const
    {
        const QList<TlsaRecord> both{m_oldRecord, m_nextRecord, issuer},
                after{m_nextRecord, issuer};
        kept = noted(kept, sight(both, m_old, 0));
        QCOMPARE(at(kept, sight(both, m_old, 3)).step, RolloverStep::Switch);
        kept = noted(kept, sight(both, m_next, 3));
        QCOMPARE(kept.switched, Start.addSecs(3 * 3600));
        QCOMPARE(at(kept, sight(after, m_next, 4)).step, RolloverStep::Done);
    }

    KeptRollover begun(int ttl = Ttl) const
    {
        KeptRollover kept;
        kept.host = Host;
        kept.oldKey = {m_oldRecord};
        kept.nextKey = {m_nextRecord};
        kept.ttl = ttl;
        kept.started = Start;
        return kept;
    }
    /// Published at `Start`, so that caches are right from Start + 2 h on.
    KeptRollover published() const
    {
        KeptRollover kept = begun();
        kept.published = Start;
        return kept;
    }
    KeptRollover switched() const
    {
        KeptRollover kept = published();
        kept.switched = Start.addSecs(3 * Ttl);
        return kept;
    }

    /// Two name servers and two addresses, all seen and all alike.
    RolloverSight sight(const QList<TlsaRecord> &records, const Chain &chain, int hour) const
    {
        RolloverSight seen;
        seen.at = Start.addSecs(3600 * qint64(hour));
        seen.validated = TlsaAnswer::Secure;
        seen.nameServers = {{"ns1.example.com", true, records, Ttl},
                            {"ns2.example.com", true, records, Ttl}};
        seen.addresses = {{QStringLiteral("192.0.2.1"), true, true, {chain}},
                          {QStringLiteral("2001:db8::1"), true, true, {chain}}};
        return seen;
    }
    static RolloverState at(const KeptRollover &kept, const RolloverSight &seen)
    {
        return rolloverAt(kept, seen, seen.at);
    }
    /// Nobody answers.
    RolloverSight blind(int hour) const
    {
        RolloverSight seen = sight({}, {}, hour);
        seen.validated = TlsaAnswer::Failed;
        for (SeenNameServer &server : seen.nameServers)
            server.known = false;
        for (SeenAddress &address : seen.addresses)
            address.known = false;
        return seen;
    }

private Q_SLOTS:
    void wholeRollover();
    void waitIsTwoOfTheLargerTtl();
    void waitNeverShortens();
    void waitStartsAnewWhenARecordWent();
    void outOfOrder_data();
    void outOfOrder();
    void earlySwitchHeals();
    void unseenNeverMovesOn_data();
    void unseenNeverMovesOn();
    void unseenKeepsWhatIsKept();
    void halfSeenIsNotDone();
    void unsignedZoneIsNotPublished();
    void sharedIssuerRecordStays();
    void twoKindsOfKey();
    void oneOfTwoKindsChanges();
    void oneOfTwoKindsOutOfOrder();
    void aKindThatWasNotSeenHoldsEverything();
    void issuerThatStaysUnderAnyKey();
    void whatToAdd();
    void digestsThatHideTheNextKey();
    void noPlan();
    void doneOutsideTheProgram();
};

void TestRollover::wholeRollover()
{
    const QList<TlsaRecord> before{m_oldRecord}, both{m_oldRecord, m_nextRecord},
            after{m_nextRecord};
    KeptRollover kept = begun();
    const auto step = [&](RolloverSight seen, RolloverStep expected, const char *issue = nullptr) {
        const RolloverState state = at(kept, seen);
        QVERIFY2(state.step == expected, told(state));
        if (issue)
            QVERIFY2(says(state, issue), told(state));
        else
            QVERIFY2(state.issues.isEmpty(), told(state));
        kept = noted(kept, seen);
    };
    step(sight(before, m_old, 0), RolloverStep::PublishNext);
    step(sight(before, m_old, 1), RolloverStep::PublishNext);
    RolloverSight half = sight(both, m_old, 2);
    half.nameServers[1].records = before;
    step(half, RolloverStep::PublishNext, "DANE-32.servers");
    QVERIFY(!kept.published.isValid());
    step(sight(both, m_old, 3), RolloverStep::WaitForCaches);
    QCOMPARE(kept.published, Start.addSecs(3 * 3600));
    QCOMPARE(cachesExpireAt(kept), Start.addSecs(5 * 3600));
    QCOMPARE(at(kept, sight(both, m_old, 3)).earliest, Start.addSecs(5 * 3600));
    step(sight(both, m_old, 4), RolloverStep::WaitForCaches);
    step(sight(both, m_old, 5), RolloverStep::Switch);
    RolloverSight one = sight(both, m_old, 6);
    one.addresses[0].chains = {m_next};
    step(one, RolloverStep::VerifyAll, "DANE-32.verify");
    QVERIFY(!kept.switched.isValid());
    RolloverSight unreached = sight(both, m_next, 7);
    unreached.addresses[1].known = false;
    step(unreached, RolloverStep::VerifyAll, "DANE-32.unseen");
    QVERIFY(!kept.switched.isValid());
    step(sight(both, m_next, 8), RolloverStep::RemoveOld);
    QCOMPARE(kept.switched, Start.addSecs(8 * 3600));
    half = sight(after, m_next, 9);
    half.nameServers[1].records = both;
    step(half, RolloverStep::RemoveOld);
    step(sight(after, m_next, 10), RolloverStep::Done);
    QCOMPARE(kept.removed, Start.addSecs(10 * 3600));
    QVERIFY(!at(kept, sight(after, m_next, 10)).isOfBefore);
    step(blind(11), RolloverStep::Done);
    QVERIFY(at(kept, blind(11)).isOfBefore); // not seen this time
}

void TestRollover::waitIsTwoOfTheLargerTtl()
{
    RolloverSight seen = sight({m_oldRecord, m_nextRecord}, m_old, 0);
    seen.nameServers[1].ttl = 600;
    QCOMPARE(cachesExpireAt(noted(begun(86400), seen)), Start.addSecs(2 * 86400)); // the old one
    QCOMPARE(cachesExpireAt(noted(begun(60), seen)), Start.addSecs(2 * Ttl));      // the new one
}

void TestRollover::waitNeverShortens()
{
    KeptRollover kept = published();
    RolloverSight lower = sight({m_oldRecord, m_nextRecord}, m_old, 1);
    for (SeenNameServer &server : lower.nameServers)
        server.ttl = 1;
    kept = noted(kept, lower);
    QCOMPARE(cachesExpireAt(kept), Start.addSecs(2 * Ttl));
    kept = noted(kept, blind(1));
    QCOMPARE(cachesExpireAt(kept), Start.addSecs(2 * Ttl));
    lower.nameServers[0].ttl = 10 * Ttl;
    kept = noted(kept, lower);
    QCOMPARE(cachesExpireAt(kept), Start.addSecs(20 * Ttl));
}

void TestRollover::waitStartsAnewWhenARecordWent()
{
    RolloverSight gone = sight({m_oldRecord, m_nextRecord}, m_old, 5);
    gone.nameServers[0].records = {m_oldRecord};
    const KeptRollover kept = noted(published(), gone);
    QVERIFY(!kept.published.isValid());
    QCOMPARE(at(published(), gone).step, RolloverStep::PublishNext);
    const KeptRollover again = noted(kept, sight({m_oldRecord, m_nextRecord}, m_old, 6));
    QCOMPARE(cachesExpireAt(again), Start.addSecs(8 * 3600));
}

void TestRollover::outOfOrder_data()
{
    QTest::addColumn<KeptRollover>("kept");
    QTest::addColumn<RolloverSight>("seen");
    QTest::addColumn<RolloverStep>("step");
    QTest::addColumn<QByteArray>("issue");
    const QList<TlsaRecord> before{m_oldRecord}, both{m_oldRecord, m_nextRecord},
            after{m_nextRecord}, three{m_oldRecord, m_nextRecord, m_thirdRecord};
    const auto row = [](const char *why, const KeptRollover &kept, const RolloverSight &seen,
                        RolloverStep step, const char *issue) {
        QTest::newRow(why) << kept << seen << step << QByteArray(issue);
    };
    using S = RolloverStep;
    row("switched before caches have it", published(), sight(both, m_next, 1), S::Broken,
        "DANE-32.early");
    RolloverSight one = sight(both, m_old, 1);
    one.addresses[1].chains = {m_next};
    row("one address switched before", published(), one, S::Broken, "DANE-32.early");
    row("switched without any record", begun(), sight(before, m_next, 3), S::Broken,
        "DANE-32.refused");
    row("old record replaced instead of joined", begun(), sight(after, m_old, 3), S::Broken,
        "DANE-32.gone");
    RolloverSight removed = sight(after, m_next, 4);
    removed.addresses[1].chains = {m_old};
    row("old record removed while an address shows the key", switched(), removed, S::Broken,
        "DANE-32.gone");
    RolloverSight half = sight(both, m_old, 4);
    half.nameServers[1].records = after;
    row("old record removed at one name server", published(), half, S::Broken, "DANE-32.gone");
    row("renewal made a third key", published(), sight(both, m_third, 4), S::Broken,
        "DANE-32.refused");
    row("third key is told apart", published(), sight(both, m_third, 4), S::Broken,
        "DANE-32.planless");
    row("third key with a record of its own", published(), sight(three, m_third, 4), S::Switch,
        "DANE-32.planless");
    row("third record", published(), sight(three, m_old, 4), S::Switch, "DANE-32");
    row("current key lost its record long after", switched(), sight(before, m_next, 40), S::Broken,
        "DANE-32.refused");
    RolloverSight clear = sight(both, {}, 4);
    clear.addresses[0] = {QStringLiteral("192.0.2.1"), true, false, {}};
    row("TLS switched off", published(), clear, S::Broken, "DANE-13");
    row("switched back", switched(), sight(both, m_old, 5), S::Switch, "");
    RolloverSight back = sight(both, m_next, 5);
    back.addresses[1].chains = {m_old};
    row("an address that was forgotten", switched(), back, S::VerifyAll, "DANE-32.verify");
    KeptRollover done = switched();
    done.removed = Start.addSecs(4 * Ttl);
    row("old record came back", done, sight(both, m_next, 6), S::RemoveOld, "");
}

void TestRollover::outOfOrder()
{
    QFETCH(KeptRollover, kept);
    QFETCH(RolloverSight, seen);
    QFETCH(RolloverStep, step);
    QFETCH(QByteArray, issue);
    const RolloverState state = at(kept, seen);
    QVERIFY2(state.step == step, told(state));
    QVERIFY2(issue.isEmpty() ? state.issues.isEmpty() : says(state, issue), told(state));
    if (step == RolloverStep::Broken) // never moved on by something broken
        QVERIFY(!noted(kept, seen).removed.isValid());
    if (issue == "DANE-32.refused" || issue == "DANE-32.gone") // names the record that helps
        QVERIFY2(told(state).contains(tlsaToText(recordOf(seen.addresses.last().chains.first()))),
                 told(state));
}

void TestRollover::earlySwitchHeals()
{
    const QList<TlsaRecord> both{m_oldRecord, m_nextRecord};
    const RolloverState early = at(published(), sight(both, m_next, 1));
    QCOMPARE(early.earliest, Start.addSecs(2 * Ttl));
    const KeptRollover kept = noted(published(), sight(both, m_next, 1));
    QVERIFY(!kept.switched.isValid());
    QCOMPARE(at(kept, sight(both, m_next, 2)).step, RolloverStep::RemoveOld);
}

void TestRollover::unseenNeverMovesOn_data()
{
    QTest::addColumn<KeptRollover>("kept");
    QTest::addColumn<RolloverStep>("step");
    QTest::newRow("next not published") << begun() << RolloverStep::PublishNext;
    QTest::newRow("waiting") << published() << RolloverStep::WaitForCaches;
    QTest::newRow("all switched") << switched() << RolloverStep::RemoveOld;
}

void TestRollover::unseenNeverMovesOn()
{
    QFETCH(KeptRollover, kept);
    QFETCH(RolloverStep, step);
    RolloverSight nothing;
    nothing.at = Start.addSecs(1000 * 3600);
    for (const RolloverSight &seen : {blind(1000), nothing}) {
        const RolloverState state = at(kept, seen);
        QVERIFY2(state.step == step, told(state));
        QVERIFY2(says(state, "DANE-32.unseen"), told(state));
        QCOMPARE(noted(kept, seen), kept);
    }
}

void TestRollover::unseenKeepsWhatIsKept()
{
    // One of two is out of reach: what was seen of the other does not stand for it.
    const QList<TlsaRecord> both{m_oldRecord, m_nextRecord};
    RolloverSight seen = sight(both, m_old, 1);
    seen.nameServers[1].known = false;
    QVERIFY(!noted(begun(), seen).published.isValid());
    seen = sight(both, m_old, 1);
    seen.validated = TlsaAnswer::Unknown;
    QVERIFY(!noted(begun(), seen).published.isValid());
    seen = sight({m_nextRecord}, m_next, 5);
    seen.nameServers[0].known = false;
    QVERIFY(!noted(switched(), seen).removed.isValid());
    QCOMPARE(noted(switched(), seen).switched, switched().switched);
}

void TestRollover::halfSeenIsNotDone()
{
    const QList<TlsaRecord> both{m_oldRecord, m_nextRecord};
    RolloverSight seen = sight(both, m_next, 5);
    seen.addresses[1].chains.clear(); // reached, no certificate seen
    QVERIFY(!noted(published(), seen).switched.isValid());
    QVERIFY(says(at(published(), seen), "DANE-32.unseen"));
    seen.addresses.clear();
    QVERIFY(!noted(published(), seen).switched.isValid());
    seen.at = QDateTime();
    QCOMPARE(noted(begun(), seen), begun());
}

void TestRollover::unsignedZoneIsNotPublished()
{
    RolloverSight seen = sight({m_oldRecord, m_nextRecord}, m_old, 1);
    seen.validated = TlsaAnswer::Insecure;
    QCOMPARE(at(begun(), seen).step, RolloverStep::PublishNext);
    QVERIFY(says(at(begun(), seen), "DANE-2"));
}

void TestRollover::sharedIssuerRecordStays()
{
    const TlsaRecord issuer{2, 1, 1, tlsaData(m_old.at(1), 1, 1)};
    KeptRollover kept = begun();
    kept.oldKey.append(issuer);
    kept.nextKey.append(issuer);
    changesBeside(kept, issuer);
}

void TestRollover::twoKindsOfKey()
{
    const Chain oldRsa = newChain(TestKey::Rsa2048), nextRsa = newChain(TestKey::Rsa2048);
    KeptRollover kept = published();
    kept.oldKey.append(recordOf(oldRsa));
    kept.nextKey.append(recordOf(nextRsa));
    RolloverSight seen = sight(kept.oldKey + kept.nextKey, m_next, 5);
    for (SeenAddress &address : seen.addresses)
        address.chains = {m_next, oldRsa};
    QCOMPARE(at(kept, seen).step, RolloverStep::VerifyAll); // the other key is still the old one
    QVERIFY(says(at(kept, seen), "DANE-32.verify"));
    for (SeenNameServer &server : seen.nameServers)
        server.records = kept.nextKey;
    QVERIFY(says(at(kept, seen), "DANE-32.gone")); // DANE-38
    for (SeenAddress &address : seen.addresses)
        address.chains = {m_next, nextRsa};
    QVERIFY(noted(kept, seen).switched.isValid());
}

// RSA and ECDSA side by side, as servers have them, and only the ECDSA key is changed.
void TestRollover::oneOfTwoKindsChanges()
{
    const Chain rsa = newChain(TestKey::Rsa2048);
    KeptRollover kept = begun();
    kept.staying = {recordOf(rsa)};
    const auto shown = [&](const QList<TlsaRecord> &records, const Chain &ecdsa, int hour) {
        RolloverSight seen = sight(records + kept.staying, ecdsa, hour);
        for (SeenAddress &address : seen.addresses)
            address.chains.append(rsa);
        return seen;
    };
    const auto step = [&](const RolloverSight &seen, RolloverStep expected) {
        const RolloverState state = at(kept, seen);
        QVERIFY2(state.step == expected && state.issues.isEmpty(), told(state));
        kept = noted(kept, seen);
    };
    const QList<TlsaRecord> both{m_oldRecord, m_nextRecord};
    step(shown({m_oldRecord}, m_old, 0), RolloverStep::PublishNext);
    step(shown(both, m_old, 1), RolloverStep::WaitForCaches);
    step(shown(both, m_old, 3), RolloverStep::Switch);
    step(shown(both, m_next, 4), RolloverStep::RemoveOld);
    step(shown({m_nextRecord}, m_next, 5), RolloverStep::Done);
    QVERIFY(kept.removed.isValid());
}

void TestRollover::oneOfTwoKindsOutOfOrder()
{
    const Chain rsa = newChain(TestKey::Rsa2048);
    KeptRollover kept = published();
    kept.staying = {recordOf(rsa)};
    const QList<TlsaRecord> all{m_oldRecord, m_nextRecord, recordOf(rsa)};
    RolloverSight seen = sight(all, m_next, 5);
    seen.addresses[0].chains.append(rsa);
    seen.addresses[1].chains = {m_old, rsa};
    QVERIFY2(says(at(kept, seen), "DANE-32.verify"), told(at(kept, seen)));
    QVERIFY(!noted(kept, seen).switched.isValid());
    for (SeenNameServer &server : seen.nameServers)
        server.records.removeAll(m_oldRecord);
    QVERIFY2(says(at(kept, seen), "DANE-32.gone"), told(at(kept, seen)));
    // The record of the key that stays was taken out in place of the old one.
    seen.addresses[1].chains = {m_next, rsa};
    for (SeenNameServer &server : seen.nameServers)
        server.records = {m_oldRecord, m_nextRecord};
    QVERIFY2(says(at(kept, seen), "DANE-32.refused"), told(at(kept, seen)));
    // An address with nothing but the other kind of key has none to switch.
    seen = sight(all, m_next, 5);
    seen.addresses[1].chains = {rsa};
    QVERIFY(noted(kept, seen).switched.isValid());
    seen.addresses[0].chains = {rsa};
    QVERIFY(!noted(kept, seen).switched.isValid()); // nobody shows the next key
}

void TestRollover::aKindThatWasNotSeenHoldsEverything()
{
    const QList<TlsaRecord> both{m_oldRecord, m_nextRecord};
    RolloverSight seen = sight(both, m_next, 5);
    seen.addresses[1].isWhole = false; // whether it has an RSA key too is not known
    QVERIFY(!noted(published(), seen).switched.isValid());
    QVERIFY2(says(at(published(), seen), "DANE-32.unseen"), told(at(published(), seen)));
    seen.at = Start.addSecs(3600); // but what was seen counts
    QVERIFY2(says(at(published(), seen), "DANE-32.early"), told(at(published(), seen)));
    seen.addresses[1].chains = {m_old};
    QVERIFY(!noted(switched(), seen).switched.isValid());
}

void TestRollover::issuerThatStaysUnderAnyKey()
{
    const TlsaRecord issuer{2, 1, 1, tlsaData(m_old.at(1), 1, 1)};
    KeptRollover kept = begun();
    kept.staying = {issuer};
    changesBeside(kept, issuer);
}

void TestRollover::whatToAdd()
{
    using S = RolloverStep;
    const Chain rsa = newChain(TestKey::Rsa2048);
    const QList<TlsaRecord> next{m_nextRecord}, none;
    KeptRollover kept = begun();
    kept.staying = {recordOf(rsa)};
    const QList<TlsaRecord> both{m_oldRecord, m_nextRecord}, all = both + kept.staying;
    RolloverSight seen = sight({m_oldRecord}, m_old, 1);
    QCOMPARE(recordsToAdd(kept, S::PublishNext, seen), next);
    QCOMPARE(recordsToAdd(kept, S::PublishNext, blind(1)), next); // all of them, to be sure
    seen.nameServers[0].records = both;
    QCOMPARE(recordsToAdd(kept, S::PublishNext, seen), next); // one of two lacks it
    QCOMPARE(recordsToAdd(kept, S::PublishNext, sight(both, m_old, 1)), none);
    QCOMPARE(recordsToAdd(kept, S::Switch, sight({m_oldRecord}, m_old, 1)), none);
    // Whatever is shown needs its record; what nobody shows any more does not come back.
    QCOMPARE(recordsToAdd(kept, S::Broken, sight(next, m_old, 1)), QList<TlsaRecord>{m_oldRecord});
    QCOMPARE(recordsToAdd(kept, S::Broken, sight({m_oldRecord}, m_next, 1)), next);
    QCOMPARE(recordsToAdd(kept, S::Broken, sight(next, m_third, 1)), none);
    seen = sight(both, m_next, 1);
    seen.addresses[1].chains.append(rsa);
    QCOMPARE(recordsToAdd(kept, S::Broken, seen), kept.staying);
    QCOMPARE(recordsToAdd(kept, S::Broken, sight(all, m_next, 1)), none);
}

void TestRollover::digestsThatHideTheNextKey()
{
    // Senders that know SHA2-512 look at that digest alone (RFC 7671 9): the next key has none.
    KeptRollover kept = begun();
    kept.oldKey.append({3, 1, 2, tlsaData(m_old.first(), 1, 2)});
    const RolloverSight seen = sight(kept.oldKey + kept.nextKey, m_old, 1);
    QVERIFY(!noted(kept, seen).published.isValid());
    QVERIFY2(says(at(kept, seen), "DANE-27"), told(at(kept, seen)));
}

void TestRollover::noPlan()
{
    KeptRollover kept = begun();
    kept.nextKey.clear();
    const RolloverState state = at(kept, sight({m_oldRecord}, m_old, 1));
    QCOMPARE(state.step, RolloverStep::None);
    QVERIFY2(state.issues.isEmpty(), told(state));
    QCOMPARE(at(kept, sight({m_oldRecord}, m_third, 1)).step, RolloverStep::Broken);
    QCOMPARE(at(kept, sight({}, m_third, 1)).step, RolloverStep::None); // no DANE, no refusal
}

void TestRollover::doneOutsideTheProgram()
{
    // Everything was done between two looks. Caches may hold the old set: the wait is not left out.
    const QList<TlsaRecord> after{m_nextRecord};
    KeptRollover kept = begun();
    const RolloverState first = at(kept, sight(after, m_next, 1));
    QVERIFY2(says(first, "DANE-32.early"), told(first));
    kept = noted(kept, sight(after, m_next, 1));
    QCOMPARE(at(kept, sight(after, m_next, 3)).step, RolloverStep::Done);
}

QTEST_APPLESS_MAIN(TestRollover)
#include "tst_rollover.moc"
