// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/hostingoptions.h"
#include "fakes/fakedoors.h"

#include <QTest>

using Kind = HostingGroup::Kind;
using Why = HostingGroup::Why;

class tst_HostingOptions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingKnownRecommendsNothing()
    {
        const QList<HostingGroup> groups = hostingGroups({});
        QCOMPARE(groups.size(), 4); // no provider is known, so none is offered
        for (const HostingGroup &group : groups)
            QCOMPARE(group.why, Why::No);
        QCOMPARE(groups.constLast().kind, Kind::ByHand);
    }

    void dnsAtCloudflareBringsTheWorkerFirst()
    {
        FakeWorld world;
        world.dns.ns("shop.example", {"ada.ns.cloudflare.com", "bob.ns.cloudflare.com"});
        const QList<HostingGroup> groups = hostingGroups(world.look());
        QCOMPARE(groups.constFirst().kind, Kind::Worker);
        QCOMPARE(groups.constFirst().why, Why::DnsHost);
        QCOMPARE(groups.constFirst().whose, QStringLiteral("Cloudflare"));
    }

    void anAliasOfAStaticHostComesFirstWithItsForm()
    {
        Survey survey = FakeWorld().look();
        survey.policyA->canonicalName = "shop.netlify.app";
        const QList<HostingGroup> groups = hostingGroups(survey);
        QCOMPARE(groups.constFirst().kind, Kind::StaticSite);
        QCOMPARE(groups.constFirst().why, Why::Served);
        QCOMPARE(groups.constFirst().hostings.constFirst(), Hosting::Netlify);
    }

    void aNameThatOnlyEndsAlikeIsNotTheHost()
    {
        Survey survey = FakeWorld().look();
        survey.policyA->canonicalName = "notgithub.io";
        for (const HostingGroup &group : hostingGroups(survey))
            QVERIFY(group.kind != Kind::StaticSite || group.why == Why::No);
    }

    void aProviderIsOfferedOnlyWithBothHalves_data()
    {
        QTest::addColumn<QByteArray>("mx");
        QTest::addColumn<bool>("offered");
        QTest::newRow("record and host") << QByteArray("mail.tutanota.de") << true;
        QTest::newRow("record, and a file to pass on")
                << QByteArray("isaac.mx.cloudflare.net") << true;
        QTest::newRow("none") << QByteArray("aspmx.l.google.com") << false;
    }
    void aProviderIsOfferedOnlyWithBothHalves()
    {
        QFETCH(QByteArray, mx);
        QFETCH(bool, offered);
        Survey survey;
        MailHost host;
        host.name = mx;
        survey.hosts = {host};
        bool seen = false;
        for (const HostingGroup &group : hostingGroups(survey))
            seen = seen || group.kind == Kind::Provider;
        QCOMPARE(seen, offered);
    }
};
QTEST_GUILESS_MAIN(tst_HostingOptions)
#include "tst_hostingoptions.moc"
