// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/printable.h"

#include <QTest>

class tst_Printable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void text_data();
    void text();
    void octetsThatAreNotUtf8();
    void longTextIsCut();
    void valuesAreNotFilledTwice();
};

void tst_Printable::text_data()
{
    QTest::addColumn<QString>("in");
    QTest::addColumn<QString>("out");
    QTest::newRow("plain stays") << QStringLiteral("mx1.example.com")
                                 << QStringLiteral("mx1.example.com");
    QTest::newRow("umlaut stays") << QStringLiteral("b\u00fccher") << QStringLiteral("b\u00fccher");
    QTest::newRow("escape for terminals")
            << QStringLiteral("\u001b[31m") << QStringLiteral("\\x1b[31m");
    QTest::newRow("new line") << QStringLiteral("a\r\nb") << QStringLiteral("a\\x0d\\x0ab");
    QTest::newRow("right-to-left override")
            << QStringLiteral("a\u202eb") << QStringLiteral("a\\u{202E}b");
    QTest::newRow("zero width space")
            << QStringLiteral("a\u200bb") << QStringLiteral("a\\u{200B}b");
    QTest::newRow("C1 control") << QStringLiteral("\u0085") << QStringLiteral("\\x85");
    QTest::newRow("markup stays text")
            << QStringLiteral("<b>%1</b>") << QStringLiteral("<b>%1</b>");
    QTest::newRow("emoji stays") << QStringLiteral("\U0001F4E7") << QStringLiteral("\U0001F4E7");
}

void tst_Printable::text()
{
    QFETCH(QString, in);
    QTEST(printable(in), "out");
    QTEST(printable(in.toUtf8()), "out");
}

void tst_Printable::octetsThatAreNotUtf8()
{
    QCOMPARE(printable(QByteArray("a\xff\x01z")), QStringLiteral("a\\xff\\x01z"));
}

void tst_Printable::longTextIsCut()
{
    QCOMPARE(printable(QString(2000, QLatin1Char('a'))).size(), 1025);
    QCOMPARE(printable(QByteArray(2000, 'a')).size(), 1025);
    QCOMPARE(printable(QString(3000, QChar(0xfc)).toUtf8()).size(), 1025);
}

void tst_Printable::valuesAreNotFilledTwice()
{
    QCOMPARE(fillIn(QStringLiteral("%1 and %2, 100%"), {QStringLiteral("%2"), QStringLiteral("b")}),
             QStringLiteral("%2 and b, 100%"));
}

QTEST_GUILESS_MAIN(tst_Printable)
#include "tst_printable.moc"
