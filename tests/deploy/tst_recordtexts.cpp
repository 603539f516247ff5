// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/recordtexts.h"
#include "sample.h"

#include <QTest>

class tst_RecordTexts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void csv();
    void table();
    void tableOfAProvider();
};

void tst_RecordTexts::csv()
{
    Deployment deployment = ::deployment(Sample::choices(), Sample::nothing(), Sample::now());
    deployment.records.append({"=cmd.example.com", RecordType::TXT, 60, "@SUM(1) \"x\""});
    const QList<QByteArray> lines = recordsCsv(deployment).split('\n');
    QCOMPARE(lines.first(), QByteArray("name,full name,type,ttl,value\r"));
    QVERIFY(lines.at(2).startsWith("\"_mta-sts\",\"_mta-sts.example.com\",\"TXT\",\"3600\","));
    // T-25: neither the name nor the value may start a formula; quotation marks are doubled.
    QCOMPARE(lines.at(3), QByteArray("\"'=cmd\",\"'=cmd.example.com\",\"TXT\",\"60\","
                                     "\"'@SUM(1) \"\"x\"\"\"\r"));
}

void tst_RecordTexts::table()
{
    Deployment deployment = ::deployment(Sample::choices(), Sample::nothing(), Sample::now());
    deployment.hosting = Hosting::Netlify;
    const QByteArray text = recordsTable(deployment);
    QVERIFY(text.contains("Name       _mta-sts\nFull name  _mta-sts.example.com\n"));
    QVERIFY(text.contains(deployment.records.constLast().data));
    // The record that people forget is told, with what is known of its value.
    QVERIFY(text.contains("Full name  mta-sts.example.com\nType       CNAME\n"));
}

void tst_RecordTexts::tableOfAProvider()
{
    Choices choices = Sample::choices();
    choices.hosting = Hosting::Delegated;
    LiveState live = Sample::nothing();
    live.delegateRecord = "_mta-sts.provider.example";
    live.delegateHost = "mta-sts.provider.example";
    const QByteArray text = recordsTable(deployment(choices, live, Sample::now()));
    QVERIFY(text.contains("Value      mta-sts.provider.example\n"));
    QVERIFY(!text.contains("One more record"));
}

QTEST_GUILESS_MAIN(tst_RecordTexts)
#include "tst_recordtexts.moc"
