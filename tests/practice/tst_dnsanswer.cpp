// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Messages that no resolver sends, and what a resolver does not show. That the answers hold, the resolver
// of the program says in tst_dnsserver.
#include "practice/dnsanswer.h"

#include <QTest>

namespace {

enum class Edns { None, Plain, Dnssec };

LdnsPacket query(const QByteArray &name, ldns_rr_type type, quint16 flags = LDNS_RD)
{
    LdnsPacket packet(ldns_pkt_query_new(ldnsName(name).release(), type, LDNS_RR_CLASS_IN, flags));
    ldns_pkt_set_id(packet.get(), 4711);
    return packet;
}

QByteArray wireOf(const LdnsPacket &packet)
{
    uint8_t *octets = nullptr;
    size_t size = 0;
    ldns_pkt2wire(&octets, packet.get(), &size);
    const std::unique_ptr<uint8_t, decltype(&std::free)> owned(octets, &std::free);
    return QByteArray(reinterpret_cast<const char *>(octets), qsizetype(size));
}

QByteArray question(const QByteArray &name, ldns_rr_type type, Edns edns, quint16 size = 4096)
{
    const LdnsPacket packet = query(name, type);
    if (edns != Edns::None)
        ldns_pkt_set_edns_udp_size(packet.get(), size);
    ldns_pkt_set_edns_do(packet.get(), edns == Edns::Dnssec);
    return wireOf(packet);
}

LdnsPacket packetOf(const QByteArray &wire)
{
    ldns_pkt *packet = nullptr;
    (void)ldns_wire2pkt(&packet, reinterpret_cast<const uint8_t *>(wire.constData()),
                        size_t(wire.size()));
    return LdnsPacket(packet);
}

size_t count(const ldns_pkt *answer, ldns_rr_type type)
{
    size_t found = 0;
    for (const ldns_rr_list *list : {ldns_pkt_answer(answer), ldns_pkt_authority(answer)}) {
        for (size_t i = 0; i < ldns_rr_list_rr_count(list); ++i)
            found += ldns_rr_get_type(ldns_rr_list_rr(list, i)) == type;
    }
    return found;
}

} // namespace

class TestDnsAnswer : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const ZoneTree> m_zones;

    LdnsPacket answered(const QByteArray &message, DnsTransport transport = DnsTransport::Udp)
    {
        return packetOf(dnsAnswer(*m_zones, message, transport));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QByteArray lines = "mx1 A 127.0.0.1\ndown A 127.0.0.1\n";
        for (int i = 0; i < 25; ++i)
            lines += "large TXT \"record " + QByteArray::number(i) + " of a set of a kilobyte\"\n";
        for (int i = 0; i < 400; ++i)
            lines += "huge TXT \"" + QByteArray::number(i) + QByteArray(200, 'x') + "\"\n";
        for (int i = 0; i < 30; ++i)
            lines += 'a' + QByteArray::number(i) + " CNAME a" + QByteArray::number(i + 1) + '\n';
        lines += "a30 A 127.0.0.1\n";
        ZoneMaker maker;
        auto made = maker.make(
                {{.name = "practice.example", .lines = lines, .failing = {"down.practice.example"}},
                 {.name = "without.example",
                  .lines = "mx1 A 127.0.0.1\n",
                  .hasTlsaAnswers = false}});
        QVERIFY(made);
        m_zones = *made;
    }

    void header()
    {
        const LdnsPacket answer =
                answered(question("MX1.practice.example", LDNS_RR_TYPE_A, Edns::None));
        QVERIFY(answer);
        QCOMPARE(ldns_pkt_id(answer.get()), quint16(4711));
        QVERIFY(ldns_pkt_qr(answer.get()) && ldns_pkt_ra(answer.get()) &&
                ldns_pkt_rd(answer.get()));
        QVERIFY(!ldns_pkt_aa(answer.get()) && !ldns_pkt_ad(answer.get()) &&
                !ldns_pkt_tc(answer.get()));
        QVERIFY(!ldns_pkt_edns(answer.get()));
        QCOMPARE(ldns_pkt_ancount(answer.get()), quint16(1));
        const LdnsPacket asked = query("MX1.practice.example", LDNS_RR_TYPE_A);
        QCOMPARE(ldns_rr_compare(ldns_rr_list_rr(ldns_pkt_question(answer.get()), 0),
                                 ldns_rr_list_rr(ldns_pkt_question(asked.get()), 0)),
                 0);
    }

    void withoutRecursionAsTheZonesOwnServer()
    {
        const LdnsPacket answer =
                answered(wireOf(query("mx1.practice.example", LDNS_RR_TYPE_A, 0)));
        QVERIFY(answer && ldns_pkt_aa(answer.get()));
        QCOMPARE(ldns_pkt_ancount(answer.get()), quint16(1));
    }

    void signaturesOnlyWhereAskedFor_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("dnssec");
        QTest::addColumn<size_t>("signatures");
        QTest::addColumn<size_t>("proofs");
        const auto row = [](const char *why, const char *name, bool dnssec, size_t signatures,
                            size_t proofs) {
            QTest::newRow(why) << QByteArray(name) << dnssec << signatures << proofs;
        };
        row("found, DO", "mx1.practice.example", true, 1, 0);
        row("found", "mx1.practice.example", false, 0, 0);
        row("absent, DO", "zzz.practice.example", true, 3, 2);
        row("absent", "zzz.practice.example", false, 0, 0);
    }
    void signaturesOnlyWhereAskedFor()
    {
        QFETCH(QByteArray, name);
        QFETCH(bool, dnssec);
        const LdnsPacket answer =
                answered(question(name, LDNS_RR_TYPE_A, dnssec ? Edns::Dnssec : Edns::Plain));
        QVERIFY(answer && ldns_pkt_edns(answer.get()));
        QCOMPARE(ldns_pkt_edns_do(answer.get()), dnssec);
        QTEST(count(answer.get(), LDNS_RR_TYPE_RRSIG), "signatures");
        QTEST(count(answer.get(), LDNS_RR_TYPE_NSEC), "proofs");
    }

    void room_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("size"); // of EDNS; 0: without
        QTest::addColumn<bool>("tcp");
        QTest::addColumn<bool>("cut");
        QTest::addColumn<int>("records");
        QTest::newRow("fits") << QByteArray("mx1") << 512 << false << false << 1;
        QTest::newRow("without EDNS") << QByteArray("large") << 0 << false << true << 0;
        QTest::newRow("less than any may say") << QByteArray("mx1") << 10 << false << false << 1;
        QTest::newRow("too much for the client")
                << QByteArray("large") << 600 << false << true << 0;
        QTest::newRow("large datagram") << QByteArray("large") << 1232 << false << false << 25;
        QTest::newRow("too much for a datagram")
                << QByteArray("huge") << 65535 << false << true << 0;
        QTest::newRow("TCP") << QByteArray("large") << 600 << true << false << 25;
        QTest::newRow("too much for any message")
                << QByteArray("huge") << 600 << true << false << 0;
    }
    void room()
    {
        QFETCH(QByteArray, name);
        QFETCH(int, size);
        QFETCH(bool, tcp);
        QFETCH(bool, cut);
        const QByteArray wire =
                dnsAnswer(*m_zones,
                          question(name + ".practice.example",
                                   name == "mx1" ? LDNS_RR_TYPE_A : LDNS_RR_TYPE_TXT,
                                   size ? Edns::Plain : Edns::None, quint16(size)),
                          tcp ? DnsTransport::Tcp : DnsTransport::Udp);
        QVERIFY(tcp || wire.size() <= qBound(512, size, 1232));
        const LdnsPacket answer = packetOf(wire);
        QVERIFY(answer);
        QCOMPARE(bool(ldns_pkt_tc(answer.get())), cut);
        QTEST(int(ldns_pkt_ancount(answer.get())), "records");
    }

    void codes_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("code");
        const auto row = [](const char *why, const QByteArray &message, int code) {
            QTest::newRow(why) << message << code;
        };
        const QByteArray soa = question("practice.example", LDNS_RR_TYPE_SOA, Edns::None);
        row("found", soa, LDNS_RCODE_NOERROR);
        row("ANY", question("practice.example", LDNS_RR_TYPE_ANY, Edns::None), LDNS_RCODE_NOTIMPL);
        row("transfer", question("practice.example", LDNS_RR_TYPE_AXFR, Edns::None),
            LDNS_RCODE_NOTIMPL);
        row("signatures alone", question("practice.example", LDNS_RR_TYPE_RRSIG, Edns::None),
            LDNS_RCODE_NOTIMPL);
        QByteArray update = soa;
        update[2] = char(5 << 3); // RFC 2136 2.2
        row("update", update, LDNS_RCODE_NOTIMPL);
        QByteArray chaos = soa;
        chaos[chaos.size() - 1] = 3; // CH
        row("another class", chaos, LDNS_RCODE_REFUSED);
        row("failing", question("down.practice.example", LDNS_RR_TYPE_A, Edns::None),
            LDNS_RCODE_SERVFAIL);
        row("key of a failing name",
            question("down.practice.example", LDNS_RR_TYPE_DNSKEY, Edns::None), LDNS_RCODE_NOERROR);
        row("TLSA where it is refused",
            question("_25._tcp.mx1.without.example", LDNS_RR_TYPE_TLSA, Edns::None),
            LDNS_RCODE_SERVFAIL);
        row("an address there", question("mx1.without.example", LDNS_RR_TYPE_A, Edns::None),
            LDNS_RCODE_NOERROR);
        row("TLSA elsewhere",
            question("_25._tcp.mx1.practice.example", LDNS_RR_TYPE_TLSA, Edns::None),
            LDNS_RCODE_NXDOMAIN);
        row("sixteen aliases", question("a14.practice.example", LDNS_RR_TYPE_A, Edns::None),
            LDNS_RCODE_NOERROR);
        row("seventeen aliases", question("a13.practice.example", LDNS_RR_TYPE_A, Edns::None),
            LDNS_RCODE_SERVFAIL);
        row("no name", question("none.example", LDNS_RR_TYPE_A, Edns::None), LDNS_RCODE_NXDOMAIN);
    }
    void codes()
    {
        QFETCH(QByteArray, message);
        const LdnsPacket answer = answered(message);
        QVERIFY(answer);
        QTEST(int(ldns_pkt_get_rcode(answer.get())), "code");
        if (ldns_pkt_get_rcode(answer.get()) != LDNS_RCODE_NOERROR)
            QCOMPARE(ldns_pkt_ancount(answer.get()), quint16(0));
    }

    void nsecAsAType()
    {
        const LdnsPacket answer =
                answered(question("mx1.practice.example", LDNS_RR_TYPE_NSEC, Edns::Dnssec));
        QCOMPARE(ldns_pkt_ancount(answer.get()), quint16(2));
    }

    void everyBrokenMessage()
    {
        const QByteArray good = question("mx1.practice.example", LDNS_RR_TYPE_A, Edns::Dnssec);
        for (qsizetype length = 0; length < good.size(); ++length) // each cut of it
            (void)dnsAnswer(*m_zones, good.left(length), DnsTransport::Udp);
        for (qsizetype at = 0; at < good.size(); ++at) { // each octet turned
            QByteArray bad = good;
            bad[at] = char(~bad.at(at));
            (void)dnsAnswer(*m_zones, bad, DnsTransport::Tcp);
        }
        QByteArray answer = good;
        answer[2] = char(answer.at(2) | '\x80');
        QVERIFY(dnsAnswer(*m_zones, answer, DnsTransport::Udp).isEmpty()); // or two would talk on
        QVERIFY(dnsAnswer(*m_zones, good.left(12), DnsTransport::Udp).isEmpty());
        QVERIFY(dnsAnswer(*m_zones, QByteArray(12, '\0'), DnsTransport::Udp).isEmpty());
        QVERIFY(!dnsAnswer(*m_zones, good, DnsTransport::Udp).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestDnsAnswer)
#include "tst_dnsanswer.moc"
