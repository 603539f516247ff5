// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A host that a resolver still denies, asked for at the real servers of its zone.
#include "fakes/fakeresolver.h"
#include "provider/zonebed.h"
#include "push/freshhost.h"

#include <QTest>

namespace {

const QByteArray Host = "many.example.com"; // A and AAAA in the zone of the bed

QHostAddress first(const DnsAnswer &answer)
{
    return answer.rdata.isEmpty()
                   ? QHostAddress()
                   : addressFromWire(answer.type, answer.rdata.first()).value_or(QHostAddress());
}

} // namespace

class TestFreshHost : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString why = m_bed.start(QStringLiteral("bind"));
        if (m_bed.isMissing())
            QSKIP(qPrintable(why));
        QVERIFY2(why.isEmpty(), qPrintable(why));
    }

    void theZoneKnowsWhatAResolverDenies()
    {
        FakeResolver resolver;
        QVERIFY(resolver.lookup(Host, RecordType::A, Cancel()).isAbsent());
        FreshHost fresh(resolver, Host, {{"ns1.example.com", m_bed.nameServer()}});
        QCOMPARE(first(fresh.lookup(Host, RecordType::A, Cancel())),
                 QHostAddress(QStringLiteral("192.0.2.1")));
        QCOMPARE(first(fresh.lookup(Host, RecordType::AAAA, Cancel())),
                 QHostAddress(QStringLiteral("2001:db8::1")));
    }

    void everythingElseIsTheResolvers()
    {
        FakeResolver resolver;
        resolver.a("ns1.example.com", {QStringLiteral("192.0.2.9")});
        resolver.txt(Host, {"known"});
        FreshHost fresh(resolver, Host, {{"ns1.example.com", m_bed.nameServer()}});
        QCOMPARE(first(fresh.lookup("ns1.example.com", RecordType::A, Cancel())),
                 QHostAddress(QStringLiteral("192.0.2.9")));
        QVERIFY(fresh.lookup(Host, RecordType::TXT, Cancel()).isFound());
    }

    /// An alias leads out of the zone, and its end is the resolver's to know.
    void whatTheZoneDoesNotHaveIsTheResolvers()
    {
        FakeResolver resolver;
        resolver.a("elsewhere.example.com", {QStringLiteral("192.0.2.7")});
        FreshHost fresh(resolver, "elsewhere.example.com",
                        {{"ns1.example.com", m_bed.nameServer()}});
        QCOMPARE(first(fresh.lookup("elsewhere.example.com", RecordType::A, Cancel())),
                 QHostAddress(QStringLiteral("192.0.2.7")));
    }

private:
    ZoneBed m_bed;
};
QTEST_GUILESS_MAIN(TestFreshHost)
#include "tst_freshhost.moc"
