// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody types into the panel of any DNS service is seen at the real servers of the zone at once,
// and so is what is deleted there.
#include "nameserverproof.h"
#include "provider/nameserverlook.h"
#include "provider/zonebed.h"

#include <QTest>

namespace {

const QByteArray Name = "_mta-sts.example.com";
const QByteArray Text = "v=STSv1; id=20260301T101200;";

Deployment wanted()
{
    Deployment deployment;
    deployment.domain = *DomainName::fromAscii("example.com");
    deployment.policyText = "version: STSv1\r\n";
    deployment.records = {{Name, RecordType::TXT, 3600, Text}};
    return deployment;
}

} // namespace

class TestByHand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void seenAtTheServersThemselves_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("PowerDNS") << QStringLiteral("pdns") << QByteArray("powerdns");
        QTest::newRow("BIND") << QStringLiteral("bind") << QByteArray("rfc2136");
        QTest::newRow("Knot") << QStringLiteral("knot") << QByteArray("rfc2136");
    }
    void seenAtTheServersThemselves()
    {
        QFETCH(QString, kind);
        QFETCH(QByteArray, id);
        ZoneBed bed;
        const QString why = bed.start(kind);
        if (bed.isMissing())
            QSKIP(qPrintable(why));
        QVERIFY2(why.isEmpty(), qPrintable(why));
        PublishDoors doors;
        doors.nameServers = [&](const QByteArray &, const Cancel &) -> Result<QList<NamedServer>> {
            return QList<NamedServer>{{"ns1.example.com", bed.nameServer()}};
        };
        const auto here = [&](const Deployment &deployment) {
            const auto records = lookAtServers(doors, deployment, Cancel());
            return records.isEmpty() ? ProofRow::AtServers() : records.first().servers;
        };
        QCOMPARE(here(wanted()).without.size(), 1);
        QCOMPARE(here(withoutPolicy(wanted())).with.size(), 1);

        const auto provider = bed.provider(id); // the panel
        QVERIFY(provider);
        const auto zones = provider->zones(Name, Cancel());
        QVERIFY(zones && !zones->isEmpty());
        const SetChange typed{Name, RecordType::TXT, {}, {{Name, RecordType::TXT, 3600, Text}}};
        QVERIFY(provider->apply(zones->first(), {typed}, Cancel()));
        QTRY_COMPARE(here(wanted()).with.size(), 1);
        QCOMPARE(here(withoutPolicy(wanted())).without.size(), 1);

        const auto records = provider->records(zones->first(), {Name}, Cancel());
        QVERIFY(records);
        const SetChange deleted{Name, RecordType::TXT, *records, {}};
        QVERIFY(provider->apply(zones->first(), {deleted}, Cancel()));
        QTRY_COMPARE(here(withoutPolicy(wanted())).with.size(), 1);
    }
};
QTEST_GUILESS_MAIN(TestByHand)
#include "tst_byhand.moc"
