// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is deSEC's alone; the contract is in tst_conformance.
#include "provider/service.h"
#include "provider/standin.h"

#include <QTest>

namespace {

const QByteArray Report = "v=TLSRPTv1; rua=mailto:tls@example.com";

using When = Fault::When;

} // namespace

class tst_DeSec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsTheSmallestTtl();
    void readsEveryPageWhereTheTokenBelongs();
    void takesNoPartForTheWhole_data();
    void takesNoPartForTheWhole();
    void saysWhichSetIsToBlame();
    void keepsATtlThatWasThere();
    void makesRoomInTheSameRequest();
    void waitsWhenToldTo();
    void staysInTheZone();
    void faultsOfReading_data();
    void faultsOfReading();
    void faultsOfWriting_data();
    void faultsOfWriting();

private:
    std::unique_ptr<Service> m_service;
    std::unique_ptr<Standin> m_standin;
};

void tst_DeSec::init()
{
    m_service = std::make_unique<Service>();
    if (const QString why = m_service->bed.start(QStringLiteral("desec")); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_service->provider = m_service->bed.provider("desec");
    m_service->zone = {"example.com", "example.com", {}};
    m_standin = std::make_unique<Standin>(m_service->bed);
}

void tst_DeSec::tellsTheSmallestTtl()
{
    for (const auto &[name, ttl] :
         {std::pair<QByteArray, int>{Sts, 900}, {"sub.example.com", 3600}}) {
        const auto zones = m_service->provider->zones(name, Cancel());
        QVERIFY(zones);
        QCOMPARE(zones->size(), 1);
        QCOMPARE(zones->first().minimumTtl, ttl);
    }
    QCOMPARE(m_service->provider->traits().maximumTtl, 86400);
}

/// Whatever the Link header says, the next page is asked for at the same address (T-8).
void tst_DeSec::readsEveryPageWhereTheTokenBelongs()
{
    QVERIFY(m_standin->expect({{1, QStringLiteral("links-elsewhere")}}));
    const auto records =
            m_service->provider->records(m_service->zone, {"many.example.com"}, Cancel());
    QVERIFY(records);
    QCOMPARE(records->size(), 5);
    QCOMPARE(m_standin->requests().size(), 3);
}

void tst_DeSec::takesNoPartForTheWhole_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<QString>("what");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("fault on the second page") << 2 << QStringLiteral("503") << Error::Kind::Network;
    QTest::newRow("no JSON on the last page")
            << 3 << QStringLiteral("html") << Error::Kind::Malformed;
    QTest::newRow("next page without a cursor")
            << 1 << QStringLiteral("no-cursor") << Error::Kind::Malformed;
}

void tst_DeSec::takesNoPartForTheWhole()
{
    QFETCH(int, at);
    QFETCH(QString, what);
    QVERIFY(m_standin->expect({{at, what}}));
    const auto records =
            m_service->provider->records(m_service->zone, {"many.example.com"}, Cancel());
    QVERIFY(!records);
    QTEST(records.error().kind, "kind");
}

void tst_DeSec::saysWhichSetIsToBlame()
{
    const QByteArray aliased = "_mta-sts.aliased.example.com";
    QVERIFY(m_standin->expect({}));
    const auto refused = m_service->apply(
            {SetChange{Sts, RecordType::TXT, {}, {text(Sts, "v=STSv1; id=1;")}},
             SetChange{aliased, RecordType::TXT, {}, {text(aliased, "v=STSv1; id=1;")}}});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QVERIFY2(refused.error().detail.contains(QLatin1String(
                     "_mta-sts.aliased.example.com TXT: RRset with conflicting type")),
             qPrintable(refused.error().detail));
    QVERIFY(!refused.error().detail.contains(QLatin1String("_mta-sts.example.com")));
    QCOMPARE(m_standin->writes().size(), 1);
    QVERIFY(m_service->read(Sts).isEmpty()); // all or nothing

    const auto tooShort = m_service->apply(
            {SetChange{Sts, RecordType::TXT, {}, {text(Sts, "v=STSv1; id=1;", 60)}}});
    QVERIFY(!tooShort);
    QVERIFY2(tooShort.error().detail.contains(QLatin1String("greater than or equal to 900")),
             qPrintable(tooShort.error().detail));
}

/// The TTL of the others, 300, is below the minimum of today; it stays, and our text comes beside it.
void tst_DeSec::keepsATtlThatWasThere()
{
    QVERIFY(m_service->apply({m_service->change(
            Tls, RecordType::TXT, {text(Tls, Foreign, 300), text(Tls, Report, 300)})}));
    const auto records = m_service->read(Tls);
    QCOMPARE(dataAt(records, Tls, RecordType::TXT), sorted({Foreign, Report}));
    QCOMPARE(records.first().record.ttl, 300);
    // A set that went meanwhile is not made anew.
    const SetChange change = m_service->change(Tls, RecordType::TXT, {text(Tls, Report, 300)});
    QVERIFY(m_service->apply({m_service->change(Tls, RecordType::TXT, {})}));
    const auto refused = m_service->apply({change});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QVERIFY(m_service->read(Tls).isEmpty());
}

void tst_DeSec::makesRoomInTheSameRequest()
{
    const QByteArray aliased = "_mta-sts.aliased.example.com";
    const QList<SetChange> changes{
            m_service->change(aliased, RecordType::TXT, {text(aliased, "v=STSv1; id=1;")}),
            m_service->change(aliased, RecordType::CNAME, {})};
    QVERIFY(m_standin->expect({}));
    QVERIFY(m_service->apply(changes));
    QCOMPARE(m_standin->requests(),
             QStringList{QStringLiteral("PATCH /api/v1/domains/example.com/rrsets/ 200")});
    QCOMPARE(m_service->served(aliased, RecordType::TXT), QList<QByteArray>{"v=STSv1; id=1;"});
}

void tst_DeSec::waitsWhenToldTo()
{
    QVERIFY(m_standin->expect({{1, QStringLiteral("429")}}));
    QVERIFY(m_service->apply({SetChange{Sts, RecordType::TXT, {}, {text(Sts, "v=STSv1; id=1;")}}}));
    QCOMPARE(m_standin->writes().size(), 2);
    QCOMPARE(m_service->served(Sts, RecordType::TXT), QList<QByteArray>{"v=STSv1; id=1;"});
}

void tst_DeSec::staysInTheZone()
{
    QVERIFY(m_standin->expect({}));
    const auto refused =
            m_service->apply({SetChange{Sts, RecordType::TXT, {}, {text(Sts, "v=STSv1; id=1;")}},
                              SetChange{"_mta-sts.example.org",
                                        RecordType::TXT,
                                        {},
                                        {text("_mta-sts.example.org", "x")}}});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QVERIFY(m_standin->requests().isEmpty());
}

void tst_DeSec::faultsOfReading_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("fault of its own") << QStringLiteral("500") << Error::Kind::Network;
    QTest::newRow("a page instead of JSON") << QStringLiteral("html") << Error::Kind::Malformed;
    QTest::newRow("not allowed") << QStringLiteral("403") << Error::Kind::Refused;
    QTest::newRow("not found") << QStringLiteral("404") << Error::Kind::NotFound;
    QTest::newRow("elsewhere") << QStringLiteral("301") << Error::Kind::Refused;
}

void tst_DeSec::faultsOfReading()
{
    QFETCH(QString, what);
    QFETCH(Error::Kind, kind);
    QVERIFY(m_standin->expect({{1, what}, {2, what}}));
    const auto zones = m_service->provider->zones(Sts, Cancel());
    QVERIFY(!zones);
    QCOMPARE(zones.error().kind, kind);
    const auto records = m_service->provider->records(m_service->zone, {Sts}, Cancel());
    QVERIFY(!records);
    QCOMPARE(records.error().kind, kind);
}

void tst_DeSec::faultsOfWriting_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<When>("when");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("fault before the effect")
            << QStringLiteral("500") << When::BeforeEffect << Error::Kind::Network;
    QTest::newRow("fault after the effect")
            << QStringLiteral("502") << When::AfterEffect << Error::Kind::Network;
    QTest::newRow("cut before the effect")
            << QStringLiteral("cut") << When::BeforeEffect << Error::Kind::Network;
    QTest::newRow("cut after the effect")
            << QStringLiteral("cut") << When::AfterEffect << Error::Kind::Network;
    QTest::newRow("a page before the effect")
            << QStringLiteral("html") << When::BeforeEffect << Error::Kind::Malformed;
    QTest::newRow("a page after the effect")
            << QStringLiteral("html") << When::AfterEffect << Error::Kind::Malformed;
    QTest::newRow("gave up waiting, after the effect")
            << QStringLiteral("408") << When::AfterEffect << Error::Kind::Network;
    QTest::newRow("conflict") << QStringLiteral("409") << When::BeforeEffect
                              << Error::Kind::Refused;
    QTest::newRow("not allowed") << QStringLiteral("403") << When::BeforeEffect
                                 << Error::Kind::Refused;
}

/// One request, whatever becomes of it; and what stands afterwards can be read.
void tst_DeSec::faultsOfWriting()
{
    QFETCH(QString, what);
    QFETCH(When, when);
    QVERIFY(m_standin->expect({{1, what, when}}));
    const SetChange change{Sts, RecordType::TXT, {}, {text(Sts, "v=STSv1; id=1;")}};
    const auto lost = m_service->apply({change});
    QVERIFY(!lost);
    QTEST(lost.error().kind, "kind");
    QVERIFY(!(lost.error().what + lost.error().detail).contains(m_service->bed.value("secret")));
    QCOMPARE(m_standin->writes().size(), 1);
    QCOMPARE(m_service->read(Sts).isEmpty(), when == When::BeforeEffect);
    QVERIFY(m_service->apply({change})); // twice is once
    QCOMPARE(m_service->read(Sts).size(), 1);
}

QTEST_GUILESS_MAIN(tst_DeSec)
#include "tst_desec.moc"
