// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of provider.h, run against real servers (PowerDNS, BIND, Knot) and the stand-ins of services.
#include "provider/service.h"

#include <QTest>

namespace {

// No zone of the stand-in, but one that its API would take for one.
const QByteArray CloudflareHandle =
        "023e105f4ecef8ad9ca31a8372d0c353/023e105f4ecef8ad9ca31a8372d0c353";

} // namespace

class tst_Conformance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contract_data();
    void contract();
    void wrongSecret_data() { contract_data(); }
    void wrongSecret();
    void changedMeanwhile();
    void outsideTheGrant();
    void secondary_data();
    void secondary();
};

void tst_Conformance::contract_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("PowerDNS") << QStringLiteral("pdns") << QByteArray("powerdns");
    QTest::newRow("BIND") << QStringLiteral("bind") << QByteArray("rfc2136");
    QTest::newRow("Knot") << QStringLiteral("knot") << QByteArray("rfc2136");
    QTest::newRow("Cloudflare, a stand-in")
            << QStringLiteral("cloudflare") << QByteArray("cloudflare");
    QTest::newRow("deSEC, a stand-in") << QStringLiteral("desec") << QByteArray("desec");
    QTest::newRow("Hetzner, a stand-in") << QStringLiteral("hetzner") << QByteArray("hetzner");
}

void tst_Conformance::contract()
{
    QFETCH(QString, kind);
    QFETCH(QByteArray, id);
    Service s;
    if (const QString why = s.bed.start(kind); !why.isEmpty())
        QSKIP(qPrintable(why));
    s.provider = s.bed.provider(id.constData());
    QVERIFY(s.provider);

    // Zones: the longest on a label border; none for what is not here.
    for (const auto &[name, zone] : {std::pair<QByteArray, QByteArray>{Sts, "example.com"},
                                     {"_mta-sts.sub.example.com", "sub.example.com"},
                                     {"_mta-sts.ample.com", "ample.com"}}) {
        const auto zones = s.provider->zones(name, s.cancel);
        QVERIFY2(zones, qPrintable(zones ? QString() : zones.error().what));
        const auto chosen = zoneFor(name, *zones);
        QVERIFY(chosen);
        QCOMPARE(chosen->name, zone);
        if (name == Sts)
            s.zone = *chosen;
    }
    const auto nobody = s.provider->zones("_mta-sts.nobody.example", s.cancel);
    QVERIFY(!nobody || !zoneFor("_mta-sts.nobody.example", *nobody));

    // What stands there, and nothing that only a wildcard answers.
    QVERIFY(s.read(Sts).isEmpty());
    QCOMPARE(dataAt(s.read(Tls), Tls, RecordType::TXT), QList<QByteArray>{Foreign});
    QCOMPARE(dataAt(s.read("_mta-sts.aliased.example.com"), "_mta-sts.aliased.example.com",
                    RecordType::CNAME),
             QList<QByteArray>{"elsewhere.example.net"});
    QVERIFY(s.read("_mta-sts.wild.example.com").isEmpty());
    // Every page: the stand-ins give two sets at a time.
    const auto many = s.read("many.example.com");
    for (const RecordType type :
         {RecordType::A, RecordType::AAAA, RecordType::MX, RecordType::TXT, RecordType::CAA})
        QCOMPARE(dataAt(many, "many.example.com", type).size(), 1);

    // Create two sets at once, the foreign text kept; a text over 255 octets; quotes and backslashes.
    const QByteArray report = "v=TLSRPTv1; rua=mailto:tls@example.com";
    const QByteArray longText = "v=STSv1; id=1; x=" + QByteArray(300, 'y');
    const QList<SetChange> create{
            s.change(Sts, RecordType::TXT, {text(Sts, longText)}),
            s.change(Tls, RecordType::TXT, {text(Tls, Foreign, 300), text(Tls, report, 300)})};
    const auto created = s.apply(create);
    QVERIFY2(created,
             qPrintable(created ? QString() : created.error().what + created.error().detail));
    QCOMPARE(dataAt(s.read(Sts), Sts, RecordType::TXT), QList<QByteArray>{longText});
    QCOMPARE(dataAt(s.read(Tls), Tls, RecordType::TXT), sorted({Foreign, report}));
    QCOMPARE(s.served(Sts, RecordType::TXT), QList<QByteArray>{longText});
    QCOMPARE(s.served(Tls, RecordType::TXT), sorted({Foreign, report}));

    // Replace; the old one is gone.
    const QByteArray odd = "v=STSv1; id=2; \"\\;";
    QVERIFY(s.apply({s.change(Sts, RecordType::TXT, {text(Sts, odd)})}));
    QCOMPARE(dataAt(s.read(Sts), Sts, RecordType::TXT), QList<QByteArray>{odd});
    QCOMPARE(s.served(Sts, RecordType::TXT), QList<QByteArray>{odd});
    QVERIFY(s.apply({s.change(Sts, RecordType::TXT, {text(Sts, odd)})})); // twice is once
    QCOMPARE(s.served(Sts, RecordType::TXT), QList<QByteArray>{odd});

    // TLSA: two in a set, upper case or lower.
    const QByteArray one = "3 1 1 " + QByteArray(64, 'a'), two = "3 1 1 " + QByteArray(64, 'b');
    QVERIFY(s.apply({s.change(
            Tlsa, RecordType::TLSA,
            {{Tlsa, RecordType::TLSA, 3600, one}, {Tlsa, RecordType::TLSA, 3600, two}})}));
    QCOMPARE(dataAt(s.read(Tlsa), Tlsa, RecordType::TLSA), sorted({one, two}));
    QCOMPARE(s.served(Tlsa, RecordType::TLSA), sorted({one, two}));
    // Another kind beside them, and one that goes: each time the whole set, and nothing else of it changes.
    const QByteArray other = "2 1 2 " + QByteArray(128, 'c');
    const auto tlsa = [](const QList<QByteArray> &data) {
        QList<DnsRecord> records;
        for (const QByteArray &each : data)
            records.append({Tlsa, RecordType::TLSA, 3600, each});
        return records;
    };
    QVERIFY(s.apply({s.change(Tlsa, RecordType::TLSA, tlsa({one, two, other}))}));
    QCOMPARE(s.served(Tlsa, RecordType::TLSA), sorted({one, two, other}));
    QVERIFY(s.apply({s.change(Tlsa, RecordType::TLSA, tlsa({two, other}))}));
    QCOMPARE(dataAt(s.read(Tlsa), Tlsa, RecordType::TLSA), sorted({two, other}));
    QCOMPARE(s.served(Tlsa, RecordType::TLSA), sorted({two, other}));
    QVERIFY(s.apply({s.change(Tlsa, RecordType::TLSA, tlsa({two, other}))})); // twice is once

    // An alias and a text at one name: refused, or ignored in silence; never both, and all or nothing.
    const QByteArray aliased = "_mta-sts.aliased.example.com";
    const QByteArray besideIt = "_smtp._tls.aliased.example.com";
    (void)s.apply({s.change(aliased, RecordType::TXT, {text(aliased, "v=STSv1; id=3;")})});
    QVERIFY(dataAt(s.read(aliased), aliased, RecordType::TXT).isEmpty());
    QCOMPARE(dataAt(s.read(aliased), aliased, RecordType::CNAME),
             QList<QByteArray>{"elsewhere.example.net"});
    const auto both = s.apply(
            {s.change(besideIt, RecordType::TXT, {text(besideIt, report)}),
             s.change(aliased, RecordType::TLSA, {{aliased, RecordType::TLSA, 60, "3 1 1 zz"}})});
    QVERIFY(!both);
    QCOMPARE(both.error().kind, Error::Kind::Refused);
    QCOMPARE(s.read(besideIt).isEmpty(), s.provider->traits().isAtomic);

    // From text to alias in one go, and back to nothing; what others have stays. The TTL is as short as the
    // zone allows.
    const int ttl = qMax(s.provider->traits().minimumTtl, s.zone.minimumTtl);
    QVERIFY(s.apply({s.change(Sts, RecordType::TXT, {}),
                     s.change(Sts, RecordType::CNAME,
                              {{Sts, RecordType::CNAME, ttl, "_mta-sts.provider.example"}})}));
    QCOMPARE(s.served(Sts, RecordType::CNAME), QList<QByteArray>{"_mta-sts.provider.example"});
    QCOMPARE(s.read(Sts).first().record.ttl, ttl);
    QVERIFY(s.apply({s.change(Sts, RecordType::CNAME, {}), s.change(Tlsa, RecordType::TLSA, {}),
                     s.change(Tls, RecordType::TXT, {text(Tls, Foreign, 300)})}));
    QVERIFY(s.read(Sts).isEmpty());
    QVERIFY(s.read(Tlsa).isEmpty());
    QCOMPARE(s.served(Tls, RecordType::TXT), QList<QByteArray>{Foreign});

    QCOMPARE(s.bed.faults(), QByteArray());

    // A server that is gone is no answer.
    s.bed.stop();
    const auto gone = s.provider->records(s.zone, {Sts}, s.cancel);
    QVERIFY(!gone);
    QVERIFY(gone.error().kind == Error::Kind::Network || gone.error().kind == Error::Kind::Refused);
    const auto lost = s.apply({SetChange{Sts, RecordType::TXT, {}, {text(Sts, "v=STSv1; id=4;")}}});
    QVERIFY(!lost); // Refused: not even a connection, so nothing was sent
    QVERIFY(lost.error().kind == Error::Kind::Network || lost.error().kind == Error::Kind::Refused);
}

void tst_Conformance::wrongSecret()
{
    QFETCH(QString, kind);
    QFETCH(QByteArray, id);
    ZoneBed bed;
    if (const QString why = bed.start(kind); !why.isEmpty())
        QSKIP(qPrintable(why));
    const QByteArray canary = id == "cloudflare"
                                      ? "Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LWNhbmFyeQ"
                                      : "Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LWNhbmFyeQ==";
    QList<QByteArray> secrets{id == "rfc2136" ? "wizard-key:" + canary : canary};
    if (id == "rfc2136")
        secrets.append("nobody:" + canary);
    for (const QByteArray &secret : std::as_const(secrets)) {
        const auto provider = bed.provider(id.constData(), secret);
        QVERIFY(provider);
        const auto zones = provider->zones(Sts, Cancel());
        QVERIFY(!zones);
        QCOMPARE(zones.error().kind, Error::Kind::Refused);
        QVERIFY(!zones.error().what.isEmpty());
        QVERIFY(!(zones.error().what + zones.error().detail).contains(QLatin1String("Y2FuYXJ5")));
        const Zone zone{"example.com", id == "cloudflare" ? CloudflareHandle : "example.com.", {}};
        const auto applied = provider->apply(
                zone, {SetChange{Sts, RecordType::TXT, {}, {text(Sts, "v=STSv1; id=1;")}}},
                Cancel());
        QVERIFY(!applied);
        QCOMPARE(applied.error().kind, Error::Kind::Refused);
    }
    const auto served = askNameServer(bed.nameServer(), Sts, RecordType::TXT, Cancel());
    QVERIFY(served && served->isEmpty());
    QCOMPARE(bed.faults(), QByteArray());
}

/// RFC 2136 3.2: the server itself notices that the set is another than the one that was shown.
void tst_Conformance::changedMeanwhile()
{
    for (const char *kind : {"bind", "knot"}) {
        Service s;
        if (const QString why = s.bed.start(QLatin1String(kind)); !why.isEmpty())
            QSKIP(qPrintable(why));
        s.provider = s.bed.provider("rfc2136");
        s.zone = {"example.com", "example.com", {}};
        const SetChange absent = s.change(Sts, RecordType::TXT, {text(Sts, "v=STSv1; id=1;")});
        QVERIFY(s.apply({absent}));
        const SetChange present = s.change(Sts, RecordType::TXT, {text(Sts, "v=STSv1; id=2;")});
        for (const SetChange &old : {absent, SetChange{Sts,
                                                       RecordType::TXT,
                                                       {{text(Sts, "v=STSv1; id=9;"), {}, false}},
                                                       {text(Sts, "v=STSv1; id=3;")}}}) {
            const auto refused = s.apply({old});
            QVERIFY(!refused);
            QCOMPARE(refused.error().kind, Error::Kind::Refused);
            QCOMPARE(s.served(Sts, RecordType::TXT), QList<QByteArray>{"v=STSv1; id=1;"});
        }
        QVERIFY(s.apply({present}));
    }
}

void tst_Conformance::outsideTheGrant()
{
    Service s;
    if (const QString why = s.bed.start(QStringLiteral("bind")); !why.isEmpty())
        QSKIP(qPrintable(why));
    s.provider = s.bed.provider("rfc2136");
    s.zone = {"example.com", "example.com", {}};
    const auto refused =
            s.apply({SetChange{"example.com",
                               RecordType::MX,
                               {},
                               {{"example.com", RecordType::MX, 60, "10 mx.example.com"}}}});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
}

void tst_Conformance::secondary_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("PowerDNS") << QStringLiteral("pdns") << QByteArray("powerdns");
    QTest::newRow("Cloudflare, a stand-in")
            << QStringLiteral("cloudflare") << QByteArray("cloudflare");
    QTest::newRow("Hetzner, a stand-in") << QStringLiteral("hetzner") << QByteArray("hetzner");
}

void tst_Conformance::secondary()
{
    QFETCH(QString, kind);
    QFETCH(QByteArray, id);
    ZoneBed bed;
    if (const QString why = bed.start(kind); !why.isEmpty())
        QSKIP(qPrintable(why));
    const auto provider = bed.provider(id.constData());
    const auto zones = provider->zones("_mta-sts.other.example", Cancel());
    QVERIFY(zones);
    const auto zone = zoneFor("_mta-sts.other.example", *zones);
    QVERIFY(zone);
    QCOMPARE(zone->obstacle, QByteArray("PUSH-2.secondary"));
    const auto records = provider->records(*zone, {"_mta-sts.other.example"}, Cancel());
    QVERIFY(!records || records->isEmpty());
}

QTEST_GUILESS_MAIN(tst_Conformance)
#include "tst_conformance.moc"
