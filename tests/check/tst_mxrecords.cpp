// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/judged.h"

class tst_MxRecords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodServers();
    void lookUpThatFails_data();
    void lookUpThatFails();
    void unusualSets_data();
    void unusualSets();
    void badTargets_data();
    void badTargets();
    void unreadableRecords();
};

namespace {

using Spoil = std::function<void(FakeWorld &)>;

} // namespace

void tst_MxRecords::goodServers()
{
    FakeWorld world;
    const Report report = judged(world);
    SAYS(report, "DNS-11.ok", Ok);
    QCOMPARE(count(report, "DNS-12.ok"), 2);
    QCOMPARE(findingsOf(report, "DNS-11.ok").first().evidence,
             QStringLiteral("10 mx1.shop.example., 20 mx2.shop.example."));
}

void tst_MxRecords::lookUpThatFails_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("isError");
    const auto row = [](const char *name, const char *id, bool isError, const Spoil &spoil) {
        QTest::newRow(name) << spoil << QByteArray(id) << isError;
    };
    row("SERVFAIL says nothing", "DNS-1", false,
        [](FakeWorld &world) { world.dns.fails("shop.example", RecordType::MX); });
    row("bogus is broken DNSSEC", "DNS-9", true,
        [](FakeWorld &world) { world.dns.bogus("shop.example", RecordType::MX); });
    row("aliases in a circle", "DNS-4", true, [](FakeWorld &world) {
        world.dns.fails("shop.example", RecordType::MX,
                        QStringLiteral("alias loop: x leads back to itself"));
    });
    row("too many aliases", "DNS-4", true, [](FakeWorld &world) {
        world.dns.fails("shop.example", RecordType::MX,
                        QStringLiteral("more than 10 aliases in a row"));
    });
    row("no such domain", "DNS-1.noname", true,
        [](FakeWorld &world) { world.dns.remove("shop.example"); });
    row("address of a server bogus", "DNS-9", true,
        [](FakeWorld &world) { world.dns.bogus("mx1.shop.example", RecordType::AAAA); });
    row("address of a server unknown", "DNS-1", false,
        [](FakeWorld &world) { world.dns.fails("mx1.shop.example", RecordType::A); });
    row("addresses of a server in a circle", "DNS-4", true,
        [](FakeWorld &world) { world.dns.alias("mx1.shop.example", "mx1.shop.example"); });
}

void tst_MxRecords::lookUpThatFails()
{
    QFETCH(Spoil, spoil);
    QFETCH(QByteArray, id);
    QFETCH(bool, isError);
    FakeWorld world;
    spoil(world);
    const Report report = judged(world);
    QVERIFY2(has(report, id, isError ? Severity::Error : Severity::Unknown),
             listed(report).constData());
}

void tst_MxRecords::unusualSets_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QByteArrayList>("expected"); // severity and id
    QTest::addColumn<QByteArrayList>("absent");
    const auto row = [](const char *name, const QByteArrayList &expected,
                        const QByteArrayList &absent,
                        const Spoil &spoil) { QTest::newRow(name) << spoil << expected << absent; };
    row("null MX with a policy", {"info NMX-1", "info NMX-4", "warning STS-73"},
        {"DNS-11.ok", "STS-70", "STS-71", "STS-77.ok", "DANE-41.absent", "NMX-3"},
        [](FakeWorld &world) {
            world.dns.mx("shop.example", {{0, ""}});
        });
    row("null MX without a policy", {"info NMX-1"}, {"STS-73"}, [](FakeWorld &world) {
        world.dns.mx("shop.example", {{0, ""}});
        world.dns.remove("_mta-sts.shop.example");
        world.dns.remove("mta-sts.shop.example");
    });
    row("null MX with another preference", {"info NMX-1", "warning NMX-3"}, {"NMX-2"},
        [](FakeWorld &world) {
            world.dns.mx("shop.example", {{10, ""}});
        });
    row("no mail and mail servers", {"error NMX-2"}, {"NMX-1", "NMX-3"}, [](FakeWorld &world) {
        world.dns.mx("shop.example", {{0, ""}, {10, "mx1.shop.example"}});
    });
    row("no MX, but an address", {"warning STS-72"}, {"NMX-6", "DNS-12"}, [](FakeWorld &world) {
        world.dns.noData("shop.example", RecordType::MX);
        world.dns.a("shop.example", {QStringLiteral("192.0.2.1")});
    });
    row("no MX and no address", {"info NMX-6"}, {"STS-72", "DNS-12"},
        [](FakeWorld &world) { world.dns.noData("shop.example", RecordType::MX); });
}

void tst_MxRecords::unusualSets()
{
    QFETCH(Spoil, spoil);
    QFETCH(QByteArrayList, expected);
    QFETCH(QByteArrayList, absent);
    FakeWorld world;
    spoil(world);
    const Report report = judged(world);
    for (const QByteArray &id : std::as_const(absent))
        SAYS_NOT(report, id);
    for (const QByteArray &one : std::as_const(expected)) {
        const QByteArray id = one.split(' ').last();
        QVERIFY2(count(report, id) == 1, listed(report).constData());
        QCOMPARE(severityName(findingsOf(report, id).first().severity), one.split(' ').first());
    }
}

void tst_MxRecords::badTargets_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("isError");
    QTest::newRow("an address") << QByteArray("192.0.2.1") << QByteArray("DNS-11.address") << true;
    QTest::newRow("localhost") << QByteArray("localhost") << QByteArray("DNS-11.localhost") << true;
    QTest::newRow("one label") << QByteArray("mail") << QByteArray("STS-44.host") << false;
    QTest::newRow("no address") << QByteArray("gone.shop.example") << QByteArray("DNS-12") << true;
    QTest::newRow("an alias") << QByteArray("alias.shop.example") << QByteArray("DNS-11.alias")
                              << false;
}

void tst_MxRecords::badTargets()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, id);
    QFETCH(bool, isError);
    FakeWorld world;
    world.dns.mx("shop.example", {{10, target}});
    world.dns.alias("alias.shop.example", "mx1.shop.example");
    const Report report = judged(world);
    QVERIFY2(has(report, id, isError ? Severity::Error : Severity::Warning),
             listed(report).constData());
    QVERIFY(report.verdict != Verdict::Ok);
}

void tst_MxRecords::unreadableRecords()
{
    FakeWorld world;
    world.dns.records("shop.example", RecordType::MX, {QByteArray("\0", 1)});
    const Report report = judged(world);
    SAYS(report, "DNS-14.mx", Error);
    SAYS_NOT(report, "DNS-11.ok");
}

QTEST_GUILESS_MAIN(tst_MxRecords)
#include "tst_mxrecords.moc"
