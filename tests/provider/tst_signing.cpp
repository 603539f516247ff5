// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of zonesigning.h, run against a real PowerDNS and the stand-ins of services.
#include "provider/service.h"

#include <QTest>

using Signing = TokenFacts::Signing;

class tst_Signing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void switchedOn_data();
    void switchedOn();
    void wrongDs();
    void permissionMissing();
    void notFromHere();

private:
    static std::unique_ptr<ZoneSigning> door(const ZoneBed &bed, const char *id,
                                             const QByteArray &secret = {})
    {
        auto made = makeZoneSigning(
                *providerInfo(id), bed.value("address"),
                Secret(secret.isEmpty() ? bed.value("secret").toUtf8() : QByteArray(secret)));
        return made ? std::move(*made) : nullptr;
    }
    static Zone zoneOf(const ZoneBed &bed, const char *id)
    {
        const auto provider = bed.provider(id);
        const auto zones = provider->zones(Sts, Cancel());
        return zones ? zoneFor(Sts, *zones).value_or(Zone()) : Zone();
    }
};

void tst_Signing::switchedOn_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<Signing>("before");
    QTest::addColumn<Signing>("after");
    QTest::newRow("PowerDNS") << QStringLiteral("pdns") << QByteArray("powerdns") << Signing::Off
                              << Signing::On;
    QTest::newRow("Cloudflare, a stand-in")
            << QStringLiteral("cloudflare") << QByteArray("cloudflare") << Signing::Off
            << Signing::Pending;
    QTest::newRow("deSEC, a stand-in")
            << QStringLiteral("desec") << QByteArray("desec") << Signing::On << Signing::On;
}

void tst_Signing::switchedOn()
{
    QFETCH(QString, kind);
    QFETCH(QByteArray, id);
    QFETCH(Signing, before);
    QFETCH(Signing, after);
    ZoneBed bed;
    if (const QString why = bed.start(kind); !why.isEmpty())
        QSKIP(qPrintable(why));
    const auto signing = door(bed, id.constData());
    QVERIFY(signing);
    const Zone zone = zoneOf(bed, id.constData());
    const auto first = signing->look(zone, Cancel());
    QVERIFY2(first, qPrintable(first ? QString() : first.error().what));
    QCOMPARE(first->state, before);
    QCOMPARE(first->keys.isEmpty(), before == Signing::Off);

    for (int twice = 0; twice < 2; ++twice) {
        const auto done = signing->switchOn(zone, Cancel());
        QVERIFY2(done, qPrintable(done ? QString() : done.error().what + done.error().detail));
    }
    const auto on = signing->look(zone, Cancel());
    QVERIFY2(on, qPrintable(on ? QString() : on.error().what));
    QCOMPARE(on->state, after);
    const auto ds = dsForParent("example.com", *on);
    QVERIFY2(ds, qPrintable(ds ? QString() : ds.error().what));
    QCOMPARE(ds->size(), 1);
    QCOMPARE(ds->first().digestType, quint8(2));
    QCOMPARE(bed.faults(), QByteArray());

    if (kind == QLatin1String("pdns")) { // a real one serves the key, and all of the zone still
        const auto served =
                askNameServer(bed.nameServer(), "example.com", RecordType::DNSKEY, Cancel());
        QVERIFY(served && served->size() == 1);
        QVERIFY(fits(ds->first(), "example.com", *dnskeyFromText(served->first())));
        QCOMPARE(*askNameServer(bed.nameServer(), Tls, RecordType::TXT, Cancel()),
                 QList<QByteArray>{Foreign});
    }

    // A wrong secret, a server that is gone.
    const QByteArray canary = "Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LWNhbmFyeQ";
    const auto foreign = door(bed, id.constData(), canary);
    QVERIFY(foreign);
    for (const Error &error :
         {foreign->look(zone, Cancel()).error(), foreign->look(zone, Cancel()).error()}) {
        QCOMPARE(error.kind, Error::Kind::Refused);
        QVERIFY(!(error.what + error.detail).contains(QLatin1String("Y2Fu")));
    }
    bed.stop();
    QVERIFY(!signing->look(zone, Cancel()));
}

void tst_Signing::wrongDs()
{
    ZoneBed bed;
    if (const QString why = bed.start(QStringLiteral("cloudflare")); !why.isEmpty())
        QSKIP(qPrintable(why));
    (void)bed.control({{QStringLiteral("wrongDs"), true}});
    const auto signing = door(bed, "cloudflare");
    const Zone zone = zoneOf(bed, "cloudflare");
    QVERIFY(signing->switchOn(zone, Cancel()));
    const auto state = signing->look(zone, Cancel());
    QVERIFY(state);
    QVERIFY(!dsForParent("example.com", *state));
}

void tst_Signing::permissionMissing()
{
    ZoneBed bed;
    if (const QString why = bed.start(QStringLiteral("cloudflare")); !why.isEmpty())
        QSKIP(qPrintable(why));
    const Zone zone = zoneOf(bed, "cloudflare");
    (void)bed.control(
            {{QStringLiteral("token"),
              QJsonObject{{QStringLiteral("lacks"), QJsonArray{QStringLiteral("dnssec")}}}}});
    const auto signing = door(bed, "cloudflare");
    const auto looked = signing->look(zone, Cancel());
    QVERIFY(!looked);
    QVERIFY2(looked.error().what.contains(QLatin1String("DNS: Edit")),
             qPrintable(looked.error().what));
    QVERIFY(!signing->switchOn(zone, Cancel()));
}

void tst_Signing::notFromHere()
{
    for (const char *id : {"rfc2136", "hetzner"}) {
        const auto none = makeZoneSigning(*providerInfo(id), QStringLiteral("192.0.2.1"),
                                          Secret(QByteArray("x")));
        QVERIFY(none && !*none);
    }
}

QTEST_GUILESS_MAIN(tst_Signing)
#include "tst_signing.moc"
