// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsonobject.h"

#include <QTest>

class tst_JsonObject : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads()
    {
        const auto read = jsonObject("{\"a\": 1}", 8);
        QVERIFY(read);
        QCOMPARE(read->value(QStringLiteral("a")).toInt(), 1);
        const auto other = jsonObject("[1]", 8);
        QVERIFY(other && other->isEmpty());
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("cut off") << QByteArray("{\"a\":");
        QTest::newRow("one octet too many") << QByteArray("{\"a\": 12}");
    }
    void refuses()
    {
        QFETCH(QByteArray, octets);
        const auto read = jsonObject(octets, 8);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::Malformed);
        QVERIFY(!read.error().what.isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_JsonObject)
#include "tst_jsonobject.moc"
