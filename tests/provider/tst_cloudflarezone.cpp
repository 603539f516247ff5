// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which zones a token sees, what can be done with them, and what is said of the token.
#include "provider/cloudflareaccount.h"

namespace {

constexpr char GoodToken[] = "cfut_0123456789abcdefghijABCDEFGHIJ_-012345";

} // namespace

class tst_CloudflareZone : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokenFacts_data();
    void tokenFacts();
    void signing_data();
    void signing();
    void obstacles_data();
    void obstacles();
    void twoAccounts();
    void moreZonesThanAPage();
};

void tst_CloudflareZone::tokenFacts_data()
{
    QTest::addColumn<QByteArray>("secret");  // key of the stand-in's, or a token itself
    QTest::addColumn<QByteArray>("control"); // what it may
    QTest::addColumn<QString>("refusal");    // empty: it is good
    QTest::addColumn<QStringList>("missing");
    const QByteArray user = "secret", all = R"({"token":{}})";
    QTest::newRow("user token") << user << all << QString() << QStringList();
    QTest::newRow("account token")
            << QByteArray("accountSecret") << all << QString() << QStringList();
    QTest::newRow("no Workers") << user << QByteArray(R"({"token":{"lacks":["workers"]}})")
                                << QString()
                                << QStringList{QStringLiteral("Workers Scripts: Edit")};
    QTest::newRow("no DNS") << user << QByteArray(R"({"token":{"lacks":["dns"]}})") << QString()
                            << QStringList{QStringLiteral("DNS: Edit")};
    QTest::newRow("neither") << user << QByteArray(R"({"token":{"lacks":["dns","workers"]}})")
                             << QString()
                             << QStringList{QStringLiteral("DNS: Edit"),
                                            QStringLiteral("Workers Scripts: Edit")};
    QTest::newRow("no zones") << user << QByteArray(R"({"token":{"lacks":["zone"]}})")
                              << QStringLiteral("the token lacks the permission Zone: Read")
                              << QStringList();
    QTest::newRow("expired") << user << QByteArray(R"({"token":{"status":"expired"}})")
                             << QStringLiteral("the token is not in use any more: expired")
                             << QStringList();
    QTest::newRow("unknown") << QByteArray(GoodToken) << all
                             << QStringLiteral("Cloudflare does not know this token")
                             << QStringList();
}

void tst_CloudflareZone::tokenFacts()
{
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, control);
    QFETCH(QString, refusal);
    QFETCH(QStringList, missing);
    START(account)
    account.bed.control(QJsonDocument::fromJson(control).object());
    const QByteArray known = account.bed.value(secret.constData()).toLatin1();
    const auto provider = account.bed.provider("cloudflare", known.isEmpty() ? secret : known);
    const auto facts =
            provider->token("_mta-sts.example.com", TokenUse::RecordsAndHost, account.cancel);
    QCOMPARE(facts ? QString() : facts.error().what, refusal);
    if (facts) {
        QCOMPARE(facts->missing, missing);
        QCOMPARE(facts->expires, QDateTime({2027, 3, 1}, {0, 0}, Qt::UTC));
        QVERIFY(facts->zonesSeen > 5);
    }
    QCOMPARE(account.bed.faults(), QByteArray());
}

void tst_CloudflareZone::signing_data()
{
    using Signing = TokenFacts::Signing;
    QTest::addColumn<QByteArray>("control");
    QTest::addColumn<Signing>("signing");
    const auto row = [](const char *status, Signing signing) {
        QTest::newRow(status) << R"({"dnssec":{"example.com":")" + QByteArray(status) + "\"}}"
                              << signing;
    };
    row("active", Signing::On);
    row("pending", Signing::Pending);
    row("disabled", Signing::Off);
    row("pending-disabled", Signing::Unknown);
    row("error", Signing::Unknown);
    QTest::newRow("may not be read")
            << QByteArray(R"({"dnssec":{"example.com":"active"},"token":{"lacks":["dnssec"]}})")
            << Signing::Unknown;
}

void tst_CloudflareZone::signing()
{
    QFETCH(QByteArray, control);
    START(account)
    account.bed.control(QJsonDocument::fromJson(control).object());
    const auto facts = account.bed.provider("cloudflare")
                               ->token("_mta-sts.example.com", TokenUse::Records, account.cancel);
    QVERIFY(facts && facts->missing.isEmpty());
    QTEST(facts->signing, "signing");
    QCOMPARE(account.bed.faults(), QByteArray());
}

void tst_CloudflareZone::obstacles_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("obstacle");
    QTest::addColumn<QByteArray>("hostObstacle");
    QTest::newRow("full and active") << QByteArray("example.com") << QByteArray() << QByteArray();
    QTest::newRow("secondary") << QByteArray("other.example") << QByteArray("PUSH-2.secondary")
                               << QByteArray();
    QTest::newRow("partial") << QByteArray("partial.example") << QByteArray("PUSH-2.partial")
                             << QByteArray();
    QTest::newRow("pending") << QByteArray("pending.example") << QByteArray("PUSH-2.pending")
                             << QByteArray();
    QTest::newRow("paused: records can be written")
            << QByteArray("paused.example") << QByteArray() << QByteArray("PUSH-2.paused");
}

void tst_CloudflareZone::obstacles()
{
    QFETCH(QByteArray, name);
    START(account)
    const auto zones = account.provider->zones("_mta-sts." + name, account.cancel);
    QVERIFY(zones);
    const auto zone = zoneFor("_mta-sts." + name, *zones);
    QVERIFY(zone);
    QTEST(zone->obstacle, "obstacle");
    QTEST(zone->hostObstacle, "hostObstacle");
}

/// One name in two accounts: refused, but not when one of them only waits for its name servers.
void tst_CloudflareZone::twoAccounts()
{
    START(account)
    const auto two = account.provider->zones("_mta-sts.twice.example", account.cancel);
    QVERIFY(two);
    QCOMPARE(two->size(), 2);
    QVERIFY(!zoneFor("_mta-sts.twice.example", *two));
    const auto moved = account.provider->zones("_mta-sts.moved.example", account.cancel);
    QVERIFY(moved);
    QCOMPARE(moved->size(), 1);
    QVERIFY(moved->first().obstacle.isEmpty());
}

void tst_CloudflareZone::moreZonesThanAPage()
{
    START(account)
    account.bed.control(object(R"({"pageSize":2})"));
    const auto zones = account.provider->zones("_mta-sts.mail.sub.example.com", account.cancel);
    QVERIFY(zones);
    QCOMPARE(zoneFor("_mta-sts.mail.sub.example.com", *zones)->name, QByteArray("sub.example.com"));
    // One for the first page, then mail.sub.example.com, sub.example.com and example.com at once.
    QCOMPARE(account.requests(), 4);
    QCOMPARE(account.bed.faults(), QByteArray());
}

QTEST_GUILESS_MAIN(tst_CloudflareZone)
#include "tst_cloudflarezone.moc"
