// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/rolloverjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

namespace {

const QDateTime Start(QDate(2026, 3, 1), QTime(6, 0), Qt::UTC);

KeptRollover whole()
{
    KeptRollover kept;
    kept.host = "mx.example.com";
    kept.port = 25;
    kept.oldKey = {{3, 1, 1, QByteArray(32, 'a')}, {2, 1, 1, QByteArray(32, 'c')}};
    kept.nextKey = {{3, 1, 1, QByteArray(32, 'b')}};
    kept.staying = {{3, 1, 1, QByteArray(32, 'd')}};
    kept.ttl = 3600;
    kept.started = Start;
    kept.published = Start.addSecs(60);
    kept.switched = Start.addSecs(60 + 2 * 3600);
    kept.removed = Start.addSecs(86400);
    return kept;
}

QByteArray with(const char *member, const QJsonValue &value)
{
    QJsonObject json = QJsonDocument::fromJson(writeRollover(whole())).object();
    if (value.isUndefined())
        json.remove(QLatin1String(member));
    else
        json[QLatin1String(member)] = value;
    return QJsonDocument(json).toJson();
}

} // namespace

class TestRolloverJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBack()
    {
        QCOMPARE(readRollover(writeRollover(whole())).value(), whole());
        KeptRollover fresh;
        fresh.host = "mx.example.com";
        fresh.port = 2525;
        QCOMPARE(readRollover(writeRollover(fresh)).value(), fresh);
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("octets");
        const auto row = [](const char *why, const QByteArray &octets) {
            QTest::newRow(why) << octets;
        };
        row("empty", "");
        row("not JSON", "{");
        row("an array", "[]");
        row("too large", QByteArray(RolloverLimits::File + 1, ' '));
        row("another schema", with("schema", QStringLiteral("mta-sts-domain/1")));
        row("a later schema", with("schema", QStringLiteral("mta-sts-rollover/2")));
        row("no host", with("host", QJsonValue::Undefined));
        row("a host that is none", with("host", QStringLiteral("mx example com\n")));
        row("port 0", with("port", 0));
        row("port too large", with("port", 65536));
        row("port as text", with("port", QStringLiteral("25")));
        row("port between two", with("port", 25.5));
        row("no TTL: the wait would be none", with("ttl", QJsonValue::Undefined));
        row("negative TTL", with("ttl", -1));
        row("TTL over RFC 2181", with("ttl", 2147483648.0));
        row("records as text", with("oldKey", QStringLiteral("3 1 1 00")));
        row("no word of what stays", with("staying", QJsonValue::Undefined));
        row("no next key", with("nextKey", QJsonValue::Undefined));
        row("a digest that is too short", with("nextKey", QJsonArray{QStringLiteral("3 1 1 00")}));
        row("a usage that senders leave out",
            with("nextKey", QJsonArray{QLatin1String("1 1 1 ") + QString(64, QLatin1Char('0'))}));
        row("a number for a record", with("oldKey", QJsonArray{1}));
        QJsonArray twice;
        for (int i = 0; i < 2; ++i)
            twice.append(QLatin1String("3 1 1 ") + QString(64, QLatin1Char('0')));
        row("the same record twice", with("oldKey", twice));
        QJsonArray many;
        for (int i = 0; i < 200; ++i)
            many.append(QLatin1String("3 1 1 ") +
                        QStringLiteral("%1").arg(i, 64, 16, QLatin1Char('0')));
        row("more records than a set has", with("oldKey", many));
        row("a time that is none", with("published", QStringLiteral("soon")));
        row("a time as a number", with("published", 5));
        row("a time before clocks", with("started", QStringLiteral("0001-01-01T00:00:00Z")));
        row("a time left out", with("removed", QJsonValue::Undefined));
    }
    void refused()
    {
        QFETCH(QByteArray, octets);
        const Result<KeptRollover> read = readRollover(octets);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::Malformed);
        QVERIFY(!read.error().what.isEmpty());
    }

    void ofANewerProgram()
    {
        QVERIFY(isRolloverOfNewer(with("schema", QStringLiteral("mta-sts-rollover/2"))));
        QVERIFY(!isRolloverOfNewer(writeRollover(whole())));
        QVERIFY(!isRolloverOfNewer(with("schema", QStringLiteral("mta-sts-domain/2"))));
        QVERIFY(!isRolloverOfNewer("{"));
    }

    void nothingIsDoneWithoutWhatComesBefore_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<int>("left"); // times that remain: started, published, switched, removed
        const auto time = [](qint64 seconds) {
            return QJsonValue(Start.addSecs(seconds).toString(Qt::ISODateWithMs));
        };
        QTest::newRow("all in order") << with("ttl", 3600) << 4;
        QTest::newRow("not started") << with("started", QJsonValue::Null) << 0;
        QTest::newRow("not published") << with("published", QJsonValue::Null) << 1;
        QTest::newRow("published before the start") << with("published", time(-1)) << 1;
        QTest::newRow("switched within the wait") << with("switched", time(3600)) << 2;
        QTest::newRow("wait is longer than that") << with("ttl", 7200) << 2;
        QTest::newRow("removed before the switch") << with("removed", time(7000)) << 3;
    }
    void nothingIsDoneWithoutWhatComesBefore()
    {
        QFETCH(QByteArray, octets);
        QFETCH(int, left);
        const KeptRollover kept = readRollover(octets).value();
        QCOMPARE(int(kept.started.isValid() && left > 0) + int(kept.published.isValid()) +
                         int(kept.switched.isValid()) + int(kept.removed.isValid()),
                 left);
    }

    void foreignOctets()
    {
        // Every cut and many changed octets: read or refused, never more.
        const QByteArray good = writeRollover(whole());
        for (qsizetype i = 0; i < good.size() - 2; ++i)
            QVERIFY(!readRollover(good.left(i)));
        QRandomGenerator random(7);
        int accepted = 0;
        for (int round = 0; round < 2000; ++round) {
            QByteArray changed = good;
            changed[random.bounded(int(changed.size()))] = char(random.bounded(256));
            if (const auto read = readRollover(changed)) {
                ++accepted;
                QCOMPARE(readRollover(writeRollover(*read)).value(), *read);
            }
        }
        QVERIFY(accepted > 0 && accepted < 2000);
    }
};

QTEST_APPLESS_MAIN(TestRolloverJson)
#include "tst_rolloverjson.moc"
