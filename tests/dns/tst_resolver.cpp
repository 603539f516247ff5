// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fakeresolver.h"

#include <QTest>

class TestResolver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cancelledWaitsEndAsFailed()
    {
        FakeResolver dns;
        dns.hold();
        const PendingAnswer pending = dns.start("a.example", RecordType::MX);
        const Cancel cancel;
        cancel.cancel();
        const DnsAnswer answer = pending.wait(cancel);
        QCOMPARE(answer.status, AnswerStatus::Failed);
        QCOMPARE(answer.name, QByteArray("a.example"));
        QCOMPARE(answer.type, RecordType::MX);
        QVERIFY(!answer.why.isEmpty());
        QVERIFY(!pending.isDone());
    }

    void deadlinesCancelToo()
    {
        const DnsAnswer answer = PendingAnswer().wait(Cancel().until(QDeadlineTimer(1)));
        QCOMPARE(answer.status, AnswerStatus::Failed);
    }

    void waitsAcrossThreads()
    {
        FakeResolver dns;
        dns.a("a.example", {QStringLiteral("192.0.2.1")});
        dns.hold();
        const PendingAnswer pending = dns.start("a.example", RecordType::A);
        std::thread other([&dns] { dns.release(); });
        QVERIFY(pending.wait(Cancel()).isFound());
        other.join();
        QVERIFY(pending.isDone());
    }

    void theFirstFinishCounts()
    {
        const PendingAnswer pending;
        DnsAnswer first;
        first.status = AnswerStatus::NoData;
        pending.finish(first);
        pending.finish(DnsAnswer());
        QCOMPARE(pending.wait(Cancel()).status, AnswerStatus::NoData);
    }

    void pendingAnswersOutliveTheResolver()
    {
        PendingAnswer pending;
        {
            FakeResolver dns;
            dns.hold();
            pending = dns.start("a.example", RecordType::A);
        }
        QCOMPARE(pending.wait(Cancel()).status, AnswerStatus::Failed);
    }

    void rootKey_data()
    {
        QTest::addColumn<int>("security");
        QTest::addColumn<bool>("secure");
        QTest::newRow("secure") << int(Security::Secure) << true;
        QTest::newRow("insecure") << int(Security::Insecure) << false;
        QTest::newRow("not validated") << int(Security::Unknown) << false;
    }
    void rootKey()
    {
        QFETCH(int, security);
        FakeResolver dns;
        dns.rootKey(Security(security));
        QTEST(rootKeyIsSecure(dns, Cancel()), "secure");
    }

    void noRootKeyIsNotSecure()
    {
        FakeResolver dns;
        dns.setDefaultSecurity(Security::Secure); // "there is no such name", securely
        QVERIFY(!rootKeyIsSecure(dns, Cancel()));
        dns.bogus(".", RecordType::DNSKEY);
        QVERIFY(!rootKeyIsSecure(dns, Cancel()));
    }

    void fakeKeepsTheClassesApart()
    {
        FakeResolver dns;
        const Cancel never;
        dns.setDefaultSecurity(Security::Secure);
        dns.a("a.example", {QStringLiteral("192.0.2.1")});
        dns.alias("www.example", "a.example");
        dns.alias("plain.example", "a.example", Security::Insecure);
        dns.alias("loop.example", "loop.example");
        dns.bogus("bad.example", RecordType::A);
        QCOMPARE(dns.lookup("a.example", RecordType::MX, never).status, AnswerStatus::NoData);
        QCOMPARE(dns.lookup("b.example", RecordType::MX, never).status, AnswerStatus::NoName);
        const DnsAnswer www = dns.lookup("www.example", RecordType::A, never);
        QVERIFY(www.isFound() && www.isAlias());
        QCOMPARE(www.canonicalName, QByteArray("a.example"));
        QCOMPARE(www.security, Security::Secure);
        QCOMPARE(dns.lookup("plain.example", RecordType::A, never).security, Security::Insecure);
        QCOMPARE(dns.lookup("loop.example", RecordType::A, never).status, AnswerStatus::Failed);
        QCOMPARE(dns.lookup("bad.example", RecordType::A, never).security, Security::Bogus);
        QCOMPARE(dns.timesAsked("www.example", RecordType::A), 1);
    }
};

QTEST_GUILESS_MAIN(TestResolver)
#include "tst_resolver.moc"
