// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Kept domains in memory and on the disk, as rows, and checked all at once.
#include "checkall.h"
#include "domainsmodel.h"
#include "domainstates.h"
#include "fakeengine.h"
#include "keptfixture.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTemporaryDir>
#include <QTest>

#include <mutex>

namespace {

struct World
{
    explicit World(const QList<KeptDomain> &all = {})
    {
        keepIn(folder.path(), all);
        QSignalSpy loaded(&kept, &KeptDomains::loaded);
        kept.load();
        if (!loaded.wait())
            qFatal("not loaded");
    }
    QTemporaryDir folder;
    KeptDomains kept{folder.path()};
};

KeptDomain asSetUp(KeptDomain kept)
{
    kept.isSetUp = true;
    return kept;
}

} // namespace

class TestDomainsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void changesAreWrittenInTheEnd()
    {
        QTemporaryDir folder;
        {
            KeptDomains kept(folder.path());
            kept.change(named("early.example"), asSetUp); // before it is loaded: waits
            QSignalSpy loaded(&kept, &KeptDomains::loaded);
            kept.load();
            QVERIFY(loaded.wait());
            QVERIFY(kept.contains(named("early.example")));
            kept.change(named("late.example"), asSetUp); // closed before the pause is over
        }
        QCOMPARE(DomainStore(folder.path()).load().domains.size(), 2);
    }

    void aChangeBeforeLoadingKeepsWhatTheFileSays()
    {
        QTemporaryDir folder;
        keepIn(folder.path(), {keptDomain("shop.example")});
        KeptDomains kept(folder.path());
        kept.change(named("shop.example"), asSetUp);
        QSignalSpy loaded(&kept, &KeptDomains::loaded);
        kept.load();
        QVERIFY(loaded.wait());
        QVERIFY(kept.find(named("shop.example")).isSetUp);
        QVERIFY(kept.find(named("shop.example")).served);
    }

    void forgettingCanBeUndone()
    {
        World world({keptDomain("shop.example"), keptDomain("club.example")});
        const QString path = world.folder.filePath(QStringLiteral("shop.example.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray before = file.readAll();
        QSignalSpy written(&world.kept, &KeptDomains::written);
        world.kept.forget(named("shop.example"));
        QVERIFY(!world.kept.contains(named("shop.example")));
        QVERIFY(written.wait());
        QVERIFY(!QFile::exists(path));
        QVERIFY(QFile::exists(world.folder.filePath(QStringLiteral("club.example.json"))));
        world.kept.undo();
        QVERIFY(world.kept.find(named("shop.example")).served);
        QVERIFY(written.wait());
        QFile after(path);
        QVERIFY(after.open(QIODevice::ReadOnly));
        QCOMPARE(after.readAll(), before);
    }

    void forgettingAllTellsHowItWent()
    {
        World world({keptDomain("shop.example"), keptDomain("club.example")});
        QSignalSpy all(&world.kept, &KeptDomains::allForgotten);
        world.kept.forgetAll();
        QVERIFY(all.wait());
        QCOMPARE(all.first().first().toInt(), 0);
        QVERIFY(QDir(world.folder.path()).isEmpty());
        world.kept.undo();
        QVERIFY(world.kept.all().isEmpty());
    }

    void whatCannotBeWrittenIsToldAndTriedAgain()
    {
        QTemporaryDir base;
        const QString folder = base.filePath(QStringLiteral("domains"));
        QFile inTheWay(folder);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        KeptDomains kept(folder);
        QSignalSpy loaded(&kept, &KeptDomains::loaded);
        kept.load();
        QVERIFY(loaded.wait());
        QSignalSpy failed(&kept, &KeptDomains::notWritten);
        kept.change(named("shop.example"), asSetUp);
        QVERIFY(failed.wait());
        QVERIFY(kept.contains(named("shop.example")));
        QVERIFY(inTheWay.remove());
        QSignalSpy written(&kept, &KeptDomains::written);
        kept.retry();
        QVERIFY(written.wait());
        QCOMPARE(DomainStore(folder).load().domains.size(), 1);
    }

    void aFileOfANewerProgramIsNeverWritten()
    {
        QTemporaryDir folder;
        const QByteArray newer = R"({"schema":"mta-sts-domain/7","domain":"shop.example"})";
        QFile file(folder.filePath(QStringLiteral("shop.example.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(newer);
        file.close();
        {
            KeptDomains kept(folder.path());
            QSignalSpy loaded(&kept, &KeptDomains::loaded);
            kept.load();
            QVERIFY(loaded.wait());
            kept.change(named("shop.example"), asSetUp);
            QVERIFY(kept.find(named("shop.example")).isSetUp);
        }
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), newer);
    }

    void rowsFollow()
    {
        World world({keptDomain("shop.example")});
        DomainsModel model(world.kept);
        const QAbstractItemModelTester tester(
                &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSortFilterProxyModel sorted;
        const QAbstractItemModelTester second(
                &sorted, QAbstractItemModelTester::FailureReportingMode::QtTest);
        sorted.setSourceModel(&model);
        sorted.setSortRole(DomainsModel::SortRole);
        sorted.sort(DomainsModel::State);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, DomainsModel::State).data().toString(),
                 QStringLiteral("Protected"));
        QCOMPARE(model.index(0, DomainsModel::Mode).data().toString(), QStringLiteral("enforce"));
        world.kept.change(named("club.example"), asSetUp);
        QCOMPARE(model.rowCount(), 2);
        // Not tested comes before Protected.
        QCOMPARE(model.domain(sorted.mapToSource(sorted.index(0, 0))), named("club.example"));
        world.kept.change(named("shop.example"), [](KeptDomain kept) {
            kept.lastCheck->verdict = Verdict::Error;
            kept.lastCheck->problems = 1;
            return kept;
        });
        QCOMPARE(model.domain(sorted.mapToSource(sorted.index(0, 0))), named("shop.example"));
        world.kept.forget(named("shop.example"));
        QCOMPARE(model.rowCount(), 1);
        world.kept.undo();
        QCOMPARE(model.rowCount(), 2);
    }

    void aReaderHearsTheWholeRow()
    {
        World world({keptDomain("shop.example")});
        const DomainsModel model(world.kept);
        const QString spoken = model.index(0, 0).data(Qt::AccessibleTextRole).toString();
        QCOMPARE(spoken, QStringLiteral("shop.example. Protected. Nothing to do."));
        for (int column = 0; column < DomainsModel::ColumnCount; ++column)
            QVERIFY(!model.index(0, column).data().toString().isEmpty());
        QVERIFY(!model.index(0, DomainsModel::State).data(Qt::DecorationRole).isNull());
    }

    void everyStateAndStepHasWords()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QSet<QString> states, steps;
        for (int i = 0; i <= int(DomainState::NotSetUp); ++i) {
            NextStep step;
            step.state = DomainState(i);
            states.insert(stateText(step, {}));
        }
        QCOMPARE(states.size(), int(DomainState::NotSetUp) + 1);
        for (int i = 0; i <= int(NextStep::Act::SetUp); ++i) {
            NextStep step;
            step.act = NextStep::Act(i);
            step.count = 3;
            step.date = now;
            step.subject = "mx1.shop.example";
            step.finding = Finding{"STS-80", Severity::Info, Group::Policy, {}, {}, {}};
            const QString text = nextStepText(step, now);
            QVERIFY2(!text.isEmpty() && !text.contains(QLatin1Char('%')), qPrintable(text));
            steps.insert(text);
        }
        QCOMPARE(steps.size(), int(NextStep::Act::SetUp) + 1);
    }

    void onlyWhatIsGoodLooksGood()
    {
        for (int i = 0; i <= int(DomainState::NotSetUp); ++i) {
            NextStep step;
            step.state = DomainState(i);
            const bool isGreen = stateSeverity(step, {}) == Severity::Ok;
            QCOMPARE(isGreen, step.state == DomainState::Protected);
        }
        KeptDomain warned = keptDomain("shop.example");
        warned.lastCheck->warnings = 2;
        NextStep step;
        step.state = DomainState::Protected;
        QCOMPARE(stateSeverity(step, warned), Severity::Warning);
    }

    void toolTipsAreNoMarkup()
    {
        World world({keptDomain("shop.example")});
        world.kept.change(named("shop.example"), [](KeptDomain kept) {
            kept.lastCheck->verdict = Verdict::Error;
            kept.lastCheck->problems = 1;
            kept.lastCheck->worst = Finding{
                    "STS-70", Severity::Error, Group::Policy, {}, {QStringLiteral("<img src=x>")},
                    {}};
            return kept;
        });
        const DomainsModel model(world.kept);
        const QModelIndex next = model.index(0, DomainsModel::Next);
        QVERIFY(next.data().toString().contains(QLatin1String("<img")));
        QVERIFY(!next.data(Qt::ToolTipRole).toString().contains(QLatin1String("<img")));
    }

    void times()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const QDateTime noon = QDateTime(now.toLocalTime().date(), {12, 0}).toUTC();
        QVERIFY(whenText(noon, now).startsWith(QLatin1String("today")));
        QVERIFY(whenText(noon.addDays(-1), now).startsWith(QLatin1String("yesterday")));
        QCOMPARE(whenText({}, now), QStringLiteral("never"));
        QVERIFY(!whenText(noon.addDays(400), now).startsWith(QLatin1String("today")));
    }

    void allAreCheckedAndOneThatHangsStopsNobody()
    {
        QList<KeptDomain> all{keptDomain("deaf.example.org")};
        for (int i = 0; i < 20; ++i)
            all.append(keptDomain("good.d" + QByteArray::number(i) + ".example.org"));
        World world(all);
        DomainsModel model(world.kept);
        CheckAll check(world.kept);
        check.setEngine(fakeEngine());
        QList<DomainName> domains;
        for (const KeptDomain &kept : all)
            domains.append(kept.domain);
        const QDateTime before = QDateTime::currentDateTimeUtc().addSecs(-1);
        check.start(domains);
        QVERIFY(check.isRunning());
        QTRY_COMPARE(check.done(), 20);
        QVERIFY(check.isRunning());
        QSignalSpy ended(&check, &CheckAll::ended);
        check.stop();
        QVERIFY(ended.count() == 1 || ended.wait());
        QVERIFY(!check.isRunning());
        for (const KeptDomain &kept : world.kept.all()) {
            const bool isDeaf = kept.domain == named("deaf.example.org");
            QCOMPARE(kept.lastCheck->at > before, !isDeaf); // stopped: the old result stays
        }
    }

    void neverMoreThanEightAtATime()
    {
        std::mutex mutex;
        int running = 0, most = 0;
        Engine engine = fakeEngine();
        engine.look = [&, look = engine.look](const DomainName &domain, const Cancel &cancel,
                                              const Engine::Progress &progress) {
            {
                const std::lock_guard lock(mutex);
                most = std::max(most, ++running);
            }
            Survey survey = look(domain, cancel, progress);
            const std::lock_guard lock(mutex);
            --running;
            return survey;
        };
        QList<KeptDomain> all;
        QList<DomainName> domains;
        for (int i = 0; i < 30; ++i) {
            all.append(keptDomain("good.d" + QByteArray::number(i) + ".example.org"));
            domains.append(all.last().domain);
        }
        World world(all);
        CheckAll check(world.kept);
        check.setEngine(engine);
        QSignalSpy ended(&check, &CheckAll::ended);
        check.start(domains);
        QVERIFY(ended.wait(20000));
        QVERIFY(most <= 8);
        QCOMPARE(check.done(), 30);
        QCOMPARE(ended.first().first().toInt(), 0);
    }

    void aDomainForgottenMeanwhileDoesNotComeBack()
    {
        World world({keptDomain("deaf.example.org")});
        CheckAll check(world.kept);
        check.setEngine(fakeEngine());
        QSignalSpy ended(&check, &CheckAll::ended);
        check.start({named("deaf.example.org")});
        world.kept.forget(named("deaf.example.org"));
        check.stop();
        QVERIFY(ended.count() == 1 || ended.wait());
        QVERIFY(world.kept.all().isEmpty());
    }

    void withoutNetworkTheEarlierResultsStay()
    {
        World world({keptDomain("offline.example.org")});
        CheckAll check(world.kept);
        check.setEngine(fakeEngine());
        QSignalSpy ended(&check, &CheckAll::ended);
        const KeptDomain before = world.kept.find(named("offline.example.org"));
        check.start({before.domain});
        QVERIFY(ended.wait());
        QCOMPARE(ended.first().first().toInt(), 1);
        QCOMPARE(world.kept.find(before.domain).lastCheck, before.lastCheck);
    }
};
QTEST_MAIN(TestDomainsModel)
#include "tst_domainsmodel.moc"
