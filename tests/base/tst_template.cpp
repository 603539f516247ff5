// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/template.h"

#include <QTest>

using Values = QHash<QByteArray, QByteArray>;

class tst_Template : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void filled_data();
    void filled();
    void refused_data();
    void refused();
};

void tst_Template::filled_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Values>("values");
    QTest::addColumn<QByteArray>("result");
    QTest::newRow("nothing to fill") << QByteArray("a b") << Values() << QByteArray("a b");
    QTest::newRow("twice") << QByteArray("@A@-@A@") << Values{{"A", "x"}} << QByteArray("x-x");
    QTest::newRow("side by side") << QByteArray("@A@@B@") << Values{{"A", "x"}, {"B", "y"}}
                                  << QByteArray("xy");
    QTest::newRow("a value is not filled again")
            << QByteArray("@A@ @B@") << Values{{"A", "@B@"}, {"B", "y"}} << QByteArray("@B@ y");
    QTest::newRow("plain signs") << QByteArray("a@b @matcher { @A@ @ }") << Values{{"A", "x"}}
                                 << QByteArray("a@b @matcher { x @ }");
    QTest::newRow("sign at the end")
            << QByteArray("@A@@") << Values{{"A", "x"}} << QByteArray("x@");
    QTest::newRow("empty text") << QByteArray() << Values() << QByteArray();
}

void tst_Template::filled()
{
    QFETCH(QByteArray, text);
    QFETCH(Values, values);
    const auto result = fillTemplate(text, values);
    QVERIFY(result);
    QTEST(*result, "result");
}

void tst_Template::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Values>("values");
    QTest::newRow("placeholder without a value") << QByteArray("@A@ @B@") << Values{{"A", "x"}};
    QTest::newRow("value without a placeholder")
            << QByteArray("@A@") << Values{{"A", "x"}, {"B", "y"}};
    QTest::newRow("misspelt") << QByteArray("@a@") << Values{{"A", "x"}};
}

void tst_Template::refused()
{
    QFETCH(QByteArray, text);
    QFETCH(Values, values);
    const auto result = fillTemplate(text, values);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Unexpected);
}

QTEST_GUILESS_MAIN(tst_Template)
#include "tst_template.moc"
