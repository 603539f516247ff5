// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "comeback.h"

#include <QTest>

class tst_ComeBack : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comingBack()
    {
        Deployment wanted;
        wanted.policy.mode = Policy::Mode::Testing;
        wanted.policy.maxAge = 86400;
        const QDateTime now(QDate(2026, 11, 25), QTime(12, 0), Qt::UTC);
        QCOMPARE(comeBack(wanted, {}, {}, now).on, QDate(2026, 12, 9));
        QCOMPARE(comeBack(wanted, now.addDays(-10), {}, now).on, QDate(2026, 11, 29));
        // A clock that was a year ahead does not put it off by a year.
        QCOMPARE(comeBack(wanted, now.addDays(365), {}, now).on, QDate(2026, 12, 9));
        wanted.policy.mode = Policy::Mode::Enforce;
        QCOMPARE(comeBack(wanted, {}, {}, now).what, ComeBack::For::Longer);
        wanted.policy.maxAge = 30 * 86400;
        QCOMPARE(comeBack(wanted, {}, {}, now).what, ComeBack::For::Nothing);
        wanted.policy.mode = Policy::Mode::None;
        wanted.policy.maxAge = 86400;
        QVERIFY(!comeBack(wanted, {}, {}, now).on.isValid()); // not known, not guessed
        // In the middle of the 15th it may go: whoever comes on the day that is told need not come twice.
        QCOMPARE(comeBack(wanted, {}, now.addDays(20), now).on, QDate(2026, 12, 16));
    }
};
QTEST_GUILESS_MAIN(tst_ComeBack)
#include "tst_comeback.moc"
