// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The practice DNS, asked by the resolver of the program, and by messages that no resolver sends.
#include "dns/presentation.h"
#include "dns/unboundresolver.h"
#include "practice/dnsserver.h"
#include "practice/ldnsowner.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtEndian>
#include <QTest>
#include <QUdpSocket>

namespace {

using Signing = PracticeZone::Signing;

constexpr int NetworkMs = 10000; // for what comes in no time

QByteArray practiceLines()
{
    QByteArray lines = "@ MX 10 mx1\n@ MX 20 mx2\n"
                       "mx1 A 127.0.0.1\nmx1 AAAA ::1\nmx2 A 127.0.0.2\n"
                       "_25._tcp.mx1 TLSA 3 1 1 " +
                       QByteArray(64, 'a') +
                       "\n_mta-sts TXT \"v=STSv1; id=1;\"\n"
                       "_smtp._tls CNAME tls.mail-provider.example.\n"
                       "mta-sts CNAME out.unsigned.example.\n"
                       "gone CNAME nothing.mail-provider.example.\n"
                       "loop CNAME loop2\nloop2 CNAME loop\n"
                       "down A 127.0.0.1\nto-down CNAME down\n"
                       "elsewhere NS ns.nowhere.example.\n"
                       "long TXT " +
                       quotedTxt(QByteArray(600, 'x')) + '\n';
    for (int i = 0; i < 40; ++i)
        lines += "large TXT \"record " + QByteArray::number(i) + " of too many\"\n";
    return lines;
}

QList<PracticeZone> world()
{
    return {
            {.name = "practice.example",
             .lines = practiceLines(),
             .failing = {"down.practice.example"}},
            {.name = "mail-provider.example", .lines = "mx A 127.0.0.3\ntls TXT \"v=TLSRPTv1\"\n"},
            {.name = "unsigned.example",
             .lines = "out A 127.0.0.4\n",
             .signing = Signing::Unsigned},
            {.name = "wrong.example", .lines = "a A 127.0.0.5\n", .signing = Signing::WrongDs},
            {.name = "expired.example", .lines = "a A 127.0.0.6\n", .signing = Signing::Expired},
    };
}

QByteArray question(const QByteArray &name, ldns_rr_type type)
{
    const LdnsPacket packet(
            ldns_pkt_query_new(ldnsName(name).release(), type, LDNS_RR_CLASS_IN, LDNS_RD));
    ldns_pkt_set_edns_udp_size(packet.get(), 4096);
    ldns_pkt_set_edns_do(packet.get(), true);
    uint8_t *octets = nullptr;
    size_t size = 0;
    ldns_pkt2wire(&octets, packet.get(), &size);
    const std::unique_ptr<uint8_t, decltype(&std::free)> owned(octets, &std::free);
    return QByteArray(reinterpret_cast<const char *>(octets), qsizetype(size));
}

LdnsPacket packetOf(const QByteArray &wire)
{
    ldns_pkt *packet = nullptr;
    (void)ldns_wire2pkt(&packet, reinterpret_cast<const uint8_t *>(wire.constData()),
                        size_t(wire.size()));
    return LdnsPacket(packet);
}

/// One message and its answer.
QByteArray overUdp(quint16 port, const QByteArray &message)
{
    QUdpSocket socket;
    socket.bind(QHostAddress::LocalHost, 0);
    socket.writeDatagram(message, QHostAddress::LocalHost, port);
    QByteArray answer(65536, '\0');
    if (!socket.waitForReadyRead(NetworkMs))
        return {};
    answer.resize(socket.readDatagram(answer.data(), answer.size()));
    return answer;
}

QByteArray framed(const QByteArray &message)
{
    QByteArray length(2, '\0');
    qToBigEndian(quint16(message.size()), length.data());
    return length + message;
}

QByteArray nextFrame(QTcpSocket &socket)
{
    while (socket.bytesAvailable() < 2 ||
           socket.bytesAvailable() < 2 + qFromBigEndian<quint16>(socket.peek(2).constData())) {
        if (!socket.waitForReadyRead(NetworkMs))
            return {};
    }
    return socket.read(qFromBigEndian<quint16>(socket.read(2).constData()));
}

} // namespace

class TestDnsServer : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<PracticeDns> m_dns;
    Cancel m_never;

    ResolverOptions options() const
    {
        ResolverOptions options;
        options.servers = {QStringLiteral("127.0.0.1@%1").arg(m_dns->port())};
        options.trustAnchorFile = m_folder.filePath(QStringLiteral("anchor"));
        return options;
    }
    DnsAnswer asked(const QByteArray &name, RecordType type)
    {
        UnboundResolver resolver(options());
        return resolver.lookup(name, type, m_never);
    }

private Q_SLOTS:
    void init()
    {
        QElapsedTimer clock;
        clock.start();
        m_dns = std::make_unique<PracticeDns>();
        const auto started = m_dns->start(world());
        static bool isTold = false;
        if (!std::exchange(isTold, true))
            qDebug("start() with 5 zones: %.1f ms", double(clock.nsecsElapsed()) / 1e6);
        QVERIFY2(started, started ? "" : qPrintable(started.error().what));
        QFile anchor(m_folder.filePath(QStringLiteral("anchor")));
        QVERIFY(anchor.open(QIODevice::WriteOnly));
        anchor.write(m_dns->trustAnchor() + '\n');
    }
    void cleanup() { m_dns.reset(); }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("security");
        QTest::addColumn<qsizetype>("count");
        const auto row = [](const char *why, const char *name, RecordType type, AnswerStatus status,
                            Security security, qsizetype count) {
            QTest::newRow(why) << QByteArray(name) << int(type) << int(status) << int(security)
                               << count;
        };
        using S = AnswerStatus;
        using R = RecordType;
        const auto yes = Security::Secure;
        row("root key", ".", R::DNSKEY, S::Found, yes, 1);
        row("address", "mx1.practice.example", R::A, S::Found, yes, 1);
        row("capital letters", "MX1.Practice.Example.", R::AAAA, S::Found, yes, 1);
        row("MX", "practice.example", R::MX, S::Found, yes, 2);
        row("TLSA", "_25._tcp.mx1.practice.example", R::TLSA, S::Found, yes, 1);
        row("DS", "practice.example", R::DS, S::Found, yes, 1);
        row("NS", "practice.example", R::NS, S::Found, yes, 1);
        row("SOA", "practice.example", R::SOA, S::Found, yes, 1);
        row("text of more than 255 octets", "long.practice.example", R::TXT, S::Found, yes, 1);
        row("set larger than a datagram", "large.practice.example", R::TXT, S::Found, yes, 40);
        row("no such type", "mx2.practice.example", R::AAAA, S::NoData, yes, 0);
        row("no such type at the apex", "practice.example", R::TXT, S::NoData, yes, 0);
        row("only names below", "_tcp.mx1.practice.example", R::A, S::NoData, yes, 0);
        row("no DS at a name", "mx1.practice.example", R::DS, S::NoData, yes, 0);
        row("no DS of an unsigned zone", "unsigned.example", R::DS, S::NoData, yes, 0);
        row("no DS of the root", ".", R::DS, S::NoData, yes, 0);
        row("no such name", "none.practice.example", R::A, S::NoName, yes, 0);
        row("no such name below a name", "a.mx1.practice.example", R::A, S::NoName, yes, 0);
        row("no such zone", "mx1.other.example", R::MX, S::NoName, yes, 0);
        row("no such top-level zone", "www.mozilla.org", R::A, S::NoName, yes, 0);
        row("unsigned", "out.unsigned.example", R::A, S::Found, Security::Insecure, 1);
        row("unsigned, no type", "out.unsigned.example", R::MX, S::NoData, Security::Insecure, 0);
        row("unsigned, no name", "no.unsigned.example", R::A, S::NoName, Security::Insecure, 0);
        row("DS of another key", "a.wrong.example", R::A, S::Failed, Security::Bogus, 0);
        row("signatures of the past", "a.expired.example", R::A, S::Failed, Security::Bogus, 0);
        row("alias into another zone", "_smtp._tls.practice.example", R::TXT, S::Found, yes, 1);
        row("alias to nothing", "gone.practice.example", R::A, S::NoName, yes, 0);
        row("alias without the type", "_smtp._tls.practice.example", R::A, S::NoData, yes, 0);
        row("alias into an unsigned zone", "mta-sts.practice.example", R::A, S::Found,
            Security::Insecure, 1);
        row("the alias itself", "mta-sts.practice.example", R::CNAME, S::Found, yes, 1);
        row("loop", "loop.practice.example", R::A, S::Failed, Security::Unknown, 0);
        row("failing", "down.practice.example", R::A, S::Failed, Security::Unknown, 0);
        row("alias to a failing name", "to-down.practice.example", R::A, S::Failed,
            Security::Unknown, 0);
        row("delegated to nobody", "a.elsewhere.practice.example", R::A, S::Failed,
            Security::Unknown, 0);
    }
    void answers()
    {
        QFETCH(QByteArray, name);
        QFETCH(int, type);
        QFETCH(qsizetype, count);
        QFETCH(int, security);
        const DnsAnswer answer = asked(name, RecordType(type));
        QVERIFY2(answer.why.isEmpty() == answer.isKnown(), qPrintable(answer.why));
        QTEST(int(answer.status), "status");
        if (answer.isKnown() || Security(security) == Security::Bogus)
            QCOMPARE(int(answer.security), security);
        QCOMPARE(answer.rdata.size(), count);
    }

    void contents()
    {
        QCOMPARE(mailExchangers(asked("practice.example", RecordType::MX)),
                 (QList<MxRecord>{{10, "mx1.practice.example"}, {20, "mx2.practice.example"}}));
        QCOMPARE(texts(asked("long.practice.example", RecordType::TXT)),
                 QList<QByteArray>{QByteArray(600, 'x')});
        QCOMPARE(texts(asked("_mta-sts.practice.example", RecordType::TXT)),
                 QList<QByteArray>{"v=STSv1; id=1;"});
        QCOMPARE(asked("_smtp._tls.practice.example", RecordType::TXT).canonicalName,
                 QByteArray("tls.mail-provider.example"));
    }

    void startsOnce()
    {
        const quint16 port = m_dns->port();
        QVERIFY(!m_dns->start(world()));
        QCOMPARE(m_dns->port(), port);
    }

    void onlyTheRightAnchorHolds()
    {
        PracticeDns other;
        QVERIFY(other.start(world()));
        QVERIFY(other.trustAnchor() != m_dns->trustAnchor());
        ResolverOptions crossed = options();
        crossed.servers = {QStringLiteral("127.0.0.1@%1").arg(other.port())};
        UnboundResolver resolver(crossed);
        QVERIFY(!rootKeyIsSecure(resolver, m_never));
    }

    void otherZonesFromTheNextQuestionOn()
    {
        UnboundResolver early(options());
        const DnsAnswer before = early.lookup("practice.example", RecordType::DNSKEY, m_never);
        const QByteArray anchor = m_dns->trustAnchor();
        QVERIFY(m_dns->set({{.name = "practice.example", .lines = "_mta-sts TXT \"id=2\""},
                            {.name = "new.example", .lines = "a A 127.0.0.9"}}));
        QCOMPARE(m_dns->trustAnchor(), anchor);
        const DnsAnswer text = asked("_mta-sts.practice.example", RecordType::TXT);
        QCOMPARE(text.security, Security::Secure);
        QCOMPARE(texts(text), QList<QByteArray>{"id=2"});
        QCOMPARE(asked("a.new.example", RecordType::A).security, Security::Secure);
        QCOMPARE(asked("mx.mail-provider.example", RecordType::A).status, AnswerStatus::NoName);
        QCOMPARE(asked("practice.example", RecordType::DNSKEY).rdata, before.rdata);
        // A resolver that remembers the keys of before believes the records of now.
        const DnsAnswer later = early.lookup("_mta-sts.practice.example", RecordType::TXT, m_never);
        QCOMPARE(later.security, Security::Secure);
    }

    void aRefusedZoneChangesNothing()
    {
        const QList<PracticeZone> bad{{.name = "practice.example", .lines = "hello"}};
        QVERIFY(!m_dns->set(bad));
        QVERIFY(asked("mx1.practice.example", RecordType::A).isFound());
        PracticeDns other;
        QVERIFY(!other.start(bad));
        QCOMPARE(other.port(), quint16(0));
        QVERIFY(other.trustAnchor().isEmpty());
        QVERIFY(other.start(world())); // what was wrong can be put right
        QVERIFY(other.port() != 0);
    }

    void failingApexKeepsItsZone()
    {
        QVERIFY(m_dns->set({{.name = "practice.example",
                             .lines = "a A 127.0.0.1",
                             .failing = {"Practice.example."}}}));
        QVERIFY(!asked("practice.example", RecordType::SOA).isKnown());
        QCOMPARE(asked("a.practice.example", RecordType::A).security, Security::Secure);
    }

    void whatDoesNotFitComesByTcp()
    {
        const QByteArray message = question("large.practice.example", LDNS_RR_TYPE_TXT);
        const QByteArray datagram = overUdp(m_dns->port(), message);
        const LdnsPacket cut = packetOf(datagram);
        QVERIFY(cut && ldns_pkt_tc(cut.get()));
        QCOMPARE(ldns_pkt_ancount(cut.get()), quint16(0));
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, m_dns->port());
        socket.write(framed(message) + framed(message)); // two at once, RFC 7766 6.2.1.1
        for (int i = 0; i < 2; ++i) {
            const LdnsPacket whole = packetOf(nextFrame(socket));
            QVERIFY(whole && !ldns_pkt_tc(whole.get()));
            QCOMPARE(ldns_pkt_ancount(whole.get()), quint16(41));
        }
    }

    void garbageStopsNothing_data()
    {
        QTest::addColumn<QByteArray>("garbage");
        const QByteArray good = question("mx1.practice.example", LDNS_RR_TYPE_A);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("one octet") << QByteArray("x");
        QTest::newRow("header only") << good.left(12);
        QTest::newRow("cut") << good.chopped(15);
        QTest::newRow("no question") << QByteArray(12, '\0');
        QTest::newRow("all ones") << QByteArray(600, '\xff');
        QByteArray reply = good;
        reply[2] = char(reply.at(2) | '\x80');
        QTest::newRow("an answer") << reply;
        QByteArray loop = good.left(12) + QByteArray("\xc0\x0c\0\x01\0\x01", 6);
        QTest::newRow("a name that points at itself") << loop;
        QTest::newRow("too long") << good + QByteArray(8000, 'x');
    }
    void garbageStopsNothing()
    {
        QFETCH(QByteArray, garbage);
        QUdpSocket udp;
        udp.bind(QHostAddress::LocalHost, 0);
        udp.writeDatagram(garbage, QHostAddress::LocalHost, m_dns->port());
        QTcpSocket tcp;
        tcp.connectToHost(QHostAddress::LocalHost, m_dns->port());
        tcp.write(framed(garbage));
        tcp.write(garbage);
        QVERIFY(tcp.waitForConnected(NetworkMs));
        tcp.flush();
        const LdnsPacket answer =
                packetOf(overUdp(m_dns->port(), question("mx1.practice.example", LDNS_RR_TYPE_A)));
        QVERIFY(answer);
        QCOMPARE(ldns_pkt_ancount(answer.get()), quint16(2));
        QVERIFY(asked("large.practice.example", RecordType::TXT).isFound());
    }

    void connectionsAreLimited()
    {
        std::vector<std::unique_ptr<QTcpSocket>> idle;
        for (int i = 0; i < 70; ++i) {
            idle.push_back(std::make_unique<QTcpSocket>());
            idle.back()->connectToHost(QHostAddress::LocalHost, m_dns->port());
            QVERIFY(idle.back()->waitForConnected(NetworkMs));
        }
        QTRY_COMPARE(idle.back()->state(), QAbstractSocket::UnconnectedState); // one too many
        QCOMPARE(idle.front()->state(), QAbstractSocket::ConnectedState);
        idle.clear();
        QTRY_VERIFY(asked("large.practice.example", RecordType::TXT).isFound());
    }
};

QTEST_GUILESS_MAIN(TestDnsServer)
#include "tst_dnsserver.moc"
