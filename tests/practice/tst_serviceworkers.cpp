// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Worker of the practice service and its host, looked at and published by the real client.
#include "practice/serviceaccount.h"

class tst_ServiceWorkers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void publishAndWithdraw();
    void publishAnother();
    void recordsInTheWay();
    void recordThatCameMeanwhile();
    void managedRecordIsNobodysElse();
};

void tst_ServiceWorkers::publishAndWithdraw()
{
    const Account account;
    const HostState before = account.look();
    QCOMPARE(before.content, HostState::Content::Absent);
    QVERIFY(before.attachedTo.isEmpty() && before.inTheWay.isEmpty() && !before.isCurrent);
    const auto done = account.publish(before);
    QVERIFY2(done, qPrintable(errorOf(done).what + errorOf(done).detail));
    const HostState after = account.look();
    QVERIFY(after.isCurrent && after.inTheWay.isEmpty());
    QCOMPARE(after.text, Policy);
    QCOMPARE(account.service.state().policyHost, Host);
    QCOMPARE(account.servedPolicy(), Policy);
    QCOMPARE(account.service.state().records, zoneRecords()); // the managed one is not the user's
    const auto there = account.read({Host});
    QCOMPARE(there.size(), 1);
    QVERIFY(there.first().isReadOnly);
    QVERIFY(account.publish(after)); // twice is once
    QCOMPARE(account.look(), after);

    const auto gone = account.host()->withdraw(account.zone, Host, before, account.cancel);
    QVERIFY2(gone, qPrintable(errorOf(gone).what + errorOf(gone).detail));
    QCOMPARE(account.look(), before);
    QCOMPARE(account.service.state(), (PracticeServiceState{zoneRecords(), {}, {}}));
    QVERIFY(account.read({Host}).isEmpty());
}

void tst_ServiceWorkers::publishAnother()
{
    const Account account;
    QVERIFY(account.publish(account.look()));
    const HostState shown = account.look(OtherPolicy);
    QVERIFY(!shown.isCurrent);
    QVERIFY(account.publish(shown, OtherPolicy));
    QVERIFY(account.look(OtherPolicy).isCurrent);
    QCOMPARE(account.servedPolicy(), OtherPolicy);
    QVERIFY(!account.publish(shown, Policy)); // T-29: it is another than was shown
    QCOMPARE(account.servedPolicy(), OtherPolicy);
}

/// They make room, and come back.
void tst_ServiceWorkers::recordsInTheWay()
{
    const QList<DnsRecord> records =
            zoneRecords() + QList<DnsRecord>{{Host, RecordType::A, 3600, "127.0.0.1"},
                                             {Host, RecordType::AAAA, 300, "::1"}};
    const Account account(records);
    const HostState before = account.look();
    QCOMPARE(before.inTheWay.size(), 2);
    QVERIFY(account.publish(before));
    QVERIFY(account.look().isCurrent);
    QCOMPARE(account.service.state().records, zoneRecords());
    QCOMPARE(account.servedPolicy(), Policy);
    QVERIFY(account.host()->withdraw(account.zone, Host, before, account.cancel));
    QCOMPARE(account.service.state(), (PracticeServiceState{records, {}, {}}));
}

/// 100117: the service does not attach a host where a record stands that was not in the plan.
void tst_ServiceWorkers::recordThatCameMeanwhile()
{
    const Account account;
    const HostState before = account.look();
    for (const auto &[type, data] :
         {std::pair<RecordType, QByteArray>{RecordType::CNAME, "www.example.net"},
          {RecordType::AAAA, "2001:db8::1"}}) {
        QVERIFY(account.apply({account.change(Host, type, {{Host, type, 300, data}})}));
        const Error error = errorOf(account.publish(before));
        QCOMPARE(error.kind, Error::Kind::Refused);
        QVERIFY2(error.detail.contains(QLatin1String("100117")), qPrintable(error.detail));
        QCOMPARE(account.service.state().policyHost, QByteArray());
        QCOMPARE(account.dataAt(Host, type), QList<QByteArray>{data});
        QVERIFY(account.apply({account.change(Host, type, {})}));
        QVERIFY(account.host()->withdraw(account.zone, Host, before, account.cancel)); // the Worker
    }
    QVERIFY(account.apply({account.change(Host, RecordType::TXT, {text(Host, "x")})}));
    QVERIFY(account.publish(before)); // a text is in nobody's way
}

void tst_ServiceWorkers::managedRecordIsNobodysElse()
{
    const Account account;
    QVERIFY(account.publish(account.look()));
    ZoneRecord managed = account.read({Host}).first();
    managed.isReadOnly = false; // whatever the client thinks of it
    const Error error = errorOf(account.apply({{Host, RecordType::AAAA, {managed}, {}}}));
    QCOMPARE(error.kind, Error::Kind::Refused);
    QVERIFY2(error.detail.contains(QLatin1String("1043")), qPrintable(error.detail));
    QVERIFY(account.look().isCurrent);
    // Nor does an alias stand beside it.
    QVERIFY(!account.apply(
            {{Host, RecordType::CNAME, {}, {{Host, RecordType::CNAME, 300, "a.b"}}}}));
}

QTEST_GUILESS_MAIN(tst_ServiceWorkers)
#include "tst_serviceworkers.moc"
