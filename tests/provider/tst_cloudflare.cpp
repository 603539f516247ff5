// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is Cloudflare's own: pages, operations on single records, its errors.
#include "provider/cloudflare.h"
#include "provider/cloudflareaccount.h"
#include "provider/cloudflareapi.h"

namespace {

const QByteArray Sts = "_mta-sts.example.com";
const QByteArray Tls = "_smtp._tls.example.com";

} // namespace

class tst_Cloudflare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judge_data();
    void judge();
    void threePages();
    void changedInPlace();
    void nothingToSend();
    void managedRecordIsLeft();
    void identicalAlready();
    void allOrNothing();
    void chainIsPrinted();
    void errors_data();
    void errors();
    void lostAnswers_data();
    void lostAnswers();
};

void tst_Cloudflare::judge_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("path"); // ZONE and ACCOUNT stand for theirs
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("fits");
    const QString batch = QStringLiteral("/zones/ZONE/dns_records/batch");
    const auto row = [](const char *name, const char *verb, const QString &path,
                        const QByteArray &body, bool fits = false) {
        QTest::newRow(name) << QByteArray(verb) << path << body << fits;
    };
    row("what fits", "GET", QStringLiteral("/zones?name=example.com&per_page=50"), {}, true);
    row("no such path", "GET", QStringLiteral("/zone"), {});
    row("no such verb", "DELETE", QStringLiteral("/zones"), {});
    row("no such parameter", "GET", QStringLiteral("/zones?nmae=example.com"), {});
    row("a page too large", "GET", QStringLiteral("/zones?per_page=51"), {});
    row("no identifier", "GET", QStringLiteral("/zones/example.com/dns_records"), {});
    row("a good batch", "POST", batch,
        R"({"posts":[{"type":"TXT","name":"a.example.com","content":"\"x\"","ttl":60}]})", true);
    row("no JSON", "POST", batch, "x");
    row("an empty batch", "POST", batch, "{}");
    row("another list", "POST", batch, R"({"creates":[]})");
    row("text without quotes", "POST", batch,
        R"({"posts":[{"type":"TXT","name":"a.example.com","content":"x","ttl":60}]})");
    row("TLSA as content", "POST", batch,
        R"({"posts":[{"type":"TLSA","name":"a.example.com","content":"3 1 1 aa","ttl":60}]})");
    row("a TTL that does not exist", "POST", batch,
        R"({"posts":[{"type":"TXT","name":"a.example.com","content":"\"x\"","ttl":7}]})");
    row("a custom domain without a Worker", "PUT",
        QStringLiteral("/accounts/ACCOUNT/workers/domains"), R"({"hostname":"a.example.com"})");
    row("a script as JSON", "PUT", QStringLiteral("/accounts/ACCOUNT/workers/scripts/a"), "{}");
}

/// The judge of the stand-in is not blind: what these tests lean on everywhere.
void tst_Cloudflare::judge()
{
    QFETCH(QByteArray, verb);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(bool, fits);
    START(account)
    const Cloudflare::Place place = Cloudflare::placeOf(account.zone);
    Rest rest(QUrl(account.bed.value("address")),
              {"Authorization", "Bearer ", Secret(account.bed.value("secret").toLatin1())});
    (void)rest.send(verb,
                    path.replace(QLatin1String("ZONE"), place.zone)
                            .replace(QLatin1String("ACCOUNT"), place.account),
                    account.cancel, body);
    QCOMPARE(account.bed.faults().isEmpty(), fits);
}

/// PUSH-17, T-34: what stands on the third page is there.
void tst_Cloudflare::threePages()
{
    START(account)
    QJsonArray records;
    for (int i = 0; i < 5; ++i)
        records.append(QJsonObject{{QStringLiteral("zone"), QStringLiteral("example.com")},
                                   {QStringLiteral("type"), QStringLiteral("TXT")},
                                   {QStringLiteral("name"), QLatin1String(Sts)},
                                   {QStringLiteral("content"), QStringLiteral("t%1").arg(i)}});
    account.bed.control({{QStringLiteral("records"), records}, {QStringLiteral("pageSize"), 2}});
    const auto one = account.provider->records(account.zone, {Sts}, account.cancel);
    QVERIFY(one);
    QCOMPARE(one->size(), 5);
    const auto two = account.provider->records(account.zone, {Tls, Sts}, account.cancel);
    QVERIFY(two);
    QCOMPARE(two->size(), 6);
    QCOMPARE(two->last().record.data, QByteArray("t4"));
    account.bed.control(object(R"({"pageSize":1000,"reset":true})"));
    const auto whole = account.provider->records(account.zone, {Tls, Sts}, account.cancel);
    QCOMPARE(whole->size(), 6);
    QCOMPARE(account.requests(), 1); // one answer has all
    account.trouble("500-before", 1);
    QVERIFY(!account.provider->records(account.zone, {Tls, Sts}, account.cancel));
    QCOMPARE(account.bed.faults(), QByteArray());
}

/// The record keeps its id and its comment, and the text of others is not even sent.
void tst_Cloudflare::changedInPlace()
{
    START(account)
    account.bed.control(object(R"({"records":[
        {"zone":"example.com","type":"TXT","name":"_mta-sts.example.com","content":"v=STSv1; id=1;",
         "comment":"ask Ada first"}]})"));
    const QString before = account.kept(Sts)[QLatin1String("id")].toString();
    QVERIFY(account.provider->apply(account.zone,
                                    {account.change(Sts, {text(Sts, "v=STSv1; id=2;", 300)})},
                                    account.cancel));
    const QJsonValue after = account.kept(Sts);
    QCOMPARE(after[QLatin1String("id")].toString(), before);
    QCOMPARE(after[QLatin1String("content")].toString(), QStringLiteral("\"v=STSv1; id=2;\""));
    QCOMPARE(after[QLatin1String("comment")].toString(), QStringLiteral("ask Ada first"));
    // The TTL alone.
    QVERIFY(account.provider->apply(account.zone,
                                    {account.change(Sts, {text(Sts, "v=STSv1; id=2;", 600)})},
                                    account.cancel));
    QCOMPARE(account.kept(Sts)[QLatin1String("ttl")].toInt(), 600);
    QCOMPARE(account.kept(Sts)[QLatin1String("comment")].toString(),
             QStringLiteral("ask Ada first"));
    QCOMPARE(account.bed.faults(), QByteArray());
}

void tst_Cloudflare::nothingToSend()
{
    START(account)
    account.bed.control(object(R"({"records":[
        {"zone":"example.com","type":"TXT","name":"_mta-sts.example.com","content":"v=STSv1; id=1;"}]})"));
    // Its TTL is automatic, which means five minutes.
    const SetChange same = account.change(Sts, {text(Sts, "v=STSv1; id=1;", 300)});
    QCOMPARE(same.before.first().record.ttl, 300);
    account.bed.control(object(R"({"reset":true})"));
    QVERIFY(account.provider->apply(account.zone, {same}, account.cancel));
    QCOMPARE(account.requests(), 0);
}

/// What a custom domain has made is read, said to be read only, and in no request.
void tst_Cloudflare::managedRecordIsLeft()
{
    START(account)
    account.bed.control(object(R"({"records":[{"zone":"example.com","type":"AAAA",
        "name":"mta-sts.example.com","content":"100::","proxied":true,"meta":{"read_only":true}}]})"));
    const auto records =
            account.provider->records(account.zone, {"mta-sts.example.com"}, account.cancel);
    QVERIFY(records && records->size() == 1);
    QVERIFY(records->first().isReadOnly);
    const SetChange change{"mta-sts.example.com", RecordType::AAAA, *records, {}};
    account.bed.control(object(R"({"reset":true})"));
    QVERIFY(account.provider->apply(account.zone, {change}, account.cancel));
    QCOMPARE(account.requests(), 0);
    QCOMPARE(account.bed.faults(), QByteArray());
}

/// 81058: what is wanted stands already, because an answer got lost; or something else does.
void tst_Cloudflare::identicalAlready()
{
    START(account)
    const DnsRecord wanted = text(Sts, "v=STSv1; id=1;");
    const SetChange stale = account.change(Sts, {wanted});
    QVERIFY(account.provider->apply(account.zone, {stale}, account.cancel));
    QVERIFY(account.provider->apply(account.zone, {stale}, account.cancel));
    const auto records = account.provider->records(account.zone, {Sts}, account.cancel);
    QCOMPARE(records->size(), 1);
    SetChange two = stale;
    two.after.append(text(Sts, "v=STSv1; id=2;"));
    const auto refused = account.provider->apply(account.zone, {two}, account.cancel);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QVERIFY(refused.error().detail.contains(QLatin1String("81058")));
    QCOMPARE(account.provider->records(account.zone, {Sts}, account.cancel)->size(), 1);
    QCOMPARE(account.bed.faults(), QByteArray());
}

void tst_Cloudflare::allOrNothing()
{
    START(account)
    const QByteArray aliased = "_mta-sts.aliased.example.com";
    const auto refused =
            account.provider->apply(account.zone,
                                    {account.change(Sts, {text(Sts, "v=STSv1; id=1;")}),
                                     account.change(aliased, {text(aliased, "v=STSv1; id=1;")})},
                                    account.cancel);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QVERIFY(refused.error().detail.startsWith(QLatin1String("81053 ")));
    QVERIFY(account.kept(Sts).isNull());
}

/// The first code says only that something is wrong; the one behind it says what.
void tst_Cloudflare::chainIsPrinted()
{
    START(account)
    const auto refused = account.provider->apply(
            account.zone, {account.change(Sts, {text(Sts, "v=STSv1; id=1;", 30)})}, account.cancel);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QCOMPARE(refused.error().detail,
             QStringLiteral("1004 DNS Validation Error (9021 Invalid TTL. Must be between 60 and "
                            "86400 seconds.)"));
}

void tst_Cloudflare::errors_data()
{
    QTest::addColumn<QByteArray>("how"); // of the stand-in's answer
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    const QByteArray all = R"({"token":{}})";
    QTest::newRow("a sign-in page instead of JSON")
            << QByteArray("html") << all << int(Error::Kind::Malformed)
            << QStringLiteral("HTTP 200, text/html");
    QTest::newRow("500") << QByteArray("500-before") << all << int(Error::Kind::Network)
                         << QStringLiteral("10013 Unknown error");
    QTest::newRow("503 from something in between")
            << QByteArray("503-html") << all << int(Error::Kind::Network)
            << QStringLiteral("HTTP 503");
    QTest::newRow("cut") << QByteArray("cut-before") << all << int(Error::Kind::Network)
                         << QString();
    QTest::newRow("may not write")
            << QByteArray() << QByteArray(R"({"token":{"lacks":["dns-write"]}})")
            << int(Error::Kind::Refused) << QStringLiteral("DNS: Edit");
    QTest::newRow("asked to wait, then good") << QByteArray("429") << all << -1 << QString();
}

void tst_Cloudflare::errors()
{
    QFETCH(QByteArray, how);
    QFETCH(QByteArray, token);
    QFETCH(int, kind);
    QFETCH(QString, says);
    START(account)
    const SetChange change = account.change(Sts, {text(Sts, "v=STSv1; id=1;")});
    account.trouble(how.constData());
    account.bed.control(QJsonDocument::fromJson(token).object());
    const auto applied = account.provider->apply(account.zone, {change}, account.cancel);
    QCOMPARE(applied ? -1 : int(applied.error().kind), kind);
    QCOMPARE(account.kept(Sts).isNull(), !applied);
    if (!applied)
        QVERIFY2((applied.error().what + applied.error().detail).contains(says),
                 qPrintable(applied.error().what + applied.error().detail));
    QCOMPARE(account.bed.faults(), QByteArray());
}

void tst_Cloudflare::lostAnswers_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::newRow("fault of a gateway") << QByteArray("500-after");
    QTest::newRow("cut") << QByteArray("cut-after");
}

/// Done although the answer says otherwise: the outcome is unknown, and not "no".
void tst_Cloudflare::lostAnswers()
{
    QFETCH(QByteArray, how);
    START(account)
    const SetChange change = account.change(Sts, {text(Sts, "v=STSv1; id=1;")});
    account.trouble(how.constData());
    const auto applied = account.provider->apply(account.zone, {change}, account.cancel);
    QVERIFY(!applied);
    QCOMPARE(applied.error().kind, Error::Kind::Network);
    QCOMPARE(account.requests(), 1); // never blindly again
    QVERIFY(!account.kept(Sts).isNull());
    const auto again = account.provider->apply(account.zone, {change}, account.cancel);
    QVERIFY(again);
    QCOMPARE(account.provider->records(account.zone, {Sts}, account.cancel)->size(), 1);
    QCOMPARE(account.bed.faults(), QByteArray());
}

QTEST_GUILESS_MAIN(tst_Cloudflare)
#include "tst_cloudflare.moc"
