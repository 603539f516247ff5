// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Order, in-place changes and texts of the tree of findings.
#include "findingsfilter.h"
#include "findingsmodel.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

class TestFindingsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void groupsAndFindingsComeWorstFirst()
    {
        FindingsModel model;
        const QAbstractItemModelTester tester(&model, Reporting);
        model.show(report({finding("STS-1", Severity::Ok, Group::Dns),
                           finding("STS-51", Severity::Warning, Group::Policy),
                           finding("STS-70", Severity::Error, Group::Policy),
                           finding("TLS-7", Severity::Unknown, Group::Mx)}));
        QCOMPARE(model.rowCount(), 3);
        const QModelIndex policy = model.index(0, 0, {});
        QCOMPARE(model.rowCount(policy), 2);
        QCOMPARE(severity(model.index(0, 0, policy)), Severity::Error);
        QCOMPARE(severity(model.index(1, 0, policy)), Severity::Warning);
        QCOMPARE(severity(model.index(0, 0, model.index(1, 0, {}))), Severity::Unknown);
        QCOMPARE(severity(model.index(0, 0, model.index(2, 0, {}))), Severity::Ok);
        QCOMPARE(model.first(Severity::Error), model.index(0, 0, policy));
        QVERIFY(!model.first(Severity::Info).isValid());
    }

    void rowsStayTheSameWhileOthersArrive()
    {
        FindingsModel model;
        const QAbstractItemModelTester tester(&model, Reporting);
        const Finding kept = finding("STS-1", Severity::Ok, Group::Dns);
        model.show(report({kept}, false));
        const QPersistentModelIndex row = model.index(0, 0, model.index(0, 0, {}));
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.show(report({finding("STS-70", Severity::Error, Group::Policy), kept,
                           finding("DNS-1", Severity::Error, Group::Dns)},
                          false));
        QVERIFY(row.isValid());
        QCOMPARE(model.finding(row), kept);
        QCOMPARE(row.row(), 1);
        QCOMPARE(resets.count(), 0);
    }

    void everyOrderOfArrivalEndsTheSame()
    {
        QList<Finding> all;
        for (int i = 0; i < 12; ++i)
            all << finding(QByteArray("STS-") + QByteArray::number(i), Severity(i % 5),
                           Group(i % 4));
        QStringList first;
        for (int turn = 0; turn < 12; ++turn) {
            FindingsModel model;
            const QAbstractItemModelTester tester(&model, Reporting);
            for (int n = 1; n <= all.size(); ++n)
                model.show(report(all.mid(0, n), n == all.size()));
            model.show(report(all, true));
            QStringList now = subjects(model);
            now.sort();
            if (turn == 0)
                first = now;
            QCOMPARE(now, first);
            std::rotate(all.begin(), all.begin() + 5, all.end());
        }
    }

    void oldRowsAreGreyUntilTheNewCheckIsDone()
    {
        FindingsModel model;
        const QAbstractItemModelTester tester(&model, Reporting);
        const Finding a = finding("STS-1", Severity::Ok, Group::Dns);
        const Finding b = finding("STS-70", Severity::Error, Group::Policy);
        model.show(report({a, b}));
        model.show(report({a}, false));
        QCOMPARE(model.rowCount(), 2);
        const QModelIndex old = model.first(Severity::Error);
        QVERIFY(old.data(Qt::ForegroundRole).isValid());
        QVERIFY(!model.first(Severity::Ok).data(Qt::ForegroundRole).isValid());
        model.show(report({a}, true));
        QCOMPARE(model.rowCount(), 1);
    }

    void aRowThatChangedSaysWhatItWas()
    {
        FindingsModel model;
        const QAbstractItemModelTester tester(&model, Reporting);
        Finding bad = finding("STS-70", Severity::Error, Group::Policy);
        bad.subject = QStringLiteral("mx3");
        Finding same = finding("STS-1", Severity::Ok, Group::Dns);
        model.show(report({bad, same}));
        const auto result = [&](Severity severity) {
            return model.first(severity).siblingAtColumn(FindingsModel::Result).data().toString();
        };
        QCOMPARE(result(Severity::Error), QStringLiteral("Problem"));
        Finding good = bad; // another sentence of the same rule
        good.id = "STS-70.ok";
        good.severity = Severity::Ok;
        model.show(report({good}, false));
        model.show(report({good, same}, false));
        model.show(report({good, same}, true));
        QStringList all;
        for (int g = 0; g < model.rowCount(); ++g)
            for (int r = 0; r < model.rowCount(model.index(g, 0, {})); ++r)
                all << model.index(r, FindingsModel::Result, model.index(g, 0, {}))
                                .data()
                                .toString();
        all.sort();
        QCOMPARE(all,
                 QStringList({QStringLiteral("Passed"), QStringLiteral("Passed (was: Problem)")}));
        // The next check compares with this one.
        model.show(report({good}, false));
        model.show(report({good, same}, true));
        QCOMPARE(result(Severity::Ok), QStringLiteral("Passed"));
        // Another domain has no before.
        model.show(report({bad, same}));
        model.clear();
        model.show(report({good, same}, false));
        QCOMPARE(result(Severity::Ok), QStringLiteral("Passed"));
    }

    void hundredsOfServersArriveBitByBit()
    {
        QList<Finding> all;
        for (int i = 0; i < 300; ++i)
            for (const char *id : {"STS-70.ok", "STS-74.ok", "STS-77.ok", "DNS-12.ok"}) {
                Finding one = finding(id, Severity::Ok, Group::Mx);
                one.subject = QStringLiteral("mx%1.shop.example").arg(i);
                one.values = QStringList{one.subject, QStringLiteral("1")};
                all << one;
            }
        FindingsModel model;
        const QAbstractItemModelTester tester(&model, Reporting);
        for (const int part : {10, 400, 1200})
            model.show(report(all.mid(0, part), part == 1200));
        QCOMPARE(model.rowCount(model.index(0, 0, {})), 1200);
        for (int turn = 0; turn < 2; ++turn)
            model.show(report(all, turn == 1));
        QCOMPARE(model.rowCount(model.index(0, 0, {})), 1200);
        QBENCHMARK_ONCE
        {
            model.show(report(all));
        }
    }

    void twoFindingsOfOneRuleAboutOneSubjectAreTwoRows()
    {
        FindingsModel model;
        const QAbstractItemModelTester tester(&model, Reporting);
        Finding a = finding("STS-1", Severity::Ok, Group::Dns);
        Finding b = a;
        b.evidence = QStringLiteral("another");
        model.show(report({a, b}));
        model.show(report({a, b}));
        QCOMPARE(model.rowCount(model.index(0, 0, {})), 2);
    }

    void screenReadersHearTheResultFirst()
    {
        FindingsModel model;
        model.show(report({finding("STS-70", Severity::Error, Group::Policy)}));
        const QModelIndex row = model.first(Severity::Error);
        QVERIFY(row.data(Qt::AccessibleTextRole).toString().startsWith(QLatin1String("Problem. ")));
        QCOMPARE(row.siblingAtColumn(1).data().toString(), QStringLiteral("Problem"));
        QVERIFY(row.data(FindingsModel::CopyRole).toString().contains(QLatin1String("seen here")));
    }

    void theFilterKeepsGroupsOfWhatItShows()
    {
        FindingsModel model;
        FindingsFilter filter;
        const QAbstractItemModelTester tester(&filter, Reporting);
        filter.setSourceModel(&model);
        model.show(report({finding("STS-1", Severity::Ok, Group::Dns),
                           finding("STS-70", Severity::Error, Group::Policy)}));
        QCOMPARE(filter.rowCount(), 2);
        filter.only(Severity::Error);
        QCOMPARE(filter.rowCount(), 1);
        QCOMPARE(filter.rowCount(filter.index(0, 0)), 1);
        filter.only(Severity::Unknown);
        QCOMPARE(filter.rowCount(), 0);
        filter.only(std::nullopt);
        QCOMPARE(filter.rowCount(), 2);
    }

private:
    static constexpr auto Reporting = QAbstractItemModelTester::FailureReportingMode::QtTest;

    static Finding finding(const QByteArray &id, Severity severity, Group group)
    {
        return {id, severity, group, QString::fromLatin1(id), {}, QStringLiteral("seen here")};
    }
    static Report report(const QList<Finding> &findings, bool finished = true)
    {
        Report made;
        made.findings = findings;
        made.finished = finished;
        return made;
    }
    static Severity severity(const QModelIndex &index)
    {
        return Severity(index.data(FindingsModel::SeverityRole).toInt());
    }
    static QStringList subjects(const FindingsModel &model)
    {
        QStringList all;
        for (int g = 0; g < model.rowCount(); ++g)
            for (int r = 0; r < model.rowCount(model.index(g, 0, {})); ++r)
                all << model.finding(model.index(r, 0, model.index(g, 0, {})))->subject;
        return all;
    }
};
QTEST_MAIN(TestFindingsModel)
#include "tst_findingsmodel.moc"
