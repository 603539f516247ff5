// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/recordjson.h"

#include <QTest>

class tst_RecordJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void records_data();
    void records();
    void sets();
    void unknownType();
};

void tst_RecordJson::records_data()
{
    const auto record = [](RecordType type, const QByteArray &data) {
        return ZoneRecord{{"mta-sts.example.com", type, 600, data}, "id7", false};
    };
    QTest::addColumn<ZoneRecord>("record");
    QTest::newRow("address") << record(RecordType::A, "192.0.2.1");
    QTest::newRow("alias") << record(RecordType::CNAME, "old.example.net");
    QTest::newRow("text of odd octets") << record(RecordType::TXT, "a\"\\\x01\xff;");
    ZoneRecord full = record(RecordType::AAAA, "2001:db8::1");
    full.extra = R"({"comment":"ask Ada \u00e4","proxied":true})";
    full.isReadOnly = true;
    QTest::newRow("with all that the service keeps of it") << full;
}

void tst_RecordJson::records()
{
    QFETCH(ZoneRecord, record);
    const auto read = recordFromJson(recordJson(record));
    QVERIFY(read);
    QCOMPARE(*read, record);
}

void tst_RecordJson::sets()
{
    const QByteArray name = "_mta-sts.example.com";
    const SetChange change{
            name,
            RecordType::TXT,
            {{{name, RecordType::TXT, 60, "v=STSv1; id=1;"}, "id1", false, "{\"a\":1}"}},
            {{name, RecordType::TXT, 60, "v=STSv1; id=2;"}, {name, RecordType::TXT, 60, "x"}}};
    const auto read = setFromJson(setJson(change));
    QVERIFY(read);
    QCOMPARE(*read, change);
}

void tst_RecordJson::unknownType()
{
    QJsonObject object = recordJson({{"a.example", RecordType::TXT, 60, "x"}, {}, false});
    object[QStringLiteral("type")] = QStringLiteral("NEWTYPE");
    QVERIFY(!recordFromJson(object));
    QVERIFY(!setFromJson(object));
}

QTEST_GUILESS_MAIN(tst_RecordJson)
#include "tst_recordjson.moc"
