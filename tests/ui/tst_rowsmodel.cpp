// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of patterns and addresses as models: what views rely on, and what is kept.
#include "addressesmodel.h"
#include "fakes/fakedoors.h"
#include "patternsmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using Mode = Policy::Mode;

class tst_RowsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void patternsBehaveAsAModel();
    void addressesBehaveAsAModel();
    void undoTakesBackOneChange();
    void rowsStayWhileNewsComeIn();
    void theWorstServerIsTold();

private:
    static QList<MxPattern> patterns(const QList<QByteArray> &texts)
    {
        QList<MxPattern> list;
        for (const QByteArray &text : texts)
            list << *MxPattern::parse(text);
        return list;
    }
    static constexpr auto Fatal = QAbstractItemModelTester::FailureReportingMode::QtTest;
};

void tst_RowsModel::patternsBehaveAsAModel()
{
    FakeWorld world;
    const Survey survey = world.look();
    PatternsModel model;
    const QAbstractItemModelTester tester(&model, Fatal);
    model.show({}, Mode::Testing, {}, true);
    QCOMPARE(model.rowCount(), 0);
    model.show(patterns({"mx1.shop.example"}), Mode::Enforce, survey, false);
    QCOMPARE(model.rowCount(), 2); // and mx2 as an offer
    QCOMPARE(model.uncovered(), QStringList({QStringLiteral("mx2.shop.example")}));
    QVERIFY(model.setData(model.index(1, 0), Qt::Checked, Qt::CheckStateRole));
    QVERIFY(model.uncovered().isEmpty());
    QVERIFY(model.setData(model.index(0, 0), QStringLiteral("*.shop.example"), Qt::EditRole));
    QVERIFY(model.setData(model.index(0, 0), QStringLiteral("no pattern at all"), Qt::EditRole));
    QVERIFY(!model.setData(model.index(0, 0), QStringLiteral("  "), Qt::EditRole));
    QVERIFY(!model.setData(model.index(0, 1), QStringLiteral("x"), Qt::EditRole));
    QCOMPARE(model.broken().size(), 1);
    model.remove({0, 1});
    QVERIFY(model.patterns().isEmpty());
    model.undo();
    model.switchTo("club.example");
    QCOMPARE(model.rowCount(), 0);
    model.switchTo({}); // what was typed and is no pattern is there again
    QCOMPARE(model.broken(), QStringList({QStringLiteral("no pattern at all")}));
    model.show(patterns({"mx1.shop.example"}), Mode::Enforce, survey, false);
    QCOMPARE(model.broken().size(), 1);
}

void tst_RowsModel::addressesBehaveAsAModel()
{
    AddressesModel model;
    const QAbstractItemModelTester tester(&model, Fatal);
    model.show({"mailto:a@shop.example"}, {}, "shop.example");
    QVERIFY(model.add(QStringLiteral("a@shop.example")).isEmpty()); // there already: once
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(!model.add(QStringLiteral("nothing")).isEmpty());
    QVERIFY(model.add(QStringLiteral("b@shop.example")).isEmpty());
    QCOMPARE(model.uris(), QList<QByteArray>({"mailto:a@shop.example", "mailto:b@shop.example"}));
    model.remove({0});
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(model.add(QStringLiteral("https://r.example/in?a=1&b=2")).isEmpty());
    QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("https://r.example/in?a=1&b=2"));
    QCOMPARE(model.index(1, 0).data(Qt::ToolTipRole).toString(),
             QStringLiteral("https://r.example/in?a=1&amp;b=2"));
}

void tst_RowsModel::undoTakesBackOneChange()
{
    PatternsModel model;
    QSignalSpy edited(&model, &RowsModel::edited);
    model.show(patterns({"a.example", "b.example", "c.example"}), Mode::Testing, {}, false);
    QVERIFY(!model.canUndo());
    model.remove({1});
    QCOMPARE(model.chosen().size(), 2);
    QVERIFY(model.canUndo());
    model.undo();
    QCOMPARE(model.chosen().at(1), QStringLiteral("b.example")); // in its old place
    QVERIFY(!model.canUndo());
    model.replaceAll({QStringLiteral("d.example")});
    model.undo();
    QCOMPARE(model.chosen().size(), 3);
    QCOMPARE(edited.size(), 4);
}

void tst_RowsModel::rowsStayWhileNewsComeIn()
{
    FakeWorld world;
    const Survey survey = world.look();
    PatternsModel model;
    model.show(patterns({"mx1.shop.example"}), Mode::Testing, survey, true);
    const QPersistentModelIndex first(model.index(0, 0)), offer(model.index(1, 0));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.show(patterns({"mx1.shop.example"}), Mode::Testing, survey, false);
    QVERIFY(first.isValid() && offer.isValid());
    // Choices changed elsewhere: lines that are off or no good stay with the user.
    QVERIFY(model.setData(model.index(1, 0), Qt::Checked, Qt::CheckStateRole));
    QVERIFY(model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
    model.show(patterns({"mx2.shop.example", "new.example"}), Mode::Testing, survey, false);
    QCOMPARE(model.chosen().size(), 2);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(resets.size(), 0);
}

void tst_RowsModel::theWorstServerIsTold()
{
    FakeWorld world;
    world.smtp.facts[QStringLiteral("192.0.2.2")].tls.pkix.expired = true;
    PatternsModel model;
    const Survey survey = world.look();
    model.show(patterns({"*.shop.example"}), Mode::Testing, survey, false);
    const QModelIndex cell = model.index(0, PatternsModel::Certificate);
    QVERIFY2(cell.data().toString().startsWith(QLatin1String("mx2.shop.example: Encrypts, but")),
             qPrintable(cell.data().toString()));
    QVERIFY(cell.data(Qt::AccessibleTextRole).toString().startsWith(QLatin1String("Warning. ")));
    model.show(patterns({"*.shop.example"}), Mode::Enforce, survey, false);
    QVERIFY(cell.data(Qt::AccessibleTextRole).toString().startsWith(QLatin1String("Problem. ")));
    QCOMPARE(model.firstProblem(), 0);
}

QTEST_MAIN(tst_RowsModel)
#include "tst_rowsmodel.moc"
