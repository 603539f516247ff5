// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fakedoors.h"
#include "survey/bulk.h"

#include <QTest>

#include <set>

class tst_Bulk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyDomainOnce();
    void hangingDomainsDoNotHoldUpTheRest();
    void cancelStopsTheList();

private:
    static std::function<std::optional<DomainName>()> list(int count, int &given)
    {
        return [count, &given]() -> std::optional<DomainName> {
            if (given >= count)
                return std::nullopt;
            return DomainName::fromAscii("d" + QByteArray::number(given++) + ".shop.example");
        };
    }
};

void tst_Bulk::everyDomainOnce()
{
    FakeWorld world;
    int given = 0;
    std::multiset<QByteArray> seen;
    lookAtMany(list(200, given), 16, world.options, world.doors(), {},
               [&](const Survey &survey) { seen.insert(survey.domain.ascii()); });
    QCOMPARE(int(seen.size()), 200);
    QCOMPARE(int(std::set<QByteArray>(seen.begin(), seen.end()).size()), 200);
}

void tst_Bulk::hangingDomainsDoNotHoldUpTheRest()
{
    FakeWorld world;
    world.smtp.hangs = true; // every probe hangs; only d0 and d1 have mail servers
    for (const char *name : {"d0.shop.example", "d1.shop.example"})
        world.dns.mx(name, {{10, "mx1.shop.example"}});
    const Cancel cancel;
    int given = 0;
    int ended = 0;
    lookAtMany(list(30, given), 2, world.options, world.doors(), cancel, [&](const Survey &) {
        if (++ended == 28) // all but the hanging two, with only two places
            cancel.cancel();
    });
    QCOMPARE(ended, 30);
}

void tst_Bulk::cancelStopsTheList()
{
    FakeWorld world;
    const Cancel cancel;
    int given = 0;
    int ended = 0;
    lookAtMany(list(10000, given), 4, world.options, world.doors(), cancel, [&](const Survey &) {
        if (++ended == 10)
            cancel.cancel();
    });
    QVERIFY(given < 10000);
}

QTEST_GUILESS_MAIN(tst_Bulk)
#include "tst_bulk.moc"
