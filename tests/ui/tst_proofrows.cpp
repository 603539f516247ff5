// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/checks.h"
#include "deploy/proposal.h"
#include "fakes/fakedoors.h"
#include "proofrows.h"

#include <QTest>

using namespace std::chrono_literals;
using Kind = ProofRow::Kind;
using State = ProofRow::State;

namespace {

const QByteArray Body = "version: STSv1\r\nmode: testing\r\nmx: mx1.shop.example\r\n"
                        "mx: mx2.shop.example\r\nmax_age: 86400\r\n";

struct Proof
{
    FakeWorld world;
    Deployment wanted;
    Survey survey;
    QList<ProofRow> rows;

    Proof()
    {
        world.setPolicy(Body);
        world.dns.txt("_mta-sts.shop.example", {"v=STSv1; id=new1"});
        world.dns.txt("_smtp._tls.shop.example", {"v=TLSRPTv1; rua=mailto:r@shop.example"});
        Choices choices;
        choices.domain = world.domain;
        choices.mx = {*MxPattern::parse("mx1.shop.example"), *MxPattern::parse("mx2.shop.example")};
        choices.reportTo = {"mailto:r@shop.example"};
        choices.delivery = {"new1", policyDigest(choices), {}};
        wanted = deployment(choices, {}, QDateTime::currentDateTimeUtc());
    }
    void look(const Cancel &cancel = {})
    {
        survey = world.look(cancel);
        rows = proofRows(wanted, survey, judge(survey, {}));
    }
    [[nodiscard]] State state(Kind kind) const
    {
        for (const ProofRow &row : rows)
            if (row.kind == kind)
                return row.state;
        qFatal("no such row");
    }
};

} // namespace

class tst_ProofRows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everythingArrived()
    {
        Proof proof;
        proof.look();
        QVERIFY(isPublished(proof.rows));
        QCOMPARE(proof.rows.size(), 5);
        QVERIFY(!nextLookIn(proof.rows, proof.survey));
    }

    void nothingLookedAtIsNotTested()
    {
        Proof proof;
        const QList<ProofRow> rows = proofRows(proof.wanted, {}, {});
        QVERIFY(!isPublished(rows));
        for (const ProofRow &row : rows)
            QCOMPARE(row.state, State::NotTested);
        QVERIFY(!isPublished({}));
    }

    void stoppedIsNotTested()
    {
        Proof proof;
        proof.world.dns.hold();
        Cancel cancel;
        cancel.cancel();
        proof.look(cancel);
        QVERIFY(!isPublished(proof.rows));
        for (const ProofRow &row : proof.rows)
            QVERIFY(row.state != State::Seen);
    }

    /// The file is new and the record was forgotten: the case that must never look finished.
    void theOldIdIsSomethingElse()
    {
        Proof proof;
        proof.world.dns.txt("_mta-sts.shop.example", {"v=STSv1; id=old1"});
        proof.look();
        QCOMPARE(proof.state(Kind::File), State::Seen);
        QCOMPARE(proof.state(Kind::Record), State::Other);
        QVERIFY(!isPublished(proof.rows));
        QCOMPARE(nextLookIn(proof.rows, proof.survey), std::optional<std::chrono::seconds>(60s));
    }

    void record_data()
    {
        QTest::addColumn<QList<QByteArray>>("texts");
        QTest::addColumn<int>("state");
        QTest::newRow("as wanted") << QList<QByteArray>{"v=STSv1; id=new1;"} << int(State::Seen);
        QTest::newRow("absent") << QList<QByteArray>{} << int(State::Waiting);
        QTest::newRow("only foreign texts") << QList<QByteArray>{"x"} << int(State::Waiting);
        QTest::newRow("two of them")
                << QList<QByteArray>{"v=STSv1; id=new1", "v=STSv1; id=old1"} << int(State::Other);
        QTest::newRow("broken") << QList<QByteArray>{"v=STSv1; id=new-1"} << int(State::Other);
    }
    void record()
    {
        QFETCH(QList<QByteArray>, texts);
        QFETCH(int, state);
        Proof proof;
        proof.world.dns.txt("_mta-sts.shop.example", texts);
        proof.look();
        QCOMPARE(int(proof.state(Kind::Record)), state);
        QCOMPARE(isPublished(proof.rows), state == int(State::Seen));
    }

    void dnsThatFailsIsNotTested()
    {
        Proof proof;
        proof.world.dns.fails("_mta-sts.shop.example", RecordType::TXT);
        proof.look();
        QCOMPARE(proof.state(Kind::Record), State::NotTested);
        QVERIFY(!isPublished(proof.rows));
    }

    void oneOctetIsSomethingElse()
    {
        Proof proof;
        proof.world.setPolicy(QByteArray(Body).replace("86400", "86401"));
        proof.look();
        QCOMPARE(proof.state(Kind::File), State::Other);
    }

    /// RFC 8461 3.3 wants five minutes after a GET that failed.
    void afterAFailedGetItWaitsLonger()
    {
        Proof proof;
        for (PolicyFetch &fetch : proof.world.http.fetches)
            fetch.status = 404;
        proof.look();
        QCOMPARE(proof.state(Kind::File), State::Other);
        QCOMPARE(nextLookIn(proof.rows, proof.survey), std::optional<std::chrono::seconds>(5min));
    }

    void badMailServersAreNotThePublishing()
    {
        Proof proof;
        for (SmtpFacts &facts : proof.world.smtp.facts)
            facts.tls.pkix.expired = true;
        proof.look();
        QCOMPARE(proof.state(Kind::MailServers), State::Other);
        QVERIFY(isPublished(proof.rows));
    }

    void comingBack()
    {
        Proof proof;
        const QDateTime now(QDate(2026, 11, 25), QTime(12, 0), Qt::UTC);
        QCOMPARE(comeBack(proof.wanted, {}, {}, now).on, QDate(2026, 12, 9));
        QCOMPARE(comeBack(proof.wanted, now.addDays(-10), {}, now).on, QDate(2026, 11, 29));
        // A clock that was a year ahead does not put it off by a year.
        QCOMPARE(comeBack(proof.wanted, now.addDays(365), {}, now).on, QDate(2026, 12, 9));
        proof.wanted.policy.mode = Policy::Mode::Enforce;
        QCOMPARE(comeBack(proof.wanted, {}, {}, now).what, ComeBack::For::Longer);
        proof.wanted.policy.maxAge = 30 * 86400;
        QCOMPARE(comeBack(proof.wanted, {}, {}, now).what, ComeBack::For::Nothing);
        proof.wanted.policy.mode = Policy::Mode::None;
        proof.wanted.policy.maxAge = 86400;
        QVERIFY(!comeBack(proof.wanted, {}, {}, now).on.isValid()); // not known, not guessed
        QCOMPARE(comeBack(proof.wanted, {}, now.addDays(20), now).on, QDate(2026, 12, 15));
    }
};
QTEST_GUILESS_MAIN(tst_ProofRows)
#include "tst_proofrows.moc"
