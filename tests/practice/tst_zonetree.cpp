// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/zonetree.h"

#include <QTest>

namespace {

using Signing = PracticeZone::Signing;

size_t digestsIn(const ZoneTree &zones, const char *name)
{
    const LdnsName asked = ldnsName(name);
    return size_t(zones.zoneAbove(asked.get()).set(asked.get(), LDNS_RR_TYPE_DS).records.size());
}

/// Whether the DS above the zone is that of its key.
bool isChained(const ZoneTree &zones, const char *name)
{
    const LdnsName asked = ldnsName(name);
    const RecordSet digests = zones.zoneAbove(asked.get()).set(asked.get(), LDNS_RR_TYPE_DS);
    const RecordSet keys = zones.zoneOf(asked.get()).set(asked.get(), LDNS_RR_TYPE_DNSKEY);
    return !digests.isEmpty() && !keys.isEmpty() &&
           ldns_rr_compare_ds(keys.records.first(), digests.records.first());
}

} // namespace

class TestZoneTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closestZone_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QByteArray>("above");
        const auto row = [](const char *why, const QByteArray &name, const QByteArray &zone,
                            const QByteArray &above) {
            QTest::newRow(why) << name << zone << above;
        };
        row("root", ".", ".", ".");
        row("top-level zone that was made", "example", "example", ".");
        row("top-level zone that was given", "top", "top", ".");
        row("zone", "practice.example", "practice.example", "example");
        row("name in a zone", "mx1.practice.example", "practice.example", "practice.example");
        row("zone in a zone", "sub.practice.example", "sub.practice.example", "practice.example");
        row("zone two labels below the next", "deep.down.top", "deep.down.top", "top");
        row("name between two zones", "down.top", "top", "top");
        row("the same end is not the same name", "unpractice.example", "example", "example");
        row("nobody's name", "www.mozilla.org", ".", ".");
    }
    void closestZone()
    {
        QFETCH(QByteArray, name);
        ZoneMaker maker;
        const auto zones = maker.make({{.name = "Sub.Practice.Example."},
                                       {.name = "practice.example"},
                                       {.name = "top"},
                                       {.name = "deep.down.top"}});
        QVERIFY(zones);
        const LdnsName asked = ldnsName(name);
        QTEST(nameText((*zones)->zoneOf(asked.get()).apex()), "zone");
        QTEST(nameText((*zones)->zoneAbove(asked.get()).apex()), "above");
    }

    void delegates()
    {
        ZoneMaker maker;
        const auto made = maker.make({{.name = "good.example", .lines = "@ NS dns.other.test."},
                                      {.name = "old.example", .signing = Signing::Expired},
                                      {.name = "wrong.example", .signing = Signing::WrongDs},
                                      {.name = "plain.example", .signing = Signing::Unsigned}});
        QVERIFY(made);
        const ZoneTree &zones = **made;
        for (const char *name : {"example", "good.example", "old.example"})
            QVERIFY2(isChained(zones, name), name);
        QCOMPARE(digestsIn(zones, "wrong.example"), size_t(1));
        QVERIFY(!isChained(zones, "wrong.example"));
        QCOMPARE(digestsIn(zones, "plain.example"), size_t(0));
        const LdnsName good = ldnsName("good.example");
        const RecordSet servers = zones.zoneAbove(good.get()).set(good.get(), LDNS_RR_TYPE_NS);
        QCOMPARE(servers.records.size(), 1);
        QCOMPARE(nameText(ldns_rr_rdf(servers.records.first(), 0)), QByteArray("dns.other.test"));
        QVERIFY(servers.signatures.isEmpty()); // RFC 4035 2.2: the zone below signs it
    }

    void keysStay()
    {
        ZoneMaker maker;
        const auto anchor = maker.trustAnchor();
        QVERIFY(anchor);
        QVERIFY2(anchor->startsWith(". 0 IN DS "), anchor->constData());
        QVERIFY(!anchor->contains('\n'));
        const LdnsName name = ldnsName("a.example");
        const auto keyOf = [&maker, &name](Signing signing) {
            const auto zones = maker.make({{.name = "a.example", .signing = signing}});
            return recordLine((*zones)->zoneOf(name.get())
                                      .set(name.get(), LDNS_RR_TYPE_DNSKEY)
                                      .records.first());
        };
        const QByteArray first = keyOf(Signing::Signed);
        QCOMPARE(keyOf(Signing::WrongDs), first);
        QCOMPARE(keyOf(Signing::Signed), first);
        QCOMPARE(*maker.trustAnchor(), *anchor);
        ZoneMaker other;
        QVERIFY(*other.trustAnchor() != *anchor);
    }

    void failing()
    {
        ZoneMaker maker;
        const auto zones = maker.make({{.name = "a.example", .failing = {"B.a.Example."}}});
        QVERIFY((*zones)->isFailing(ldnsName("b.a.example").get()));
        QVERIFY(!(*zones)->isFailing(ldnsName("a.example").get()));
        QVERIFY(!(*zones)->isFailing(ldnsName("c.b.a.example").get()));
    }

    void unproven()
    {
        ZoneMaker maker;
        const auto zones = maker.make({{.name = "a.example", .unproven = {"B.a.Example."}}});
        QVERIFY((*zones)->isUnproven(ldnsName("b.a.example").get()));
        QVERIFY(!(*zones)->isUnproven(ldnsName("a.example").get()));
        QVERIFY(!(*zones)->isFailing(ldnsName("b.a.example").get()));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QString>("detail");
        QTest::newRow("no name") << QByteArray("a..b") << QByteArray() << QStringLiteral("a..b");
        QTest::newRow("empty name") << QByteArray() << QByteArray() << QString();
        QTest::newRow("no record")
                << QByteArray("practice.example") << QByteArray("hello") << QStringLiteral("hello");
        QTest::newRow("twice") << QByteArray("Twice.example.") << QByteArray()
                               << QStringLiteral("twice.example");
    }
    void refuses()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, lines);
        ZoneMaker maker;
        const auto zones = maker.make({{.name = "twice.example"}, {.name = name, .lines = lines}});
        QVERIFY(!zones);
        QCOMPARE(zones.error().kind, Error::Kind::Malformed);
        QTEST(zones.error().detail, "detail");
    }
};

QTEST_GUILESS_MAIN(TestZoneTree)
#include "tst_zonetree.moc"
