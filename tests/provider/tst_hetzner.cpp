// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is Hetzner's alone; the contract is in tst_conformance.
#include "provider/hetzner.h"
#include "provider/service.h"
#include "provider/standin.h"

#include <QTest>

#include <thread>

namespace {

const QByteArray Report = "v=TLSRPTv1; rua=mailto:tls@example.com";
const QByteArray Id1 = "v=STSv1; id=1;", Id2 = "v=STSv1; id=2;";

using When = Fault::When;

SetChange made(const QByteArray &name, const QByteArray &data)
{
    return {name, RecordType::TXT, {}, {text(name, data)}};
}

} // namespace

class tst_Hetzner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsEveryPage();
    void takesNoPartForTheWhole_data();
    void takesNoPartForTheWhole();
    void theTextsOfOthersGoBackAsTheyCame();
    void sendsOnlyWhatChanges();
    void saysWhatIsWrong();
    void twiceIsOnce();
    void overwritesNothingUnseen();
    void anActionThatFails();
    void anActionThatDoesNotEnd();
    void stopsBetweenTwoSetsOnly();
    void waitsForTheWorkOfOthers();
    void waitsWhenToldTo();
    void staysInTheZone();
    void faults_data();
    void faults();

private:
    [[nodiscard]] QByteArray standing(const QByteArray &name) const
    {
        return dataAt(m_service->read(name), name, RecordType::TXT).join('|');
    }

    std::unique_ptr<Service> m_service;
    std::unique_ptr<Standin> m_standin;
};

void tst_Hetzner::init()
{
    m_service = std::make_unique<Service>();
    if (const QString why = m_service->bed.start(QStringLiteral("hetzner")); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_service->provider = m_service->bed.provider("hetzner");
    m_standin = std::make_unique<Standin>(m_service->bed);
    const auto zones = m_service->provider->zones("example.com", Cancel());
    QVERIFY(zones && zones->size() == 1);
    m_service->zone = zones->first();
    QCOMPARE(m_service->provider->traits().isAtomic, false);
    QCOMPARE(m_service->provider->traits().minimumTtl, 60);
}

void tst_Hetzner::readsEveryPage()
{
    QVERIFY(m_standin->expect({}));
    QCOMPARE(m_service->read("many.example.com").size(), 5);
    QCOMPARE(m_standin->requests().size(), 3);
}

void tst_Hetzner::takesNoPartForTheWhole_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<QString>("what");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("fault on the second page") << 2 << QStringLiteral("503") << Error::Kind::Network;
    QTest::newRow("no JSON on the last page")
            << 3 << QStringLiteral("html") << Error::Kind::Malformed;
    QTest::newRow("not told how many pages")
            << 1 << QStringLiteral("no-meta") << Error::Kind::Malformed;
}

void tst_Hetzner::takesNoPartForTheWhole()
{
    QFETCH(int, at);
    QFETCH(QString, what);
    QVERIFY(m_standin->expect({{at, what}}));
    const auto records =
            m_service->provider->records(m_service->zone, {"many.example.com"}, Cancel());
    QVERIFY(!records);
    QTEST(records.error().kind, "kind");
}

/// With their comment; and a TTL that is that of the zone is known.
void tst_Hetzner::theTextsOfOthersGoBackAsTheyCame()
{
    const auto before = m_service->read(Tls);
    QCOMPARE(before.size(), 1);
    QCOMPARE(before.first().record.ttl, 3600);
    QVERIFY(before.first().extra.contains("keep f\xc3\xbcr G"));
    QVERIFY(m_service->apply(
            {m_service->change(Tls, RecordType::TXT, {text(Tls, Foreign), text(Tls, Report)})}));
    const auto after = m_service->read(Tls);
    QCOMPARE(after.size(), 2);
    QVERIFY(after.contains(before.first()));
}

void tst_Hetzner::sendsOnlyWhatChanges()
{
    QVERIFY(m_service->apply({made(Sts, Id1)}));
    const auto writes = [this](const QByteArray &data, int ttl) {
        const SetChange change = m_service->change(Sts, RecordType::TXT, {text(Sts, data, ttl)});
        if (!m_standin->expect({}) || !m_service->apply({change}))
            return QStringList{QStringLiteral("failed")};
        QStringList actions;
        for (const QString &line : m_standin->writes())
            actions.append(line.section(QLatin1Char('/'), -1).section(QLatin1Char(' '), 0, 0));
        return actions;
    };
    QCOMPARE(writes(Id1, 3600), QStringList());
    QCOMPARE(writes(Id2, 3600), QStringList{QStringLiteral("set_records")});
    QCOMPARE(writes(Id2, 600), QStringList{QStringLiteral("change_ttl")});
    QCOMPARE(m_service->read(Sts).first().record.ttl, 600);
    QCOMPARE(writes(Id1, 900),
             (QStringList{QStringLiteral("set_records"), QStringLiteral("change_ttl")}));
    QCOMPARE(standing(Sts), Id1);
}

void tst_Hetzner::saysWhatIsWrong()
{
    const auto refused = m_service->apply(
            {SetChange{Tlsa, RecordType::TLSA, {}, {{Tlsa, RecordType::TLSA, 3600, "3 1 1 zz"}}}});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QVERIFY2(refused.error().detail.contains(QLatin1String("records: ")) &&
                     refused.error().detail.contains(QLatin1String("(invalid_input)")),
             qPrintable(refused.error().detail));
    const auto provider = m_service->bed.provider("hetzner", "wrong");
    const auto zones = provider->zones("example.com", Cancel());
    QVERIFY(!zones);
    QVERIFY(zones.error().what.contains(QLatin1String("Hetzner Console")));
}

/// What is made, or gone, already is as wanted.
void tst_Hetzner::twiceIsOnce()
{
    QVERIFY(m_service->apply({made(Sts, Id1)}));
    QVERIFY(m_service->apply({made(Sts, Id1)}));
    const SetChange removal = m_service->change(Sts, RecordType::TXT, {});
    QVERIFY(m_service->apply({removal}));
    QVERIFY(m_service->apply({removal}));
    QVERIFY(m_service->read(Sts).isEmpty());
}

void tst_Hetzner::overwritesNothingUnseen()
{
    QVERIFY(m_service->apply({made(Sts, Id1)}));
    const auto refused = m_service->apply({made(Sts, Id2)});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QCOMPARE(standing(Sts), Id1);
}

/// The first that fails is the last that is sent.
void tst_Hetzner::anActionThatFails()
{
    QVERIFY(m_standin->expect({{1, QStringLiteral("action-error")}}));
    const auto refused = m_service->apply({made(Sts, Id1), made("_x.example.com", "y")});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QVERIFY(refused.error().detail.contains(QLatin1String("action_failed")));
    QCOMPARE(m_standin->writes().size(), 1);
    QVERIFY(m_service->read(Sts).isEmpty());
}

void tst_Hetzner::anActionThatDoesNotEnd()
{
    const auto impatient = hetzner(*apiAddress(m_service->bed.value("address")),
                                   Secret(m_service->bed.value("secret").toUtf8()), 600);
    QVERIFY(m_standin->expect({{1, QStringLiteral("action-held")}}));
    const auto unknown = impatient->apply(m_service->zone, {made(Sts, Id1)}, Cancel());
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, Error::Kind::Timeout);
    QCOMPARE(m_standin->writes().size(), 1);
}

/// What is sent is waited for to its end, whatever was cancelled meanwhile; what comes after is not sent.
void tst_Hetzner::stopsBetweenTwoSetsOnly()
{
    QVERIFY(m_standin->expect({{1, QStringLiteral("action-held")}}));
    const Cancel cancel;
    std::thread user([&] {
        Standin watched(m_service->bed);
        while (watched.writes().isEmpty())
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        cancel.cancel();
        (void)watched.release();
    });
    const auto stopped = m_service->provider->apply(
            m_service->zone, {made(Sts, Id1), made("_x.example.com", "y")}, cancel);
    user.join();
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind, Error::Kind::Cancelled);
    QCOMPARE(m_standin->writes().size(), 1);
    QCOMPARE(standing(Sts), Id1);
}

/// The zone is locked while an action of somebody else runs.
void tst_Hetzner::waitsForTheWorkOfOthers()
{
    const auto impatient = hetzner(*apiAddress(m_service->bed.value("address")),
                                   Secret(m_service->bed.value("secret").toUtf8()), 0);
    QVERIFY(m_standin->expect({{1, QStringLiteral("action-held")}}));
    QVERIFY(!impatient->apply(m_service->zone, {made("_x.example.com", "y")}, Cancel()));
    const Cancel soon = Cancel().until(QDeadlineTimer(300));
    const auto stopped = m_service->provider->apply(m_service->zone, {made(Sts, Id1)}, soon);
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind, Error::Kind::Cancelled);
    QVERIFY(m_standin->expect({}));
    std::thread other([&] {
        Standin watched(m_service->bed);
        while (watched.writes().isEmpty())
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        (void)watched.release();
    });
    const auto done = m_service->apply({made(Sts, Id1)});
    other.join();
    QVERIFY2(done, qPrintable(done ? QString() : done.error().what + done.error().detail));
    QCOMPARE(standing(Sts), Id1);
    QVERIFY(m_standin->writes().first().endsWith(QLatin1String(" 423")));
}

void tst_Hetzner::waitsWhenToldTo()
{
    QVERIFY(m_standin->expect({{1, QStringLiteral("429")}}));
    QVERIFY(m_service->apply({made(Sts, Id1)}));
    QCOMPARE(m_standin->writes().size(), 2);
    QCOMPARE(standing(Sts), Id1);
}

void tst_Hetzner::staysInTheZone()
{
    QVERIFY(m_standin->expect({}));
    const auto refused = m_service->apply({made(Sts, Id1), made("_mta-sts.example.org", Id1)});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Refused);
    QVERIFY(m_standin->requests().isEmpty());
}

void tst_Hetzner::faults_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<QString>("what");
    QTest::addColumn<When>("when");
    for (int at = 1; at <= 4; ++at) { // create, ask; create, ask
        for (const char *what : {"503", "cut", "html"}) {
            QTest::addRow("%s at %d, before the effect", what, at)
                    << at << QString::fromLatin1(what) << When::BeforeEffect;
            QTest::addRow("%s at %d, after the effect", what, at)
                    << at << QString::fromLatin1(what) << When::AfterEffect;
        }
    }
}

/// Every request of two sets in turn. The answer says no more than is true, nothing is sent twice, and the
/// same again ends well.
void tst_Hetzner::faults()
{
    QFETCH(int, at);
    QFETCH(QString, what);
    QFETCH(When, when);
    const QList<SetChange> changes{made(Sts, Id1), made("_x.example.com", "y")};
    QVERIFY(m_standin->expect({{at, what, when}}));
    const auto applied = m_service->apply(changes);
    const QStringList writes = m_standin->writes();
    QVERIFY(writes.size() <= 2);
    const bool isWrite = at % 2 == 1;
    if (applied) { // a question that got lost was asked again
        QVERIFY(!isWrite && what != QLatin1String("html"));
        QCOMPARE(standing(Sts), Id1);
        QCOMPARE(standing("_x.example.com"), QByteArray("y"));
        return;
    }
    QVERIFY(applied.error().kind ==
            (what == QLatin1String("html") ? Error::Kind::Malformed : Error::Kind::Network));
    QCOMPARE(writes.size(), at <= 2 ? 1 : 2);
    QVERIFY(!(applied.error().what + applied.error().detail)
                     .contains(m_service->bed.value("secret")));
    QVERIFY(m_service->apply(changes));
    QCOMPARE(standing(Sts), Id1);
    QCOMPARE(standing("_x.example.com"), QByteArray("y"));
}

QTEST_GUILESS_MAIN(tst_Hetzner)
#include "tst_hetzner.moc"
