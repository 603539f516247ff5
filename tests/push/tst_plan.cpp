// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/choices.h"
#include "push/plan.h"

#include <QJsonArray>
#include <QTest>

namespace {

const QByteArray Sts = "_mta-sts.example.com";
const QByteArray Tls = "_smtp._tls.example.com";
const Zone TheZone{"example.com", "example.com", {}};
const QByteArray Owner = "_25._tcp.mx.example.com";
const QByteArray KeyA = "3 1 1 " + QByteArray(64, 'a'), KeyB = "3 1 1 " + QByteArray(64, 'b');

ZoneRecord at(const QByteArray &name, const QByteArray &data, RecordType type = RecordType::TXT,
              int ttl = 3600)
{
    return {{name, type, ttl, data}, "id-" + data.left(4), false};
}

Deployment wanted(const LiveState &live = {})
{
    return deployment(choices(), live, QDateTime({2026, 3, 1}, {10, 0}, Qt::UTC));
}

Plan planned(const QList<ZoneRecord> &records, const LiveState &live = {},
             const ProviderTraits &traits = {})
{
    return plan(wanted(live), live, "powerdns", TheZone, records, traits);
}

const SetChange *setAt(const Plan &plan, const QByteArray &name)
{
    for (const SetChange &set : plan.sets) {
        if (set.name == name)
            return &set;
    }
    return nullptr;
}

Plan withTlsa(const QList<DnsRecord> &tlsa, const QList<ZoneRecord> &records,
              const QList<DnsRecord> &gone = {}, const Zone &zone = TheZone)
{
    Deployment deployed = wanted();
    deployed.tlsa = tlsa;
    deployed.tlsaGone = gone;
    return plan(deployed, {}, "powerdns", zone, records, {.minimumTtl = 60});
}

DnsRecord tlsa(const QByteArray &data, const QByteArray &owner = Owner)
{
    return {owner, RecordType::TLSA, 3600, data};
}

} // namespace

class tst_Plan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstTime();
    void foreignTextsAreKept();
    void nothingChanged();
    void onlyTheIdChanges();
    void twoOfOurs();
    void aliasInTheWay();
    void readOnlyIsNotOurs();
    void obstacleOfTheZone();
    void aCutBelowTheZone();
    void ttlWithinBounds();
    void raisedTtlIsTold();
    void undo();
    void undoLeavesWhatChangedSince();
    void json();
    void tlsaComesLast();
    void tlsaOfOthersStays();
    void tlsaInAnotherZone_data();
    void tlsaInAnotherZone();
    void tlsaIsTakenBackFirst();
};

void tst_Plan::firstTime()
{
    const Plan made = planned({});
    QVERIFY(made.blockers.isEmpty());
    QCOMPARE(made.sets.size(), 2);
    QCOMPARE(made.sets.last().name, Sts); // what makes senders look comes last
    QCOMPARE(made.policyText, wanted().policyText);
    QVERIFY(!made.isServed);
    LiveState served;
    served.policyKnown = true;
    served.policyBody = wanted().policyText;
    QVERIFY(planned({}, served).isServed);
}

void tst_Plan::foreignTextsAreKept()
{
    const Plan made = planned({at(Tls, "google-site-verification=x", RecordType::TXT, 300)});
    const SetChange *set = setAt(made, Tls);
    QVERIFY(set);
    QCOMPARE(set->before.size(), 1);
    QCOMPARE(set->after.size(), 2);
    QCOMPARE(set->after.first().data, QByteArray("google-site-verification=x"));
    QCOMPARE(set->after.last().ttl, 300); // RFC 2181 5.2
}

/// A second push with nothing changed makes no write.
void tst_Plan::nothingChanged()
{
    LiveState live;
    live.policyKnown = true;
    live.policyBody = wanted().policyText;
    live.stsKnown = true;
    live.stsId = wanted().id;
    live.stsText = "v=STSv1; id=" + wanted().id + ";";
    QList<ZoneRecord> records;
    for (const DnsRecord &record : wanted(live).records)
        records.append({record, {}, false});
    const Plan made = planned(records, live);
    QVERIFY(made.isEmpty());
    QVERIFY(made.policyText.isEmpty());
    QCOMPARE(made.changes.size(), 2); // both said to stay
}

void tst_Plan::onlyTheIdChanges()
{
    const Plan made =
            planned({at(Sts, "v=STSv1; id=old;"), at(Tls, wanted().records.first().data)});
    QCOMPARE(made.sets.size(), 1);
    QCOMPARE(made.sets.first().name, Sts);
    QCOMPARE(made.sets.first().after.size(), 1);
    QVERIFY(made.sets.first().after.first().data != "v=STSv1; id=old;");
    QVERIFY(!made.policyText.isEmpty());
}

void tst_Plan::twoOfOurs()
{
    const Plan made =
            planned({at(Sts, "v=STSv1; id=a;"), at(Sts, "v=STSv1; id=b;"), at(Sts, "v=spf1 -all")});
    const SetChange *set = setAt(made, Sts);
    QVERIFY(set);
    QCOMPARE(set->before.size(), 3);
    QCOMPARE(set->after.size(), 2);
    QCOMPARE(set->after.first().data, QByteArray("v=spf1 -all"));
}

void tst_Plan::aliasInTheWay()
{
    const Plan made = planned({at(Sts, "_mta-sts.provider.example", RecordType::CNAME)});
    QCOMPARE(made.blockers.size(), 1);
    QCOMPARE(made.blockers.first().id, QByteArray("PUSH-6.alias"));
    QVERIFY(!setAt(made, Sts));
}

void tst_Plan::readOnlyIsNotOurs()
{
    ZoneRecord kept = at(Sts, "v=STSv1; id=1;");
    kept.isReadOnly = true;
    const Plan made = planned({kept});
    const SetChange *set = setAt(made, Sts);
    QVERIFY(set);
    QCOMPARE(set->before.size(), 1);
    QCOMPARE(set->after.size(), 1);
    QVERIFY(standsAsBefore(*set, {kept}));
    QVERIFY(standsAsWanted(*set, {kept, {set->after.first(), {}, false}}));
}

void tst_Plan::obstacleOfTheZone()
{
    const Zone secondary{"example.com", "example.com", "PUSH-2.secondary"};
    const Plan made = plan(wanted(), {}, "powerdns", secondary, {}, {});
    QCOMPARE(made.blockers.first().id, QByteArray("PUSH-2.secondary"));
}

void tst_Plan::aCutBelowTheZone()
{
    LiveState live;
    live.isOwnZone = true;
    const Zone above{"com", "com", {}};
    const auto blockers = [&](const Zone &zone) {
        return plan(wanted(live), live, "powerdns", zone, {}, {}).blockers;
    };
    QCOMPARE(blockers(above).first().id, QByteArray("PUSH-2.cut"));
    QVERIFY(blockers(TheZone).isEmpty()); // it is the zone of the domain itself
    live.isOwnZone = false;
    QVERIFY(blockers(above).isEmpty());
}

void tst_Plan::ttlWithinBounds()
{
    const Plan made = planned({}, {}, {.isAtomic = true, .minimumTtl = 7200, .maximumTtl = 86400});
    QCOMPARE(setAt(made, Sts)->after.first().ttl, 7200);

    // Some services set it zone by zone; never below their own, never above the largest.
    const auto ttlIn = [](int smallest) {
        Zone zone = TheZone;
        zone.minimumTtl = smallest;
        const Plan inZone = plan(wanted(), {}, "desec", zone, {},
                                 {.isAtomic = true, .minimumTtl = 3700, .maximumTtl = 86400});
        return setAt(inZone, Sts)->after.first().ttl;
    };
    QCOMPARE(ttlIn(0), 3700);
    QCOMPARE(ttlIn(60), 3700);
    QCOMPARE(ttlIn(7200), 7200);
    QCOMPARE(ttlIn(2147483647), 86400);
}

/// PUSH-13: what is raised is said, and nothing else is.
void tst_Plan::raisedTtlIsTold()
{
    const auto raised = [](const Plan &made) {
        QList<int> list;
        for (const Change &change : made.changes)
            list.append(raisedTtl(made, change).value_or(0));
        return list;
    };
    const ProviderTraits strict{.isAtomic = true, .minimumTtl = 7200, .maximumTtl = 86400};
    QCOMPARE(raised(planned({})), (QList<int>{0, 0}));
    QCOMPARE(raised(planned({}, {}, strict)), (QList<int>{7200, 7200}));
    // RFC 2181 5.2: beside the text of others it has their TTL.
    QCOMPARE(raised(planned({at(Tls, "x", RecordType::TXT, 9000)}, {}, strict)),
             (QList<int>{0, 7200}));
    const Deployment now = wanted();
    QCOMPARE(raised(planned({at(Sts, now.records.last().data)}, {}, strict)),
             (QList<int>{7200, 0})); // kept as it is
}

void tst_Plan::undo()
{
    const QList<ZoneRecord> before{at(Tls, "google-site-verification=x"),
                                   at(Sts, "v=STSv1; id=old;")};
    const Plan made = planned(before);
    QList<ZoneRecord> after;
    for (const SetChange &set : made.sets) {
        for (const DnsRecord &record : set.after)
            after.append({record, {}, false});
    }
    const QList<SetChange> back = undoOf(made.sets, after);
    QCOMPARE(back.size(), 2);
    QCOMPARE(back.first().name, Sts); // what came last goes first
    for (const SetChange &change : back) {
        QVERIFY(standsAsBefore(change, after));
        QVERIFY(standsAsWanted(change, before));
    }
    QVERIFY(undoOf(made.sets, before).isEmpty()); // it was never done
}

void tst_Plan::undoLeavesWhatChangedSince()
{
    const Plan made = planned({});
    QList<ZoneRecord> after{at(Sts, "v=STSv1; id=somebodyelse;")};
    for (const DnsRecord &record : setAt(made, Tls)->after)
        after.append({record, {}, false});
    const QList<SetChange> back = undoOf(made.sets, after);
    QCOMPARE(back.size(), 1);
    QCOMPARE(back.first().name, Tls);
}

void tst_Plan::json()
{
    const QJsonObject object = planJson(planned({at(Sts, "v=STSv1; id=old;")}));
    QCOMPARE(object.value(QLatin1String("schema")).toString(), QStringLiteral("mta-sts-plan/1"));
    const QJsonArray steps = object.value(QLatin1String("steps")).toArray();
    QStringList actions;
    for (const QJsonValue step : steps)
        actions.append(step[QLatin1String("action")].toString());
    QCOMPARE(actions, QStringList({QStringLiteral("verify"), QStringLiteral("create"),
                                   QStringLiteral("replace")}));
    QCOMPARE(steps.last()[QLatin1String("before")].toArray().first().toString(),
             QStringLiteral("\"v=STSv1; id=old;\""));
    QCOMPARE(planJson(planned({at(Sts, "v=STSv1; id=old;")})), object); // the same each time
}

/// DANE-34: after everything else, in what is shown and in what is written.
void tst_Plan::tlsaComesLast()
{
    const Plan made = withTlsa({tlsa(KeyA)}, {});
    QVERIFY(made.blockers.isEmpty());
    QCOMPARE(made.changes.last().after->name, Owner);
    QCOMPARE(made.changes.last().reason, QByteArray("DANE-29.add"));
    QCOMPARE(made.sets.size(), 3);
    QCOMPARE(made.sets.last().name, Owner);
    QVERIFY(!made.policyText.isEmpty()); // for the _mta-sts record, as without
    const QJsonArray steps = planJson(made).value(QLatin1String("steps")).toArray();
    QCOMPARE(steps.last()[QLatin1String("type")].toString(), QStringLiteral("TLSA"));

    // Also where it only makes sets smaller, which go first among the others.
    const Plan less = withTlsa({}, {at(Owner, KeyA, RecordType::TLSA)}, {tlsa(KeyA)});
    QCOMPARE(less.sets.last().name, Owner);
    QVERIFY(less.sets.last().after.isEmpty());

    Deployment deployed = wanted();
    deployed.tlsa = {tlsa(KeyA), tlsa(KeyB)};
    deployed.tlsaGone = {tlsa(KeyB, "_25._tcp.mx.example.net")};
    QCOMPARE(namesToRead(deployed, TheZone).mid(3),
             (QList<QByteArray>{Owner, "_tcp.mx.example.com", "mx.example.com"}));
}

void tst_Plan::tlsaOfOthersStays()
{
    const Plan made = withTlsa({tlsa(KeyA)}, {at(Owner, KeyB, RecordType::TLSA, 300)});
    const SetChange *set = setAt(made, Owner);
    QVERIFY(set);
    QCOMPARE(set->before.size(), 1);
    QCOMPARE(set->after, (QList<DnsRecord>{{Owner, RecordType::TLSA, 300, KeyB},
                                           {Owner, RecordType::TLSA, 300, KeyA}}));
    const Plan changed =
            withTlsa({tlsa(KeyA)}, {at(Owner, KeyB, RecordType::TLSA, 300)}, {tlsa(KeyB)});
    QCOMPARE(setAt(changed, Owner)->after,
             (QList<DnsRecord>{{Owner, RecordType::TLSA, 300, KeyA}}));
    QVERIFY(!setAt(withTlsa({tlsa(KeyA)}, {at(Owner, KeyA, RecordType::TLSA)}), Owner));
}

void tst_Plan::tlsaInAnotherZone_data()
{
    QTest::addColumn<QByteArray>("owner");
    QTest::addColumn<QList<ZoneRecord>>("there");
    QTest::addColumn<QByteArray>("id");
    const QList<ZoneRecord> none;
    QTest::newRow("of the mail provider")
            << QByteArray("_25._tcp.mx.provider.example") << none << QByteArray("PUSH-2.other");
    QTest::newRow("ends alike, without a border")
            << QByteArray("_25._tcp.mx.notexample.com") << none << QByteArray("PUSH-2.other");
    QTest::newRow("below a cut") << QByteArray("_25._tcp.mx.sub.example.com")
                                 << QList<ZoneRecord>{at("sub.example.com", "ns.sub.example.com",
                                                         RecordType::NS)}
                                 << QByteArray("PUSH-2.cut");
    QTest::newRow("an alias") << Owner
                              << QList<ZoneRecord>{at(Owner, "tlsa.provider.example",
                                                      RecordType::CNAME)}
                              << QByteArray("PUSH-6.tlsa");
    QTest::newRow("the name servers of the zone itself")
            << Owner << QList<ZoneRecord>{at("example.com", "ns.example.com", RecordType::NS)}
            << QByteArray();
}

void tst_Plan::tlsaInAnotherZone()
{
    QFETCH(QByteArray, owner);
    QFETCH(QList<ZoneRecord>, there);
    const Plan made = withTlsa({tlsa(KeyA, owner)}, there);
    QTEST(made.blockers.isEmpty() ? QByteArray() : made.blockers.first().id, "id");
    QCOMPARE(setAt(made, owner) == nullptr, !made.blockers.isEmpty());
    QVERIFY(made.blockers.size() <= 1); // one sentence, not two
}

/// What leans on the others is written last, so it is the first to go again.
void tst_Plan::tlsaIsTakenBackFirst()
{
    const QList<ZoneRecord> before{at(Owner, KeyB, RecordType::TLSA)};
    const Plan made = withTlsa({tlsa(KeyA)}, before);
    QList<ZoneRecord> after;
    for (const SetChange &set : made.sets) {
        for (const DnsRecord &record : set.after)
            after.append({record, {}, false});
    }
    const QList<SetChange> back = undoOf(made.sets, after);
    QCOMPARE(back.first().name, Owner);
    QCOMPARE(sortedData(back.first().after), QList<QByteArray>{KeyB});
    QVERIFY(namesOf(made.sets).contains(Owner)); // what undo reads
}

QTEST_GUILESS_MAIN(tst_Plan)
#include "tst_plan.moc"
