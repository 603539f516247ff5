// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/situation.h"

#include <QTest>

using namespace Practice;

class tst_Situation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stages()
    {
        QCOMPARE((Situation{publishedAt(Stage::Bare)}.scene()), bareScene());
        QCOMPARE((Situation{publishedAt(Stage::Enforce), true}.scene()), protectedScene());
        const Situation testing{publishedAt(Stage::Testing)};
        QVERIFY(testing.scene().host->text.contains("mode: testing"));
    }

    void aNewHostWaitsForItsCertificate()
    {
        Situation situation{publishedAt(Stage::Enforce)};
        situation.published.hasCertificate = false;
        QVERIFY(!situation.scene().host->isReachable);
    }

    /// Whatever is ticked together, and however little there is to be broken.
    void everythingAtOnce_data()
    {
        QTest::addColumn<int>("stage");
        QTest::newRow("nothing set up") << int(Stage::Bare);
        QTest::newRow("enforced") << int(Stage::Enforce);
    }
    void everythingAtOnce()
    {
        QFETCH(int, stage);
        const bool isBare = Stage(stage) == Stage::Bare;
        Situation situation{publishedAt(Stage(stage)), !isBare};
        const Scene whole = situation.scene();
        for (const Accident &accident : accidents()) {
            situation.accidents = {accident.id};
            const bool isChanged = situation.scene() != whole;
            QVERIFY2(isChanged || isBare, accident.id);
        }
        for (const Accident &accident : accidents())
            situation.accidents.insert(accident.id);
        QVERIFY(situation.scene().isPort25Blocked);
        if (isBare)
            QVERIFY(!situation.scene().host);
    }

    void eachIsCalledByItsOwnName()
    {
        QSet<QByteArray> ids;
        for (const Accident &one : accidents()) {
            ids.insert(one.id);
            QCOMPARE(accident(one.id), &one);
        }
        QCOMPARE(ids.size(), accidents().size());
        QVERIFY(!accident("no-such-accident"));
    }
};

QTEST_GUILESS_MAIN(tst_Situation)
#include "tst_situation.moc"
