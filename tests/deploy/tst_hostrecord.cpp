// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/hostrecord.h"
#include "sample.h"

#include <QTest>

using Standing = HostRecord::Standing;

class tst_HostRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void standing_data()
    {
        QTest::addColumn<int>("hosting");
        QTest::addColumn<bool>("known");
        QTest::addColumn<QByteArray>("alias");
        QTest::addColumn<QList<QByteArray>>("leadsTo");
        QTest::addColumn<int>("standing");
        const QList<QByteArray> address{"192.0.2.1"};
        const auto row = [](const char *name, Hosting hosting, bool known, const QByteArray &alias,
                            const QList<QByteArray> &leadsTo, Standing standing) {
            QTest::newRow(name) << int(hosting) << known << alias << leadsTo << int(standing);
        };
        row("not looked up", Hosting::Nginx, false, {}, {}, Standing::Unknown);
        row("half looked up", Hosting::Nginx, false, {}, address, Standing::Unknown);
        row("absent", Hosting::Nginx, true, {}, {}, Standing::Missing);
        row("a server", Hosting::Nginx, true, {}, address, Standing::There);
        row("alias wanted, absent", Hosting::GithubPages, true, {}, {}, Standing::Missing);
        row("alias wanted, address there", Hosting::GithubPages, true, {}, address,
            Standing::Elsewhere);
        row("alias of another service", Hosting::GithubPages, true, "x.netlify.app", address,
            Standing::Elsewhere);
        row("alias as wanted", Hosting::GithubPages, true, "owner.github.io", address,
            Standing::There);
        row("a name that ends alike", Hosting::GithubPages, true, "notgithub.io", address,
            Standing::Elsewhere);
    }
    void standing()
    {
        QFETCH(int, hosting);
        QFETCH(bool, known);
        QFETCH(QByteArray, alias);
        QFETCH(QList<QByteArray>, leadsTo);
        QFETCH(int, standing);
        Choices choices = Sample::choices();
        choices.hosting = Hosting(hosting);
        LiveState live = Sample::nothing();
        live.policyHostKnown = known;
        live.policyHostAlias = alias;
        live.policyHostLeadsTo = leadsTo;
        const auto record = hostRecord(deployment(choices, live, Sample::now()), live);
        QVERIFY(record);
        QCOMPARE(int(record->standing), standing);
        QCOMPARE(record->name, QByteArray("mta-sts.example.com"));
    }

    void aDelegatedPolicyHasItsAliasesAmongTheRecords()
    {
        Choices choices = Sample::choices();
        choices.hosting = Hosting::Delegated;
        LiveState live = Sample::nothing();
        live.delegateHost = live.delegateRecord = "mta-sts.provider.example";
        QVERIFY(!hostRecord(deployment(choices, live, Sample::now()), live));
    }
};
QTEST_GUILESS_MAIN(tst_HostRecord)
#include "tst_hostrecord.moc"
