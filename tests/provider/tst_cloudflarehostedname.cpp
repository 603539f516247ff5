// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of policyhost.h, with a Worker and its custom domain: room, lost answers, the way back.
#include "provider/hostedaccount.h"

class tst_CloudflareHostedName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesRoom();
    void putsBack();
    void roomNotShown();
    void lost_data();
    void lost();
    void withdrawn();
    void withdrawnTwice();
    void withdrawLeavesForeign();
};

void tst_CloudflareHostedName::makesRoom()
{
    HOSTED(account)
    account.keepRecord(
            R"({"type":"A","content":"192.0.2.1","proxied":true,"comment":"old server"})");
    account.keepRecord(R"({"type":"AAAA","content":"2001:db8::1","ttl":600})");
    account.keepRecord(R"({"type":"TXT","content":"keep me"})");
    const auto shown = account.look();
    QVERIFY(shown);
    QCOMPARE(shown->inTheWay.size(), 2);
    QVERIFY(account.host->publish(account.zone, Host, Text, *shown, account.cancel));
    QVERIFY(account.look()->isCurrent);
    QCOMPARE(account.atHost().size(), 1); // the text
    // And back: with the proxy and the comment.
    QVERIFY(account.host->withdraw(account.zone, Host, *shown, account.cancel));
    QCOMPARE(account.atHost().size(), 3);
    const HostState now = account.look().value();
    QCOMPARE(now.inTheWay.size(), 2);
    for (const ZoneRecord &record : now.inTheWay) {
        const bool isOld = record.record.type == RecordType::A;
        QCOMPARE(record.extra.contains("old server"), isOld);
        QCOMPARE(record.extra.contains("proxied"), isOld);
        QCOMPARE(record.record.ttl, isOld ? 300 : 600);
    }
    QCOMPARE(account.bed.faults(), QByteArray());
}

/// The attaching is refused although there is room: what was taken away comes back as it was.
void tst_CloudflareHostedName::putsBack()
{
    HOSTED(account)
    account.keepRecord(R"({"type":"CNAME","content":"old.example.net","ttl":600})");
    const auto shown = account.look();
    QCOMPARE(shown->inTheWay.size(), 1);
    account.bed.control(object(R"({"reset":true,"refuse":"workers/domains"})"));
    const auto refused = account.host->publish(account.zone, Host, Text, *shown, account.cancel);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    const QList<ZoneRecord> there = account.atHost();
    QCOMPARE(there.size(), 1);
    QCOMPARE(there.first().record, shown->inTheWay.first().record);
    QCOMPARE(account.bed.faults(), QByteArray());
}

/// 100117: a record that came after the plan was shown is not deleted.
void tst_CloudflareHostedName::roomNotShown()
{
    HOSTED(account)
    const auto empty = account.look();
    account.keepRecord(R"({"type":"A","content":"192.0.2.1"})");
    auto refused = account.host->publish(account.zone, Host, Text, *empty, account.cancel);
    QVERIFY(!refused);
    QVERIFY(refused.error().detail.contains(QLatin1String("100117")));
    QCOMPARE(account.atHost().size(), 1);
    const auto one = account.look();
    account.keepRecord(R"({"type":"AAAA","content":"2001:db8::1"})");
    refused = account.host->publish(account.zone, Host, Text, *one, account.cancel);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QCOMPARE(account.atHost().size(), 2);
}

void tst_CloudflareHostedName::lost_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::addColumn<int>("at");
    QTest::addColumn<bool>("isDone");
    for (const bool isAfter : {false, true}) {
        for (const char *kind : {"cut", "500"}) {
            const QByteArray how = QByteArray(kind) + (isAfter ? "-after" : "-before");
            const auto row = [&](const char *what, int at) {
                QTest::newRow((QByteArray(what) + ' ' + how).constData()) << how << at << isAfter;
            };
            row("upload", 2);
            row("delete what is in the way", 6);
            row("attach", 7);
        }
    }
}

/// An answer that got lost is read back, and nothing is sent twice.
void tst_CloudflareHostedName::lost()
{
    QFETCH(QByteArray, how);
    QFETCH(int, at);
    QFETCH(bool, isDone);
    HOSTED(account)
    account.keepRecord(R"({"type":"A","content":"192.0.2.1"})");
    const auto shown = account.look();
    account.trouble(how.constData(), at);
    const auto done = account.host->publish(account.zone, Host, Text, *shown, account.cancel);
    QCOMPARE(done.has_value(), isDone);
    const auto requests = account.bed.control().value(QLatin1String("requests")).toArray();
    QStringList writes;
    for (const QJsonValue request : requests) {
        if (!request.toString().startsWith(QLatin1String("GET ")))
            writes.append(request.toString());
    }
    if (isDone) {
        QCOMPARE(writes.removeDuplicates(), 0);
        QVERIFY(account.look()->isCurrent);
    } else {
        QVERIFY(!account.look()->isCurrent);
        QCOMPARE(account.atHost().size(), 1); // never taken away for nothing
        QVERIFY(account.publish());           // and it can go on
        QVERIFY(account.look()->isCurrent);
    }
    QCOMPARE(account.bed.faults(), QByteArray());
}

void tst_CloudflareHostedName::withdrawn()
{
    HOSTED(account)
    const auto before = account.look();
    QVERIFY(account.publish());
    QVERIFY(account.host->withdraw(account.zone, Host, *before, account.cancel));
    QCOMPARE(*account.look(), *before);
    QVERIFY(account.script().isUndefined() || account.script().isNull());
    QVERIFY(account.provider->records(account.zone, {Host}, account.cancel)->isEmpty());
    QCOMPARE(account.bed.faults(), QByteArray());
}

void tst_CloudflareHostedName::withdrawnTwice()
{
    HOSTED(account)
    const auto before = account.look();
    QVERIFY(account.publish());
    for (const char *how : {"cut-after", "500-after"}) {
        for (const int at : {5, 6}) { // the custom domain, the Worker
            account.trouble(how, at);
            QVERIFY(account.host->withdraw(account.zone, Host, *before, account.cancel));
            QCOMPARE(*account.look(), *before);
            QVERIFY(account.host->withdraw(account.zone, Host, *before, account.cancel));
            QVERIFY(account.publish());
        }
    }
    QCOMPARE(account.bed.faults(), QByteArray());
}

void tst_CloudflareHostedName::withdrawLeavesForeign()
{
    HOSTED(account)
    const QByteArray foreign = "export default { fetch() {} }\n";
    account.bed.control({{QStringLiteral("scripts"),
                          QJsonObject{{QLatin1String(Worker), QString::fromUtf8(foreign)}}}});
    const auto refused = account.host->withdraw(account.zone, Host, {}, account.cancel);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QVERIFY(account.script().isObject());
}

QTEST_GUILESS_MAIN(tst_CloudflareHostedName)
#include "tst_cloudflarehostedname.moc"
