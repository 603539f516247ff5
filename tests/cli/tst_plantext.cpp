// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/plantext.h"
#include "push/choices.h"

#include <QTest>

class tst_PlanText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ttl_data();
    void ttl();
};

void tst_PlanText::ttl_data()
{
    QTest::addColumn<int>("minimum");
    QTest::addColumn<int>("told"); // how often
    QTest::newRow("as wanted") << 60 << 0;
    QTest::newRow("exactly as wanted") << RecordTtl << 0;
    QTest::newRow("raised") << 7200 << 2;
}

/// PUSH-13: a record that cannot be taken back as quickly as others is told.
void tst_PlanText::ttl()
{
    QFETCH(int, minimum);
    QFETCH(int, told);
    Zone zone{"example.com", "example.com", {}};
    zone.minimumTtl = minimum;
    const Deployment wanted = deployment(choices(), {}, QDateTime({2026, 3, 1}, {10, 0}, Qt::UTC));
    const QString text = planText(plan(wanted, {}, "desec", zone, {}, {}));
    QCOMPARE(int(text.count(QStringLiteral("TTL %1: this zone takes no shorter one\n").arg(7200))),
             told);
    QCOMPARE(int(text.count(QStringLiteral("TTL "))), told);
}

QTEST_GUILESS_MAIN(tst_PlanText)
#include "tst_plantext.moc"
