// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Plans of TLSA records alone, for the servers of one zone.
#include "provider/fakeprovider.h"
#include "push/tlsaplan.h"

#include <QTest>

namespace {

const QByteArray Owner = "_25._tcp.mx1.example.com";
const QByteArray Other = "_25._tcp.mx2.example.com";
const QByteArray KeyA = "3 1 1 " + QByteArray(64, 'a'), KeyB = "3 1 1 " + QByteArray(64, 'b');

DnsRecord tlsa(const QByteArray &data, const QByteArray &owner = Owner)
{
    return {owner, RecordType::TLSA, 3600, data};
}

/// example.com, and a zone below it that is in the account too.
class TwoZones : public FakeProvider
{
public:
    Result<QList<Zone>> zones(const QByteArray &, const Cancel &) override
    {
        return QList<Zone>{{"example.com", "1", obstacle}, {"sub.example.com", "2", {}}};
    }
    QByteArray obstacle;
};

struct Bed
{
    TwoZones *provider = nullptr;
    Service service;
    Bed()
    {
        auto made = std::make_unique<TwoZones>();
        provider = made.get();
        service.provider = std::move(made);
        service.info = providerInfo("powerdns");
    }
    Result<Plan> plan(const QList<DnsRecord> &wanted, const QList<DnsRecord> &gone = {})
    {
        return tlsaPlanAt(service, *DomainName::fromAscii("mx1.example.com"), wanted, gone,
                          Cancel());
    }
};

QByteArray ids(const Plan &plan)
{
    QByteArrayList all;
    for (const Issue &issue : plan.blockers)
        all.append(issue.id);
    return all.join(' ');
}

} // namespace

class tst_TlsaPlan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tlsaAlone();
    void serversOfAnotherZone();
    void whatStandsInTheWay();
    void whatIsThere();
};

void tst_TlsaPlan::tlsaAlone()
{
    Bed bed;
    bed.provider->held = {{tlsa(KeyB), {}, false}};
    const Result<Plan> made = bed.plan({tlsa(KeyA), tlsa(KeyA, Other)}, {tlsa(KeyB)});
    QVERIFY(made);
    QCOMPARE(ids(*made), QByteArray());
    QCOMPARE(made->zone.name, QByteArray("example.com"));
    QCOMPARE(made->domain.ascii(), QByteArray("mx1.example.com"));
    QCOMPARE(made->sets.size(), 2);
    QCOMPARE(sortedData(made->sets.first().after), QList<QByteArray>{KeyA});
    QVERIFY(made->policyText.isEmpty() && !made->host); // nothing of MTA-STS
    QVERIFY(!bed.plan({}));
    bed.provider->held = {{tlsa(KeyA), {}, false}};
    QVERIFY(bed.plan({tlsa(KeyA)})->isEmpty());
}

void tst_TlsaPlan::serversOfAnotherZone()
{
    Bed bed;
    const Result<Plan> below = bed.plan({tlsa(KeyA), tlsa(KeyA, "_25._tcp.mx.sub.example.com")});
    QVERIFY(below);
    QCOMPARE(ids(*below), QByteArray("PUSH-2.other"));
    const Result<Plan> other = bed.plan({tlsa(KeyA), tlsa(KeyA, "_25._tcp.mx.example.net")});
    QVERIFY(other);
    QCOMPARE(ids(*other), QByteArray("PUSH-2.other"));
    QVERIFY(!bed.plan({tlsa(KeyA, "_25._tcp.mx.example.net")})); // no zone at all
    const Result<Plan> own = bed.plan({tlsa(KeyA, "_25._tcp.mx.sub.example.com")});
    QVERIFY(own);
    QCOMPARE(own->zone.name, QByteArray("sub.example.com"));
}

void tst_TlsaPlan::whatStandsInTheWay()
{
    Bed bed;
    bed.provider->obstacle = "PUSH-2.secondary";
    QCOMPARE(ids(*bed.plan({tlsa(KeyA)})), QByteArray("PUSH-2.secondary"));
    bed.provider->obstacle.clear();
    bed.provider->held = {{{Owner, RecordType::CNAME, 60, "tlsa.example.net"}, {}, false}};
    QCOMPARE(ids(*bed.plan({tlsa(KeyA)})), QByteArray("PUSH-6.tlsa"));
    bed.provider->held = {
            {{"mx1.example.com", RecordType::NS, 60, "ns.mx1.example.com"}, {}, false}};
    QCOMPARE(ids(*bed.plan({tlsa(KeyA)})), QByteArray("PUSH-2.cut"));
}

void tst_TlsaPlan::whatIsThere()
{
    Bed bed;
    bed.provider->held = {{tlsa("3 1 1 " + QByteArray(64, 'A')), {}, false},
                          {tlsa(KeyB, Other), {}, false},
                          {{Owner, RecordType::TXT, 60, "x"}, {}, false}};
    const auto there = tlsaAt(bed.service, Owner, Cancel());
    QVERIFY(there);
    QCOMPARE(there->size(), 1);
    QCOMPARE(tlsaToText(there->first()), KeyA);
}

QTEST_GUILESS_MAIN(tst_TlsaPlan)
#include "tst_tlsaplan.moc"
