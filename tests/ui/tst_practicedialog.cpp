// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practicedialog.h"
#include "practicerun.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using Practice::Stage;

class TestPracticeDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsTickedHappens()
    {
        PracticeRun run;
        QVERIFY(run.start());
        QSignalSpy happened(&run, &PracticeRun::happened);
        PracticeDialog dialog(run);
        auto *view = dialog.findChild<QTreeWidget *>(QStringLiteral("accidentsView"));
        QCOMPARE(view->topLevelItemCount(), int(Practice::accidents().size()));
        auto *count = dialog.findChild<QLabel *>(QStringLiteral("accidentsCount"));
        QVERIFY(count->text().contains(QLatin1String("as it should be")));
        view->topLevelItem(0)->setCheckState(0, Qt::Checked);
        QVERIFY(run.situation().accidents.contains(Practice::accidents().first().id));
        QVERIFY(count->text().startsWith(QLatin1Char('1')));
        QTRY_COMPARE(happened.size(), 1);

        PracticeDialog again(run); // what is chosen is shown
        QCOMPARE(again.findChild<QTreeWidget *>(QStringLiteral("accidentsView"))
                         ->topLevelItem(0)
                         ->checkState(0),
                 Qt::Checked);
        again.findChild<QPushButton *>(QStringLiteral("mendButton"))->click();
        QVERIFY(run.situation().accidents.isEmpty());
        QTRY_COMPARE(happened.size(), 2);
    }

    void theLastChoiceCounts()
    {
        PracticeRun run;
        QVERIFY(run.start());
        QSignalSpy happened(&run, &PracticeRun::happened);
        PracticeDialog dialog(run);
        dialog.findChild<QTreeWidget *>(QStringLiteral("accidentsView"))
                ->topLevelItem(0)
                ->setCheckState(0, Qt::Checked);
        QTRY_COMPARE(happened.size(), 1);
        happened.clear();
        auto *stage = dialog.findChild<QComboBox *>(QStringLiteral("stageCombo"));
        for (const Stage next : {Stage::Testing, Stage::Bare, Stage::Enforce}) {
            stage->setCurrentIndex(stage->findData(int(next)));
            Q_EMIT stage->activated(stage->currentIndex());
        }
        QTRY_COMPARE(happened.size(), 3);
        QVERIFY(run.situation().published.policy->contains("mode: enforce"));
        auto *count = dialog.findChild<QLabel *>(QStringLiteral("accidentsCount"));
        QVERIFY(count->text().contains(QLatin1String("as it should be")));
        Network network(run.world().network());
        const DomainName domain = DomainName::parse(QString::fromLatin1(Practice::Domain)).domain;
        const Survey seen = look(domain, network.options().look, network.doors(), Cancel());
        QVERIFY(!seen.fetches.isEmpty());
        QVERIFY(seen.fetches.first().body.contains("mode: enforce"));
    }
};

QTEST_MAIN(TestPracticeDialog)
#include "tst_practicedialog.moc"
