// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of policyhost.h, with a Worker and its custom domain.
#include "mail/workerscript.h"
#include "provider/cloudflareaccount.h"

namespace {

const QByteArray Host = "mta-sts.example.com";
const QByteArray Text =
        "version: STSv1\r\nmode: testing\r\nmx: mx.example.com\r\nmax_age: 86400\r\n";
const QByteArray NewText =
        "version: STSv1\r\nmode: enforce\r\nmx: mx.example.com\r\nmax_age: 604800\r\n";
constexpr char Worker[] = "mta-sts-example-com";

struct Hosted : Account
{
    std::unique_ptr<PolicyHost> host;

    QString start()
    {
        if (QString why = Account::start(); !why.isEmpty())
            return why;
        host = *makePolicyHost(*providerInfo("cloudflare"), bed.value("address"),
                               Secret(bed.value("secret").toLatin1()));
        return {};
    }
    Result<HostState> look(const QByteArray &text = Text) const
    {
        return host->look(zone, Host, text, cancel);
    }
    Result<void> publish(const QByteArray &text = Text) const
    {
        const auto shown = look(text);
        return shown ? host->publish(zone, Host, text, *shown, cancel)
                     : Result<void>(tl::unexpected(shown.error()));
    }
    void keepRecord(const char *fields) const
    {
        QJsonObject record = object(fields);
        record[QStringLiteral("zone")] = QStringLiteral("example.com");
        record[QStringLiteral("name")] = QLatin1String(Host);
        bed.control({{QStringLiteral("records"), QJsonArray{record}}});
    }
    /// The script of the Worker that answers for the host.
    QByteArray served() const
    {
        return bed.control({{QStringLiteral("served"), QLatin1String(Host)}})
                .value(QLatin1String("served"))
                .toString()
                .toUtf8();
    }
    /// What stands at the host, without what a custom domain made.
    QList<ZoneRecord> atHost() const
    {
        QList<ZoneRecord> records = provider->records(zone, {Host}, cancel).value();
        records.removeIf([](const ZoneRecord &record) { return record.isReadOnly; });
        return records;
    }
    QJsonValue script() const
    {
        return bed.control(object(R"({"state":true})"))
                .value(QLatin1String("scripts"))[QLatin1String(Worker)];
    }
};

QByteArray scriptOf(const QByteArray &text)
{
    return workerScript({{Host, text}}).value_or(QByteArray());
}

} // namespace

#define HOSTED(account)                                                                            \
    Hosted account;                                                                                \
    if (const QString why = account.start(); !why.isEmpty()) {                                     \
        if (account.bed.isMissing())                                                               \
            QSKIP(qPrintable(why));                                                                \
        QFAIL(qPrintable(why));                                                                    \
    }

class tst_CloudflareHost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstTime();
    void twiceIsOnce();
    void another();
    void leftHalfDone();
    void requestsOverlap();
    void foreign_data();
    void foreign();
    void changedSinceShown();
    void hostOfAnotherWorker();
    void makesRoom();
    void putsBack();
    void roomNotShown();
    void lost_data();
    void lost();
    void withdrawn();
    void withdrawnTwice();
    void withdrawLeavesForeign();
    void notAnAnswer();
    void mayNot();
    void othersHostNothing();
};

void tst_CloudflareHost::firstTime()
{
    HOSTED(account)
    const auto before = account.look();
    QVERIFY(before);
    QCOMPARE(before->content, HostState::Content::Absent);
    QVERIFY(before->attachedTo.isEmpty() && before->inTheWay.isEmpty() && !before->isCurrent);
    const auto done = account.host->publish(account.zone, Host, Text, *before, account.cancel);
    QVERIFY2(done, qPrintable(done ? QString() : done.error().what + done.error().detail));
    QCOMPARE(account.served(), scriptOf(Text));
    const QJsonValue script = account.script();
    QCOMPARE(script[QLatin1String("dev")][QLatin1String("enabled")], QJsonValue(false));
    QCOMPARE(script[QLatin1String("dev")][QLatin1String("previews_enabled")], QJsonValue(false));
    QCOMPARE(script[QLatin1String("metadata")][QLatin1String("compatibility_date")].toString(),
             QLatin1String(WorkerCompatibilityDate));
    const auto after = account.look();
    QVERIFY(after && after->isCurrent);
    QCOMPARE(after->content, HostState::Content::Ours);
    QCOMPARE(after->text, Text);
    QCOMPARE(after->attachedTo, QByteArray(Worker));
    QCOMPARE(account.bed.faults(), QByteArray());
}

void tst_CloudflareHost::twiceIsOnce()
{
    HOSTED(account)
    QVERIFY(account.publish());
    account.bed.control(object(R"({"reset":true})"));
    QVERIFY(account.publish());
    const QJsonArray requests = account.bed.control().value(QLatin1String("requests")).toArray();
    for (const QJsonValue request : requests)
        QVERIFY2(request.toString().startsWith(QLatin1String("GET ")) ||
                         request.toString().endsWith(QLatin1String("/subdomain")),
                 qPrintable(request.toString()));
    QCOMPARE(account.served(), scriptOf(Text));
}

void tst_CloudflareHost::another()
{
    HOSTED(account)
    QVERIFY(account.publish());
    const auto shown = account.look(NewText);
    QVERIFY(shown && !shown->isCurrent);
    QCOMPARE(shown->text, Text);
    QVERIFY(account.host->publish(account.zone, Host, NewText, *shown, account.cancel));
    QCOMPARE(account.served(), scriptOf(NewText));
    QCOMPARE(account.bed.faults(), QByteArray());
}

/// The script is there and nothing more, as after a crash.
void tst_CloudflareHost::leftHalfDone()
{
    HOSTED(account)
    account.bed.control(
            {{QStringLiteral("scripts"),
              QJsonObject{{QLatin1String(Worker), QString::fromUtf8(scriptOf(Text))}}}});
    const auto shown = account.look();
    QVERIFY(shown && !shown->isCurrent);
    QCOMPARE(shown->content, HostState::Content::Ours);
    QVERIFY(account.host->publish(account.zone, Host, Text, *shown, account.cancel));
    QVERIFY(account.look()->isCurrent);
    QCOMPARE(account.script()[QLatin1String("dev")][QLatin1String("enabled")], QJsonValue(false));
}

/// The stand-in answers none of them before all are there.
void tst_CloudflareHost::requestsOverlap()
{
    HOSTED(account)
    account.bed.control(object(R"({"reset":true,"together":{"count":3,"path":""}})"));
    QVERIFY(account.look());
    QCOMPARE(account.bed.control().value(QLatin1String("inFlight")).toInt(), 3);
    const auto shown = account.look();
    account.bed.control(object(R"({"reset":true,"together":{"count":2,"path":"example-com/"}})"));
    QVERIFY(account.host->publish(account.zone, Host, Text, *shown, account.cancel));
    QCOMPARE(account.bed.control().value(QLatin1String("inFlight")).toInt(), 2);
}

void tst_CloudflareHost::foreign_data()
{
    const QByteArray two = workerScript({{Host, Text}, {"mta-sts.example.org", Text}}).value();
    QTest::addColumn<QByteArray>("script");
    QTest::newRow("somebody else's") << QByteArray("export default { fetch() {} }\n");
    QTest::newRow("ours, its policy changed by hand")
            << scriptOf(Text).replace("mode: testing", "mode: enforce");
    QTest::newRow("ours, for two hosts") << two;
    QTest::newRow("ours, for another host")
            << workerScript({{"mta-sts.example.org", Text}}).value();
}

void tst_CloudflareHost::foreign()
{
    QFETCH(QByteArray, script);
    HOSTED(account)
    account.bed.control(
            {{QStringLiteral("scripts"),
              QJsonObject{{QLatin1String(Worker), QString::fromUtf8(script)}}},
             {QStringLiteral("attach"),
              QJsonObject{{QStringLiteral("hostname"), QLatin1String(Host)},
                          {QStringLiteral("service"), QLatin1String(Worker)},
                          {QStringLiteral("zone_id"),
                           QString::fromLatin1(account.zone.handle.split('/').first())}}}});
    auto shown = account.look();
    QVERIFY(shown);
    QCOMPARE(shown->content, HostState::Content::Foreign);
    QVERIFY(!shown->isCurrent && shown->text.isEmpty());
    shown->content = HostState::Content::Ours; // whatever the caller says
    const auto refused = account.host->publish(account.zone, Host, Text, *shown, account.cancel);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QCOMPARE(account.served(), script);
}

void tst_CloudflareHost::changedSinceShown()
{
    HOSTED(account)
    const auto shown = account.look(NewText);
    QVERIFY(account.publish(Text)); // by somebody else, with the same program
    const auto refused = account.host->publish(account.zone, Host, NewText, *shown, account.cancel);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QCOMPARE(account.served(), scriptOf(Text));
}

void tst_CloudflareHost::hostOfAnotherWorker()
{
    HOSTED(account)
    const auto before = account.look();
    account.bed.control(
            {{QStringLiteral("scripts"),
              QJsonObject{{QStringLiteral("shop"), QStringLiteral("export default {}")}}},
             {QStringLiteral("attach"),
              QJsonObject{{QStringLiteral("hostname"), QLatin1String(Host)},
                          {QStringLiteral("service"), QStringLiteral("shop")},
                          {QStringLiteral("zone_id"),
                           QString::fromLatin1(account.zone.handle.split('/').first())}}}});
    const auto shown = account.look();
    QVERIFY(shown && shown->isTaken());
    QCOMPARE(shown->attachedTo, QByteArray("shop"));
    const auto refused = account.host->publish(account.zone, Host, Text, *before, account.cancel);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QVERIFY(refused.error().detail.contains(QLatin1String("100116")));
    QCOMPARE(account.served(), QByteArray("export default {}"));
}

void tst_CloudflareHost::makesRoom()
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
    const QJsonValue back = account.kept(Host);
    QCOMPARE(account.look()->inTheWay.size(), 2);
    for (const ZoneRecord &record : account.look()->inTheWay) {
        const bool isOld = record.record.type == RecordType::A;
        QCOMPARE(record.extra.contains("old server"), isOld);
        QCOMPARE(record.extra.contains("proxied"), isOld);
        QCOMPARE(record.record.ttl, isOld ? 300 : 600);
    }
    QCOMPARE(account.bed.faults(), QByteArray());
}

/// The attaching is refused although there is room: what was taken away comes back as it was.
void tst_CloudflareHost::putsBack()
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
void tst_CloudflareHost::roomNotShown()
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

void tst_CloudflareHost::lost_data()
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
void tst_CloudflareHost::lost()
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

void tst_CloudflareHost::withdrawn()
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

void tst_CloudflareHost::withdrawnTwice()
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

void tst_CloudflareHost::withdrawLeavesForeign()
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

/// A page of somebody in between is neither a Worker nor its absence.
void tst_CloudflareHost::notAnAnswer()
{
    HOSTED(account)
    for (const int at : {1, 2, 3}) {
        account.trouble("html", at);
        const auto unseen = account.look();
        QVERIFY(!unseen);
        QCOMPARE(unseen.error().kind, Error::Kind::Malformed);
    }
}

void tst_CloudflareHost::mayNot()
{
    HOSTED(account)
    account.bed.control(object(R"({"token":{"lacks":["workers"]}})"));
    const auto unseen = account.look();
    QVERIFY(!unseen);
    QVERIFY(unseen.error().what.contains(QLatin1String("Workers Scripts: Edit")));
    account.bed.control(object(R"({"token":{"lacks":["workers-write"]}})"));
    const auto refused = account.publish();
    QVERIFY(!refused);
    QVERIFY(refused.error().what.contains(QLatin1String("Workers Scripts: Edit")));
    QCOMPARE(account.look()->content, HostState::Content::Absent);
}

void tst_CloudflareHost::othersHostNothing()
{
    for (const ProviderInfo &info : providers()) {
        const auto made = makePolicyHost(info, {}, Secret(QByteArray(40, 'x')));
        QVERIFY(made);
        QCOMPARE(*made != nullptr, info.isPolicyHost);
    }
}

QTEST_GUILESS_MAIN(tst_CloudflareHost)
#include "tst_cloudflarehost.moc"
