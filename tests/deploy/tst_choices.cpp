// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/limits.h"
#include "deploy/choices.h"

#include <QTest>

class tst_Choices : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hostings();
    void unknownHosting_data();
    void unknownHosting();
    void ages();
};

void tst_Choices::hostings()
{
    QCOMPARE(allHostings().size(), 9);
    for (const Hosting hosting : allHostings()) {
        QVERIFY(!hostingName(hosting).isEmpty());
        QCOMPARE(hostingFromName(hostingName(hosting)), std::optional(hosting));
    }
    QCOMPARE(hostingFromName("worker"), std::optional(Hosting::CloudflareWorker));
    QCOMPARE(hostingFromName("files"), std::optional(Hosting::FilesOnly));
    // What was not chosen has no name: nobody can ask for it, and a file that lacks it reads back so.
    QVERIFY(!allHostings().contains(Hosting::Undecided));
    QVERIFY(hostingName(Hosting::Undecided).isEmpty());
    QCOMPARE(Choices().hosting, Hosting::Undecided);
}

void tst_Choices::unknownHosting_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("capital") << QByteArray("Nginx");
    QTest::newRow("part") << QByteArray("ngin");
    QTest::newRow("something else") << QByteArray("iis");
}

void tst_Choices::unknownHosting()
{
    QFETCH(QByteArray, name);
    QVERIFY(!hostingFromName(name));
}

void tst_Choices::ages()
{
    QCOMPARE(defaultMaxAge(Policy::Mode::Testing), 86400);
    QCOMPARE(defaultMaxAge(Policy::Mode::Enforce), 604800);
    QCOMPARE(defaultMaxAge(Policy::Mode::None), 86400);
    qint64 last = 0;
    for (const qint64 age : offeredMaxAges()) {
        QVERIFY(age > last && age <= Limits::MaxAge);
        last = age;
    }
    QVERIFY(offeredMaxAges().contains(defaultMaxAge(Policy::Mode::Testing)));
    QVERIFY(offeredMaxAges().contains(defaultMaxAge(Policy::Mode::Enforce)));
}

QTEST_GUILESS_MAIN(tst_Choices)
#include "tst_choices.moc"
