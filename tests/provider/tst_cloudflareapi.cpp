// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What can be said of a token and an address before anything is connected to.
#include "provider/catalogue.h"
#include "provider/cloudflare.h"
#include "provider/cloudflareapi.h"

#include <QTest>
#include <QUrlQuery>

namespace {

constexpr char GoodToken[] = "cfut_0123456789abcdefghijABCDEFGHIJ_-012345";

} // namespace

class tst_CloudflareApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pasted_data();
    void pasted();
    void addresses();
    void link();
};

void tst_CloudflareApi::pasted_data()
{
    const QByteArray good = GoodToken;
    QTest::addColumn<QByteArray>("pasted");
    QTest::addColumn<QByteArray>("token"); // empty: none
    QTest::addColumn<int>("kind");
    const int none = int(Error::Kind::Malformed), refused = int(Error::Kind::Refused);
    QTest::newRow("as it is") << good << good << 0;
    QTest::newRow("blanks and a line end") << "  " + good + "\r\n" << good << 0;
    QTest::newRow("in quotes") << '"' + good + '"' << good << 0;
    QTest::newRow("in single quotes, with a blank") << "' " + good + "'" << good << 0;
    QTest::newRow("with Bearer") << "Bearer " + good << good << 0;
    QTest::newRow("the whole header") << "\"Authorization: Bearer " + good + '"' << good << 0;
    QTest::newRow("old, without prefix") << QByteArray(40, 'x') << QByteArray(40, 'x') << 0;
    QTest::newRow("global key") << QByteArray("cfk_") + QByteArray(40, 'a') << QByteArray()
                                << refused;
    QTest::newRow("old global key") << QByteArray(37, 'c') << QByteArray() << refused;
    QTest::newRow("two words") << good + " " + good << QByteArray() << none;
    QTest::newRow("a sentence") << QByteArray("my token is in the safe") << QByteArray() << none;
    QTest::newRow("too short") << QByteArray("cfut_") << QByteArray() << none;
    QTest::newRow("not ASCII") << good + "\xC3\xA4" << QByteArray() << none;
    QTest::newRow("only Bearer") << QByteArray("Bearer ") << QByteArray() << none;
    QTest::newRow("nothing") << QByteArray() << QByteArray() << none;
}

void tst_CloudflareApi::pasted()
{
    QFETCH(QByteArray, pasted);
    QFETCH(QByteArray, token);
    QFETCH(int, kind);
    const auto read = Cloudflare::token(Secret(QByteArray(pasted)));
    QCOMPARE(read ? read->octets() : QByteArray(), token);
    QVERIFY(read || int(read.error().kind) == kind);
    QVERIFY(read || !read.error().what.contains(QLatin1String("cfut_0")));
    // Before anything is connected to.
    QCOMPARE(makeProvider(*providerInfo("cloudflare"), {}, Secret(QByteArray(pasted))).has_value(),
             !token.isEmpty());
}

void tst_CloudflareApi::addresses()
{
    const QUrl known(QStringLiteral("https://api.cloudflare.com/client/v4"));
    QCOMPARE(cloudflareAddress({}).value_or(QUrl()), known);
    QCOMPARE(cloudflareAddress(known.toString()).value_or(QUrl()), known);
    QVERIFY(cloudflareAddress(QStringLiteral("http://127.0.0.1:81/client/v4")));
    for (const char *other : {"https://api.cloudflare.example/client/v4",
                              "http://api.cloudflare.com/client/v4", "api.cloudflare.com"})
        QVERIFY(!cloudflareAddress(QLatin1String(other)));
}

void tst_CloudflareApi::link()
{
    for (const bool withWorker : {false, true}) {
        const QUrl url = providerInfo("cloudflare")->secretLink(withWorker);
        QVERIFY(url.isValid());
        QCOMPARE(url.host(), QStringLiteral("dash.cloudflare.com"));
        const QUrlQuery query(url);
        QStringList keys;
        const QByteArray json =
                query.queryItemValue(QStringLiteral("permissionGroupKeys"), QUrl::FullyDecoded)
                        .toUtf8();
        for (const QJsonValue key : QJsonDocument::fromJson(json).array())
            keys.append(key[QLatin1String("key")].toString() + QLatin1Char(':') +
                        key[QLatin1String("type")].toString());
        QStringList wanted{QStringLiteral("zone:read"), QStringLiteral("dns:edit")};
        if (withWorker)
            wanted.append(QStringLiteral("workers_scripts:edit"));
        QCOMPARE(keys, wanted);
        QCOMPARE(query.queryItemValue(QStringLiteral("name"), QUrl::FullyDecoded),
                 QStringLiteral("MTA-STS Assistant"));
        QVERIFY(url.toEncoded().contains("accountId=%2A&zoneId=all"));
    }
}

QTEST_GUILESS_MAIN(tst_CloudflareApi)
#include "tst_cloudflareapi.moc"
