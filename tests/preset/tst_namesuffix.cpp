// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "preset/namesuffix.h"

#include <QJsonObject>
#include <QTest>

class tst_NameSuffix : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void labels_data();
    void labels();
    void files();
};

void tst_NameSuffix::labels_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("suffix");
    QTest::addColumn<bool>("ends");
    QTest::newRow("below") << QByteArray("mx.example.net") << QByteArray("example.net") << true;
    QTest::newRow("itself") << QByteArray("example.net") << QByteArray("example.net") << true;
    QTest::newRow("not on a label border")
            << QByteArray("badexample.net") << QByteArray("example.net") << false;
    QTest::newRow("suffix in the middle")
            << QByteArray("example.net.evil.org") << QByteArray("example.net") << false;
    QTest::newRow("case and final dot")
            << QByteArray("MX.Example.NET.") << QByteArray("example.net") << true;
    QTest::newRow("part of a label")
            << QByteArray("ns-1.awsdns-12.co.uk") << QByteArray("awsdns-*.co.uk") << true;
    QTest::newRow("part of a label is not empty")
            << QByteArray("ns-1.awsdns-.com") << QByteArray("awsdns-*.com") << false;
    QTest::newRow("star is one label only")
            << QByteArray("awsdns-1.evil.com") << QByteArray("awsdns-*.com") << false;
    QTest::newRow("empty suffix") << QByteArray("example.net") << QByteArray() << false;
    QTest::newRow("empty host") << QByteArray() << QByteArray("example.net") << false;
}

void tst_NameSuffix::labels()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, suffix);
    QTEST(endsWithLabels(host, suffix), "ends");
}

void tst_NameSuffix::files()
{
    QVERIFY(!presetFile(":/preset/mail-providers.json").isEmpty());
    QVERIFY(!presetFile(":/preset/dns-hosts.json").isEmpty());
    QVERIFY(presetFile(":/preset/none.json").isEmpty());
}

QTEST_GUILESS_MAIN(tst_NameSuffix)
#include "tst_namesuffix.moc"
