// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A screen reader that asks for a child that has just gone gets none, and the program goes on.
#include "scrollareaaccess.h"

#include <QAccessible>
#include <QLabel>
#include <QScrollArea>
#include <QTest>

class TestScrollAreaAccess : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aChildThatIsNotThereIsNone()
    {
        QAccessible::installFactory(accessibleScrollArea);
        QScrollArea area;
        area.setWidget(new QLabel(QStringLiteral("inside")));
        area.show();
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(&area);
        QVERIFY(spoken);
        const int count = spoken->childCount();
        QVERIFY(count >= 1);
        for (int i = 0; i < count; ++i)
            QVERIFY(spoken->child(i));
        QVERIFY(!spoken->child(count));
        QVERIFY(!spoken->child(count + 100));
        QVERIFY(!spoken->child(-1));
    }
    void whatIsInsideIsFound()
    {
        QScrollArea area;
        auto *inside = new QLabel(QStringLiteral("inside"));
        area.setWidget(inside);
        area.show();
        QStringList names;
        const auto walk = [&](const auto &self, QAccessibleInterface *node) -> void {
            names << node->text(QAccessible::Name);
            for (int i = 0; i < node->childCount(); ++i)
                self(self, node->child(i));
        };
        walk(walk, QAccessible::queryAccessibleInterface(&area));
        QVERIFY(names.contains(QLatin1String("inside")));
    }
};
QTEST_MAIN(TestScrollAreaAccess)
#include "tst_scrollareaaccess.moc"
