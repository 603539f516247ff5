// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detailview.h"

#include <QTest>
#include <QTextBlock>

class TestDetailView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNameAsTitleStandsWhereLinesBegin_data()
    {
        QTest::addColumn<Qt::LayoutDirection>("direction");
        QTest::newRow("left to right") << Qt::LeftToRight;
        QTest::newRow("right to left") << Qt::RightToLeft;
    }
    void aNameAsTitleStandsWhereLinesBegin()
    {
        QFETCH(Qt::LayoutDirection, direction);
        DetailView view;
        view.setLayoutDirection(direction);
        view.say(QStringLiteral("Gmail"), QStringLiteral("One.\nTwo."));
        QCOMPARE(view.document()->firstBlock().textDirection(), direction);
        QCOMPARE(view.toPlainText(), QStringLiteral("Gmail\nOne.\nTwo."));
    }
    void nothingIsMarkup()
    {
        DetailView view;
        view.say(QStringLiteral("<b>x</b>"), QStringLiteral("<img src=\"file:///x\">"));
        QCOMPARE(view.toPlainText(), QStringLiteral("<b>x</b>\n<img src=\"file:///x\">"));
    }
};

QTEST_MAIN(TestDetailView)
#include "tst_detailview.moc"
