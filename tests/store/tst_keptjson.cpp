// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The document of a kept domain: there and back, of other versions, and broken on purpose.
#include "deploy/deployment.h"
#include "store/keptjson.h"

#include <QJsonDocument>
#include <QTest>

namespace {

const QDateTime Then({2026, 3, 1}, {10, 12, 30}, Qt::UTC);

KeptDomain whole()
{
    KeptDomain kept;
    kept.domain = *DomainName::fromAscii("shop.example");
    kept.isSetUp = true;
    kept.draft = Choices{kept.domain,
                         Policy::Mode::Enforce,
                         {*MxPattern::parse("*.shop.example"), *MxPattern::parse("mx.example")},
                         604800,
                         {"mailto:tls@shop.example", "https://r.example/in"},
                         Hosting::Caddy,
                         {"20260301T101300", QByteArray(64, 'a'), {"host", "file"}}};
    kept.draft->tlsa = {{"_25._tcp.mx1.shop.example", RecordType::TLSA, RecordTtl,
                         "3 1 1 " + QByteArray(64, 'a')}};
    kept.draftStep = "reports";
    LastCheck check;
    check.at = Then;
    check.verdict = Verdict::Error;
    check.sts = Report::Sts::Testing;
    check.dane = Report::Dane::Some;
    check.tlsRpt = Report::TlsRpt::Broken;
    check.problems = 1;
    check.warnings = 2;
    check.notTested = 3;
    check.worst = Finding{"STS-70",
                          Severity::Error,
                          Group::Policy,
                          QStringLiteral("mx3"),
                          {QStringLiteral("mx3"), QStringLiteral("%1 \u00e4")},
                          {}};
    check.mx = {"mx1.shop.example", "mx2.shop.example"};
    check.certificates = {{"mx1.shop.example", Then.addDays(-30), Then.addDays(60)}};
    kept.lastCheck = check;
    kept.served = LastServed{"20260301T101200", "version: STSv1\r\n", Then, Then.addDays(1), {}};
    kept.sameId = LastServed{"20260301T101200", QByteArray("\xff\x00z", 3), Then, Then, Then};
    kept.testingSince = Then;
    kept.wasOn = true;
    kept.largestMaxAge = 31557600;
    kept.cachedUntil = Then.addDays(365);
    kept.enforcedUntil = Then.addDays(30);
    Policy held;
    held.mode = Policy::Mode::Enforce;
    held.mx = {*MxPattern::parse("*.shop.example"), *MxPattern::parse("mx.example")};
    held.maxAge = 2592000;
    kept.held = {{held, Then.addDays(30)}};
    return kept;
}

QJsonObject object(const KeptDomain &kept)
{
    return QJsonDocument::fromJson(writeKept(kept)).object();
}

} // namespace

class TestKeptJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsToBeRemovedIsNotKept()
    {
        KeptDomain kept = whole();
        kept.draft->tlsaGone = kept.draft->tlsa;
        const auto read = readKept(writeKept(kept));
        QVERIFY(read && read->draft);
        QCOMPARE(read->draft->tlsa, kept.draft->tlsa);
        QVERIFY(read->draft->tlsaGone.isEmpty()); // by then a key may need it
    }

    void halfATlsaRecordIsNone()
    {
        QByteArray octets = writeKept(whole());
        octets.replace("3 1 1 " + QByteArray(64, 'a'), "3 1 1 nothing");
        const auto read = readKept(octets);
        QVERIFY(read && read->draft);
        QVERIFY(read->draft->tlsa.isEmpty());
    }

    void everythingComesBack()
    {
        const KeptDomain kept = whole();
        const Result<KeptDomain> read = readKept(writeKept(kept));
        QVERIFY(read);
        QVERIFY(*read == kept);
    }

    void almostNothingComesBack()
    {
        KeptDomain kept;
        kept.domain = *DomainName::fromAscii("shop.example");
        const Result<KeptDomain> read = readKept(writeKept(kept));
        QVERIFY(read);
        QVERIFY(*read == kept);
    }

    void everyStateComesBack()
    {
        for (int i = 0; i <= int(Report::Sts::Enforce); ++i) {
            KeptDomain kept = whole();
            kept.lastCheck->sts = Report::Sts(i);
            kept.lastCheck->dane = Report::Dane(std::min(i, int(Report::Dane::Broken)));
            kept.lastCheck->tlsRpt = Report::TlsRpt(std::min(i, int(Report::TlsRpt::Broken)));
            kept.lastCheck->verdict = Verdict(std::min(i, int(Verdict::NotDeployed)));
            QVERIFY(readKept(writeKept(kept)).value() == kept);
        }
    }

    /// What was copied before the program was closed is what is looked for after.
    void theIdThatWasHandedOverComesBack()
    {
        KeptDomain kept = whole();
        const QDateTime later = Then.addDays(1);
        kept.draft = handedOver(*kept.draft, deployment(*kept.draft, {}, Then));
        const QByteArray id = kept.draft->delivery.id;
        QVERIFY(!id.isEmpty());
        const Result<KeptDomain> read = readKept(writeKept(kept));
        QVERIFY(read && read->draft);
        QCOMPARE(deployment(*read->draft, {}, later).id, id);
        Choices others = *read->draft; // the id stands in the file, and is not made again by chance
        others.delivery = {};
        QVERIFY(deployment(others, {}, later).id != id);
    }

    void aBrokenHandOverIsNone_data()
    {
        QTest::addColumn<QJsonValue>("id");
        QTest::newRow("not alphanumeric") << QJsonValue(QStringLiteral("2026-03-01"));
        QTest::newRow("a second field") << QJsonValue(QStringLiteral("1; x=2"));
        QTest::newRow("too long") << QJsonValue(QString(33, u'1'));
        QTest::newRow("empty") << QJsonValue(QString());
        QTest::newRow("beyond ASCII") << QJsonValue(QStringLiteral("1\u00e4"));
        QTest::newRow("a number") << QJsonValue(7);
    }
    void aBrokenHandOverIsNone()
    {
        QFETCH(QJsonValue, id);
        QJsonObject json = object(whole());
        QJsonObject draft = json[QStringLiteral("draft")].toObject();
        QJsonObject delivery = draft[QStringLiteral("delivery")].toObject();
        delivery[QStringLiteral("id")] = id;
        draft[QStringLiteral("delivery")] = delivery;
        json[QStringLiteral("draft")] = draft;
        const Result<KeptDomain> read = readKept(QJsonDocument(json).toJson());
        QVERIFY(read && read->draft);
        QCOMPARE(read->draft->delivery, HandOver());
    }

    void membersOfOthersAreWrittenBack()
    {
        QJsonObject json = object(whole());
        json[QStringLiteral("reports")] = QJsonObject{{QStringLiteral("sessions"), 932}};
        QJsonObject draft = json[QStringLiteral("draft")].toObject();
        draft[QStringLiteral("zone")] = QStringLiteral("shop.example");
        json[QStringLiteral("draft")] = draft;
        Result<KeptDomain> read = readKept(QJsonDocument(json).toJson());
        QVERIFY(read);
        QCOMPARE(object(*read), json);
        read->draft.reset(); // done: nothing of it may come back
        read = readKept(writeKept(*read));
        QVERIFY(read && !read->draft);
        QCOMPARE(object(*read)[QStringLiteral("reports")], json[QStringLiteral("reports")]);
        QVERIFY(object(*read)[QStringLiteral("draft")].isNull());
    }

    void aLaterSchemaIsReadAndMarked()
    {
        QJsonObject json = object(whole());
        json[QStringLiteral("schema")] = QStringLiteral("mta-sts-domain/2");
        json[QStringLiteral("served")] = QStringLiteral("said in another way");
        const Result<KeptDomain> read = readKept(QJsonDocument(json).toJson());
        QVERIFY(read);
        QVERIFY(read->isFromNewer);
        QVERIFY(!read->served);
        QCOMPARE(read->lastCheck, whole().lastCheck);
    }

    /// Files of before the held policies were listed.
    void whatWasServedCountsAsHeldWhereNothingIsListed()
    {
        const QByteArray body = "version: STSv1\r\nmode: enforce\r\nmx: %1\r\nmax_age: 86400\r\n";
        KeptDomain kept = whole();
        kept.served->body = QByteArray(body).replace("%1", "new.example");
        kept.sameId->body = QByteArray(body).replace("%1", "old.example");
        kept.sameId->gone = Then.addDays(2);
        QJsonObject json = object(kept);
        json.remove(QStringLiteral("held"));
        const Result<KeptDomain> read = readKept(QJsonDocument(json).toJson());
        QVERIFY(read);
        QCOMPARE(read->held.size(), 2);
        QCOMPARE(read->held.first().policy.mx.first().text(), QByteArray("old.example"));
        QCOMPARE(read->held.first().until, Then.addDays(3));
        QCOMPARE(read->held.last().until, Then.addDays(2)); // seen on the day after
        json[QStringLiteral("held")] = QJsonArray();        // listed, and there is none
        QVERIFY(readKept(QJsonDocument(json).toJson())->held.isEmpty());
    }

    void heldPoliciesThatAreNoneAreLeftOut()
    {
        QJsonObject json = object(whole());
        QJsonArray held = json[QStringLiteral("held")].toArray();
        held.prepend(QStringLiteral("a word"));
        held.prepend(
                QJsonObject{{QStringLiteral("body"), QStringLiteral("rubbish")},
                            {QStringLiteral("until"), QStringLiteral("2026-03-01T00:00:00Z")}});
        QJsonObject timeless = held.last().toObject();
        timeless.remove(QStringLiteral("until"));
        held.prepend(timeless);
        json[QStringLiteral("held")] = held;
        QCOMPARE(readKept(QJsonDocument(json).toJson())->held, whole().held);
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << writeKept(whole()).chopped(40);
        QTest::newRow("zeros, as after a crash") << QByteArray(512, '\0');
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("another document")
                << QByteArray(R"({"schema":"mta-sts-check/1","domain":"shop.example"})");
        QTest::newRow("no schema") << QByteArray(R"({"domain":"shop.example"})");
        QTest::newRow("schema without number")
                << QByteArray(R"({"schema":"mta-sts-domain/x","domain":"shop.example"})");
        QTest::newRow("negative schema")
                << QByteArray(R"({"schema":"mta-sts-domain/-1","domain":"shop.example"})");
        QTest::newRow("no domain") << QByteArray(R"({"schema":"mta-sts-domain/1"})");
        QTest::newRow("a path as domain")
                << QByteArray(R"({"schema":"mta-sts-domain/1","domain":"../../etc/passwd"})");
        QTest::newRow("too large") << writeKept(whole()) + QByteArray(KeptLimits::File, ' ');
        QTest::newRow("nested without end")
                << QByteArray(R"({"schema":"mta-sts-domain/1","domain":"shop.example","x":)") +
                           QByteArray(100000, '[');
    }
    void refused()
    {
        QFETCH(QByteArray, octets);
        QVERIFY(!readKept(octets));
    }

    void whatIsOutOfRangeIsNotThere_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("max_age beyond RFC 8461") << QByteArray("\"largestMaxAge\": 31557600")
                                                 << QByteArray("\"largestMaxAge\": 9e18");
        QTest::newRow("negative max_age")
                << QByteArray("\"largestMaxAge\": 31557600") << QByteArray("\"largestMaxAge\": -5");
        QTest::newRow("no time") << QByteArray("\"cachedUntil\": \"2027-03-01T10:12:30Z\"")
                                 << QByteArray("\"cachedUntil\": \"soon\"");
        QTest::newRow("year 0") << QByteArray("\"cachedUntil\": \"2027-03-01T10:12:30Z\"")
                                << QByteArray("\"cachedUntil\": \"0000-01-01T00:00:00Z\"");
        QTest::newRow("another type")
                << QByteArray("\"mtaSts\": \"testing\"") << QByteArray("\"mtaSts\": {\"a\":[1]}");
        QTest::newRow("unknown mode of a draft")
                << QByteArray("\"mode\": \"enforce\"") << QByteArray("\"mode\": \"strict\"");
    }
    void whatIsOutOfRangeIsNotThere()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QByteArray octets = writeKept(whole());
        QVERIFY2(octets.contains(from), octets.constData());
        const Result<KeptDomain> read = readKept(octets.replace(from, to));
        QVERIFY(read);
        if (to.contains("MaxAge"))
            QCOMPARE(read->largestMaxAge, 0);
        else if (to.contains("cachedUntil"))
            QVERIFY(!read->cachedUntil.isValid());
        else if (to.contains("mtaSts"))
            QCOMPARE(read->lastCheck->sts, Report::Sts::Unknown);
        else
            QVERIFY(!read->draft); // never guessed
    }

    void textsOfTheFileAreMadePrintable()
    {
        KeptDomain kept = whole();
        kept.lastCheck->worst->subject = QStringLiteral("a\u202eb\u001b[31m") + QString(5000, u'x');
        const Result<KeptDomain> read = readKept(writeKept(kept));
        QVERIFY(read);
        const QString subject = read->lastCheck->worst->subject;
        QVERIFY(!subject.contains(QChar(0x202e)) && !subject.contains(QChar(0x1b)));
        QVERIFY(subject.size() < Limits::ShownText + 50);
    }

    void listsAreBounded()
    {
        KeptDomain kept = whole();
        for (int i = 0; i < 2000; ++i)
            kept.lastCheck->mx.append("mx" + QByteArray::number(i) + ".example");
        const Result<KeptDomain> read = readKept(writeKept(kept));
        QVERIFY(read);
        QCOMPARE(read->lastCheck->mx.size(), KeptLimits::Names);
    }
};
QTEST_GUILESS_MAIN(TestKeptJson)
#include "tst_keptjson.moc"
