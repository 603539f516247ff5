// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The records of the practice service, read and written by the real client.
#include "practice/serviceaccount.h"

class tst_ServiceRecords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wholeZone();
    void createReplaceDelete();
    void everyTypeThatIsWritten();
    void siblingsStay();
    void refusedAsAWhole_data();
    void refusedAsAWhole();
    void secondPages();
};

/// What went in comes out, of every type, and from state() as well.
void tst_ServiceRecords::wholeZone()
{
    const Account account;
    const QList<DnsRecord> records = zoneRecords();
    QList<QByteArray> names;
    for (const DnsRecord &record : records)
        names.append(record.name);
    QList<DnsRecord> found;
    for (const ZoneRecord &record : account.read(names)) {
        QVERIFY(!record.isReadOnly && record.extra.isEmpty());
        found.append(record.record);
    }
    QCOMPARE(found, records);
    QCOMPARE(account.service.state(), (PracticeServiceState{records, {}, {}}));
    QVERIFY(account.read({"nothing.practice.example"}).isEmpty());
}

void tst_ServiceRecords::createReplaceDelete()
{
    const Account account;
    const QByteArray longText = "v=STSv1; id=1; x=" + QByteArray(300, 'y');
    for (const QByteArray &data :
         {QByteArray("v=STSv1; id=1;"), longText, QByteArray("v=STSv1; \"\\; \xC3\xA9\x01")}) {
        const auto done = account.apply({account.change(Sts, RecordType::TXT, {text(Sts, data)})});
        QVERIFY2(done, qPrintable(errorOf(done).what + errorOf(done).detail));
        QCOMPARE(account.dataAt(Sts, RecordType::TXT), QList<QByteArray>{data});
        QCOMPARE(account.service.state().records.size(), zoneRecords().size() + 1);
    }
    QVERIFY(account.apply({account.change(Sts, RecordType::TXT, {text(Sts, "v=STSv1;", 60)})}));
    QCOMPARE(account.service.state().records.last(), text(Sts, "v=STSv1;", 60));
    QVERIFY(account.apply({account.change(Sts, RecordType::TXT, {})}));
    QCOMPARE(account.service.state().records, zoneRecords());
    // Text to alias in one go: the deletion comes first.
    QVERIFY(account.apply({account.change(Tls, RecordType::TXT, {}),
                           account.change(Tls, RecordType::CNAME,
                                          {{Tls, RecordType::CNAME, 300, "tls.example.net"}})}));
    QCOMPARE(account.dataAt(Tls, RecordType::CNAME), QList<QByteArray>{"tls.example.net"});
    QVERIFY(account.dataAt(Tls, RecordType::TXT).isEmpty());
}

void tst_ServiceRecords::everyTypeThatIsWritten()
{
    const Account account;
    const QByteArray one = "3 1 1 " + QByteArray(64, 'a'), two = "3 1 1 " + QByteArray(64, 'b');
    QVERIFY(account.apply({account.change(
            Tlsa, RecordType::TLSA,
            {{Tlsa, RecordType::TLSA, 3600, one}, {Tlsa, RecordType::TLSA, 3600, two}})}));
    QCOMPARE(account.dataAt(Tlsa, RecordType::TLSA), sorted({one, two}));
    const QByteArray name = "new.practice.example";
    for (const auto &[type, data] : {std::pair<RecordType, QByteArray>{RecordType::A, "192.0.2.1"},
                                     {RecordType::AAAA, "2001:db8::1"},
                                     {RecordType::MX, "20 mx2.practice.example"}}) {
        QVERIFY(account.apply({account.change(name, type, {{name, type, 3600, data}})}));
        QCOMPARE(account.dataAt(name, type), QList<QByteArray>{data});
    }
}

/// PUSH-4: the text of somebody else at the same name.
void tst_ServiceRecords::siblingsStay()
{
    const Account account;
    const QByteArray report = "v=TLSRPTv1; rua=mailto:tls@practice.example";
    QVERIFY(account.apply({account.change(Tls, RecordType::TXT,
                                          {text(Tls, Foreign, 300), text(Tls, report, 300)})}));
    QCOMPARE(account.dataAt(Tls, RecordType::TXT), sorted({Foreign, report}));
    QVERIFY(account.apply({account.change(Tls, RecordType::TXT, {text(Tls, Foreign, 300)})}));
    QCOMPARE(account.service.state().records, zoneRecords());
}

void tst_ServiceRecords::refusedAsAWhole_data()
{
    QTest::addColumn<DnsRecord>("bad");
    QTest::newRow("beside an alias") << text(Aliased, "v=STSv1; id=1;");
    QTest::newRow("an alias beside others")
            << DnsRecord{Tls, RecordType::CNAME, 300, "tls.example.net"};
    QTest::newRow("an alias at the apex")
            << DnsRecord{Domain, RecordType::CNAME, 300, "www.example.net"};
    QTest::newRow("outside the zone") << text("_mta-sts.elsewhere.example", "v=STSv1; id=1;");
    QTest::newRow("like the zone, on no label border") << text("apractice.example", "x");
    QTest::newRow("a name that is none") << text("a..practice.example", "x");
    QTest::newRow("a TTL too short") << text("a.practice.example", "x", 59);
    QTest::newRow("a TTL too long") << text("a.practice.example", "x", 86401);
    QTest::newRow("no address") << DnsRecord{"a.practice.example", RecordType::A, 300, "300.0.0.1"};
    QTest::newRow("an address of the other kind")
            << DnsRecord{"a.practice.example", RecordType::AAAA, 300, "192.0.2.1"};
    QTest::newRow("an alias to no name")
            << DnsRecord{"a.practice.example", RecordType::CNAME, 300, "a..b"};
}

void tst_ServiceRecords::refusedAsAWhole()
{
    QFETCH(DnsRecord, bad);
    const Account account;
    const SetChange good = account.change(Sts, RecordType::TXT, {text(Sts, "v=STSv1; id=1;")});
    const SetChange gone = account.change(Domain, RecordType::MX, {});
    const auto refused = account.apply({good, gone, {bad.name, bad.type, {}, {bad}}});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QVERIFY(!refused.error().detail.isEmpty());
    QCOMPARE(account.service.state().records, zoneRecords());
    QVERIFY(account.told.isEmpty());
    QVERIFY(account.apply({good, gone})); // it was that record alone
}

/// More zones and records than one page holds are still all there.
void tst_ServiceRecords::secondPages()
{
    QList<DnsRecord> records;
    constexpr int MoreThanAPage = 5001;
    for (int i = 0; i < MoreThanAPage; ++i)
        records.append(text(Sts, "t" + QByteArray::number(i)));
    const Account account(records);
    QCOMPARE(account.read({Sts}).size(), MoreThanAPage);
    QCOMPARE(account.read({Tls, Sts}).size(), MoreThanAPage);
}

QTEST_GUILESS_MAIN(tst_ServiceRecords)
#include "tst_servicerecords.moc"
