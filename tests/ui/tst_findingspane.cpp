// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The list of findings while they change under the one that is selected.
#include "findingspane.h"

#include <QAccessible>
#include <QTest>
#include <QTreeView>

namespace {

constexpr Group Groups[] = {Group::Dns,    Group::Record, Group::Host,
                            Group::Policy, Group::Mx,     Group::Dane};

/// One of many different reports: which groups have findings, and how bad each is, changes with the number.
Report reportNumber(int number)
{
    Report report;
    report.domain = *DomainName::fromAscii("example.com");
    report.finished = true;
    unsigned bits = unsigned(number) * 2654435761u; // spreads over all of them
    for (const Group group : Groups) {
        const int count = int(bits >> 30); // 0: the group goes
        bits = bits * 1664525u + 1013904223u;
        for (int i = 0; i < count; ++i) {
            const int rule = int(bits >> 28);
            bits = bits * 1664525u + 1013904223u;
            report.findings.append({"STS-" + QByteArray::number(16 * int(group) + rule),
                                    Severity(bits >> 30),
                                    group,
                                    QStringLiteral("example.com"),
                                    {},
                                    {}});
        }
    }
    return report;
}

} // namespace

class TestFindingsPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// Many in a row. What Qt looked at that was not there any more shows only with a real screen reader's
    /// questions in between: the scenario practice_accidents asks them.
    void theSelectedOneMayGo()
    {
        FindingsPane pane;
        pane.resize(600, 300);
        pane.show();
        QVERIFY(QTest::qWaitForWindowExposed(&pane));
        auto *view = pane.findChild<QTreeView *>(QStringLiteral("findingsView"));
        QAccessible::setActive(true); // a screen reader looks on
        QVERIFY(QAccessible::queryAccessibleInterface(view));
        for (int number = 0; number < 400; ++number) {
            Report report = reportNumber(number);
            if (number % 2 == 0) { // some have come so far; the others are of the check before
                report.finished = false;
                report.findings = report.findings.mid(0, report.findings.size() / 2);
                pane.begin();
            }
            pane.showReport(report);
            pane.finish();
            const QAbstractItemModel *model = view->model();
            const int groups = model->rowCount();
            if (groups == 0)
                continue;
            const QModelIndex group = model->index(number % groups, 0);
            const int rows = model->rowCount(group);
            QVERIFY(rows > 0);
            view->setCurrentIndex(model->index(number % rows, 0, group));
            if (number % 3 == 0)
                QCoreApplication::processEvents();
            QVERIFY(view->currentIndex().isValid());
        }
    }

    void theNextOneIsSelectedInstead()
    {
        FindingsPane pane;
        pane.show();
        auto *view = pane.findChild<QTreeView *>(QStringLiteral("findingsView"));
        Report report = reportNumber(1);
        report.findings.clear();
        for (const char *id : {"STS-1", "STS-51", "STS-70"})
            report.findings.append({id, Severity::Error, Group::Policy, {}, {}, {}});
        pane.showReport(report);
        view->setCurrentIndex(view->model()->index(1, 0, view->model()->index(0, 0)));
        const QModelIndex after = view->currentIndex().siblingAtRow(2);
        const QString next = after.data().toString();
        report.findings.removeAt(1);
        pane.showReport(report);
        QCOMPARE(view->currentIndex().data().toString(), next);
    }
};

QTEST_MAIN(TestFindingsPane)
#include "tst_findingspane.moc"
