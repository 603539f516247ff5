// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/proposal.h"
#include "fakes/fakedoors.h"

#include <QTest>

class tst_Proposal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void freshDomainStartsWithTesting();
    void livePolicyStays();
    void newMailServerJoinsTheLiveLines();
    void liveReportAddressStays();

private:
    static QByteArrayList lines(const Choices &choices)
    {
        QByteArrayList all;
        for (const MxPattern &pattern : choices.mx)
            all.append(pattern.text());
        return all;
    }
};

void tst_Proposal::freshDomainStartsWithTesting()
{
    FakeWorld world;
    world.dns.remove("_mta-sts.shop.example");
    world.dns.remove("_smtp._tls.shop.example");
    world.http.fetches.clear();
    const Choices choices = proposedChoices(world.look());
    QCOMPARE(choices.mode, Policy::Mode::Testing);
    QCOMPARE(choices.maxAge, 86400);
    QCOMPARE(lines(choices), QByteArrayList({"mx1.shop.example", "mx2.shop.example"}));
}

void tst_Proposal::livePolicyStays()
{
    FakeWorld world;
    const Choices choices = proposedChoices(world.look());
    QCOMPARE(choices.mode, Policy::Mode::Enforce);
    QCOMPARE(choices.maxAge, 2592000);
}

void tst_Proposal::newMailServerJoinsTheLiveLines()
{
    FakeWorld world;
    world.dns.mx("shop.example", {{10, "mx1.shop.example"}, {20, "new.shop.example"}});
    const Choices choices = proposedChoices(world.look());
    // mx2 has left the DNS, but senders may still know it: its line stays until the move is over.
    QCOMPARE(lines(choices),
             QByteArrayList({"mx1.shop.example", "mx2.shop.example", "new.shop.example"}));
}

void tst_Proposal::liveReportAddressStays()
{
    FakeWorld world;
    QCOMPARE(proposedChoices(world.look()).reportTo,
             QList<QByteArray>({"mailto:tls@reports.example"}));
}

QTEST_GUILESS_MAIN(tst_Proposal)
#include "tst_proposal.moc"
