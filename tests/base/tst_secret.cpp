// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets as people paste them.
#include "base/secret.h"

#include <QTest>

class TestSecret : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pasted_data()
    {
        QTest::addColumn<QByteArray>("pasted");
        QTest::addColumn<QByteArray>("secret");
        const auto row = [](const char *why, const char *pasted, const char *secret) {
            QTest::newRow(why) << QByteArray(pasted) << QByteArray(secret);
        };
        row("as it is", "abc", "abc");
        row("blanks and a line end", " \tabc\r\n", "abc");
        row("quotes", "\"abc\"", "abc");
        row("single quotes, blanks inside and outside", " ' abc ' ", "abc");
        row("one quote alone is part of it", "\"abc", "\"abc");
        row("two kinds of quotes are part of it", "\"abc'", "\"abc'");
        row("only quotes", "\"\"", "");
        row("one quote", "\"", "\"");
        row("nothing", "", "");
        row("only blanks", " \n ", "");
        row("blanks inside stay", "a b", "a b");
    }
    void pasted()
    {
        QFETCH(QByteArray, pasted);
        const Secret typed{QByteArray(pasted)};
        QTEST(pastedSecret(typed).octets(), "secret");
        QCOMPARE(typed.octets(), pasted); // the other is wiped by its owner
    }
    /// Two that share their octets would lose them when one is wiped.
    void copied()
    {
        const Secret first{QByteArray("abc")};
        const char *place = first.octets().constData();
        {
            const Secret second = first.copy();
            QCOMPARE(second.octets(), QByteArray("abc"));
            QVERIFY(second.octets().constData() != place);
        }
        QCOMPARE(first.octets(), QByteArray("abc"));
        QVERIFY(first.octets().constData() == place); // and it was not moved either
        QVERIFY(Secret().copy().isEmpty());
    }
};
QTEST_GUILESS_MAIN(TestSecret)
#include "tst_secret.moc"
