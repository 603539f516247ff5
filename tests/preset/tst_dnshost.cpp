// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "preset/dnshost.h"

#include <QSet>
#include <QTest>

using List = QList<QByteArray>;

class tst_DnsHost : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void file();
    void signing();
    void recognised_data();
    void recognised();
};

void tst_DnsHost::file()
{
    QVERIFY(dnsHosts().size() >= 10);
    QSet<QByteArray> ids;
    for (const DnsHost &host : dnsHosts()) {
        QVERIFY2(!ids.contains(host.id), host.id);
        ids.insert(host.id);
        QVERIFY2(!host.name.isEmpty() && !host.suffixes.isEmpty(), host.id);
        QVERIFY2(host.names != DnsHost::Names::Unknown, host.id);
        QVERIFY2(host.quotes != DnsHost::Quotes::Unknown, host.id);
        QVERIFY2(!host.source.isEmpty() && host.checked.isValid(), host.id);
    }
}

/// What is not known is left out, never guessed; what is known says what to do.
void tst_DnsHost::signing()
{
    for (const DnsHost &host : dnsHosts() + nameServerPrograms())
        QVERIFY2((host.signing == DnsHost::Signing::Unknown) == host.signingSteps.isEmpty(),
                 host.id);
    const auto of = [](const QByteArray &server) {
        return recogniseDnsHost({server}).value_or(DnsHost()).signing;
    };
    QCOMPARE(of("ns1.desec.io"), DnsHost::Signing::Always);
    QCOMPARE(of("amy.ns.cloudflare.com"), DnsHost::Signing::Switch);
    QCOMPARE(of("helium.ns.hetzner.de"), DnsHost::Signing::Never);
    QCOMPARE(of("ns1.example.com"), DnsHost::Signing::Unknown);
    QCOMPARE(nameServerPrograms().size(), 3);
}

void tst_DnsHost::recognised_data()
{
    QTest::addColumn<List>("servers");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("Cloudflare") << List{"amy.ns.cloudflare.com", "bob.ns.cloudflare.com"}
                                << QByteArray("cloudflare");
    QTest::newRow("Route 53, four top-level domains")
            << List{"ns-1.awsdns-00.com", "ns-512.awsdns-00.net", "ns-1024.awsdns-00.org",
                    "ns-1536.awsdns-00.co.uk"}
            << QByteArray("route53");
    QTest::newRow("Hetzner, capitals and dots")
            << List{"Hydrogen.NS.Hetzner.com.", "helium.ns.hetzner.de."} << QByteArray("hetzner");
    QTest::newRow("deSEC") << List{"ns1.desec.io", "ns2.desec.org"} << QByteArray("desec");
    QTest::newRow("own name servers") << List{"ns1.example.com"} << QByteArray();
    QTest::newRow("two hosts at once")
            << List{"amy.ns.cloudflare.com", "ns1.desec.io"} << QByteArray();
    QTest::newRow("look-alike") << List{"ns.evil-gandi.net"} << QByteArray();
    QTest::newRow("not looked up") << List{} << QByteArray();
}

void tst_DnsHost::recognised()
{
    QFETCH(List, servers);
    const auto host = recogniseDnsHost(servers);
    QTEST(host ? host->id : QByteArray(), "id");
}

QTEST_GUILESS_MAIN(tst_DnsHost)
#include "tst_dnshost.moc"
