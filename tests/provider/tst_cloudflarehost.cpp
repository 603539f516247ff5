// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of policyhost.h, with a Worker and its custom domain: looking and publishing.
#include "provider/hostedaccount.h"

namespace {

const QByteArray NewText =
        "version: STSv1\r\nmode: enforce\r\nmx: mx.example.com\r\nmax_age: 604800\r\n";

} // namespace

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
