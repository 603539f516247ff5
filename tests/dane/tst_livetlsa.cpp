// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/livetlsa.h"
#include "fakes/fakeresolver.h"

#include <QTest>

#include <algorithm>

namespace {

const TlsaRecord One{3, 1, 1, QByteArray(32, 'a')};
const TlsaRecord Two{3, 1, 1, QByteArray(32, 'b')};

} // namespace

class TestLiveTlsa : public QObject
{
    Q_OBJECT

private:
    /// A signed zone with one server.
    static void fill(FakeResolver &dns)
    {
        dns.setDefaultSecurity(Security::Secure);
        dns.rootKey(Security::Secure);
        dns.a("mx.example.com", {QStringLiteral("192.0.2.1")});
        dns.tlsa("_25._tcp.mx.example.com", {One});
    }
    static LiveTlsa look(FakeResolver &dns, const QByteArray &host = "mx.example.com",
                         quint16 port = 25)
    {
        return lookUpTlsa(host, port, {}, dns, Cancel());
    }

private Q_SLOTS:
    void published()
    {
        FakeResolver dns;
        fill(dns);
        const LiveTlsa live = lookUpTlsa("mx.example.com", 25, {"example.com"}, dns, Cancel());
        QCOMPARE(live.plan.applies, DaneApplies::Applies);
        QCOMPARE(live.records, QList<TlsaRecord>{One});
        QCOMPARE(live.owner, QByteArray("_25._tcp.mx.example.com"));
        QCOMPARE(live.plan.names, (QList<QByteArray>{"mx.example.com", "example.com"}));
    }

    void otherPort()
    {
        FakeResolver dns;
        fill(dns);
        QCOMPARE(look(dns, "mx.example.com", 465).plan.applies, DaneApplies::NotApplicable);
        dns.tlsa("_465._tcp.mx.example.com", {Two});
        QCOMPARE(look(dns, "mx.example.com", 465).records, QList<TlsaRecord>{Two});
    }

    void aliasComesFirst()
    {
        FakeResolver dns;
        fill(dns);
        dns.alias("mail.example.com", "mx.example.com");
        LiveTlsa live = look(dns, "mail.example.com");
        QCOMPARE(live.plan.base, QByteArray("mx.example.com"));
        QCOMPARE(live.owner, QByteArray("_25._tcp.mx.example.com"));
        QCOMPARE(live.records, QList<TlsaRecord>{One});
    }

    void unknown_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("resolver does not validate") << 0;
        QTest::newRow("no answer for TLSA") << 1;
        QTest::newRow("no answer for addresses") << 2;
    }
    void unknown()
    {
        QFETCH(int, kind);
        FakeResolver dns;
        fill(dns);
        if (kind == 0)
            dns.rootKey(Security::Insecure);
        else if (kind == 1)
            dns.fails("_25._tcp.mx.example.com", RecordType::TLSA);
        else
            dns.fails("mx.example.com", RecordType::A);
        const LiveTlsa live = look(dns);
        QVERIFY(live.plan.applies == DaneApplies::Unknown || live.isFailed);
        QVERIFY(live.plan.applies != DaneApplies::Applies);
    }

    void unsignedZoneHasNothingThatCounts()
    {
        FakeResolver dns;
        fill(dns);
        dns.a("mx.example.com", {QStringLiteral("192.0.2.1")}, Security::Insecure);
        QCOMPARE(look(dns).plan.applies, DaneApplies::NotApplicable);
    }

    void denialThatIsNotProven()
    {
        const auto has43 = [](const LiveTlsa &live) {
            return std::any_of(live.plan.issues.begin(), live.plan.issues.end(),
                               [](const Issue &issue) { return issue.id == "DANE-43"; });
        };
        FakeResolver dns;
        fill(dns);
        QVERIFY(!has43(look(dns)));
        dns.bogus("_25._tcp.mx.example.com", RecordType::A);
        QVERIFY(has43(look(dns)));
        QCOMPARE(look(dns).records, QList<TlsaRecord>{One});
    }

    void wrongName()
    {
        FakeResolver dns;
        fill(dns);
        QVERIFY(look(dns, "mx.exmaple.com").hasNoAddress);
        QVERIFY(!look(dns).hasNoAddress);
    }
};

QTEST_APPLESS_MAIN(TestLiveTlsa)
#include "tst_livetlsa.moc"
