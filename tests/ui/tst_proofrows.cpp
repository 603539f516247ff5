// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/checks.h"
#include "deploy/proposal.h"
#include "fakekeys.h"
#include "fakes/fakedoors.h"
#include "net/dane.h"
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
    /// Everything answered by a provider.
    void delegate()
    {
        LiveState live;
        live.delegateRecord = "sts.provider.example";
        live.delegateHost = "web.provider.example";
        Choices choices;
        choices.domain = world.domain;
        choices.reportTo = {"mailto:r@shop.example"};
        choices.hosting = Hosting::Delegated;
        wanted = deployment(choices, live, QDateTime::currentDateTimeUtc());
        world.dns.remove("_mta-sts.shop.example");
        world.dns.alias("_mta-sts.shop.example", live.delegateRecord);
        world.dns.txt(live.delegateRecord, {"v=STSv1; id=1"});
        world.dns.remove("mta-sts.shop.example");
        world.dns.alias("mta-sts.shop.example", live.delegateHost);
        world.dns.a(live.delegateHost, {QStringLiteral("192.0.2.80")});
    }
    [[nodiscard]] ProofRow row(Kind kind) const
    {
        for (const ProofRow &row : rows)
            if (row.kind == kind)
                return row;
        qFatal("no such row");
    }
    [[nodiscard]] State state(Kind kind) const { return row(kind).state; }
};

} // namespace

class tst_ProofRows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tlsa_data()
    {
        QTest::addColumn<QByteArray>("there"); // "key", "other", "none", "alias"
        QTest::addColumn<bool>("isSigned");
        QTest::addColumn<int>("state");
        QTest::newRow("there, and the server shows the key")
                << QByteArray("key") << true << int(State::Seen);
        QTest::newRow("there, and the server shows another key")
                << QByteArray("other") << true << int(State::Other);
        QTest::newRow("not there yet") << QByteArray("none") << true << int(State::Waiting);
        QTest::newRow("in an unsigned zone") << QByteArray("key") << false << int(State::NotTested);
        QTest::newRow("an alias stands there")
                << QByteArray("alias") << true << int(State::NotTested);
    }
    void tlsa()
    {
        QFETCH(QByteArray, there);
        QFETCH(bool, isSigned);
        QFETCH(int, state);
        Proof proof;
        const QByteArray owner = "_25._tcp.mx1.shop.example";
        const QList<Certificate> chain = fakeChain("mx1.shop.example");
        proof.world.smtp.facts[QStringLiteral("192.0.2.1")].tls.chain = chain;
        const QByteArray shown = there == "other" ? "other.example" : "mx1.shop.example";
        const TlsaRecord record{3, 1, 1, tlsaData(fakeChain(shown).first(), 1, 1)};
        proof.wanted.tlsa = {{owner, RecordType::TLSA, 3600, tlsaToText(record)}};
        if (!isSigned)
            proof.world.dns.setDefaultSecurity(Security::Insecure);
        if (there == "alias") {
            proof.world.dns.tlsa("tlsa.shop.example", {record});
            proof.world.dns.alias(owner, "tlsa.shop.example");
        } else if (there != "none") {
            proof.world.dns.tlsa(owner, {record});
        }
        proof.look();
        const auto row = std::find_if(proof.rows.begin(), proof.rows.end(),
                                      [](const ProofRow &one) { return one.kind == Kind::Tlsa; });
        QVERIFY(row != proof.rows.end());
        QCOMPARE(int(row->state), state);
        QCOMPARE(row->about, QStringLiteral("mx1.shop.example"));
    }

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

    /// RFC 8461 3.3: a sender picks any address. Those that were tried count, each of them.
    void severalAddresses_data()
    {
        QTest::addColumn<int>("second"); // PolicyFetch::End of the other address
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("untried");
        using End = PolicyFetch::End;
        QTest::newRow("both give it") << int(End::Answered) << 200 << Body << int(State::Seen) << 0;
        QTest::newRow("one cannot be tried")
                << int(End::NotTried) << 0 << QByteArray() << int(State::Seen) << 1;
        QTest::newRow("another body")
                << int(End::Answered) << 200 << QByteArray(Body).replace("testing", "enforce")
                << int(State::Other) << 0;
        QTest::newRow("one has no file")
                << int(End::Answered) << 404 << QByteArray() << int(State::Other) << 0;
        QTest::newRow("one is not heard")
                << int(End::NoConnection) << 0 << QByteArray() << int(State::Waiting) << 0;
        QTest::newRow("one takes too long")
                << int(End::TimedOut) << 0 << QByteArray() << int(State::Waiting) << 0;
    }
    void severalAddresses()
    {
        QFETCH(int, second);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        Proof proof;
        const QString other = QStringLiteral("192.0.2.81");
        proof.world.dns.a("mta-sts.shop.example", {QStringLiteral("192.0.2.80"), other});
        PolicyFetch fetch = *proof.world.http.fetches.cbegin();
        fetch.end = PolicyFetch::End(second);
        fetch.status = status;
        fetch.body = body;
        proof.world.http.fetches.insert(other, fetch);
        proof.look();
        QTEST(int(proof.state(Kind::File)), "state");
        QTEST(int(proof.row(Kind::File).untried), "untried");
        QCOMPARE(isPublished(proof.rows), proof.state(Kind::File) == State::Seen);
        QCOMPARE(proof.row(Kind::File).seen.isEmpty(), proof.state(Kind::File) == State::Seen);
    }

    void anAddressThatAnswersWithABadCertificate()
    {
        Proof proof;
        const QString other = QStringLiteral("192.0.2.81");
        proof.world.dns.a("mta-sts.shop.example", {QStringLiteral("192.0.2.80"), other});
        PolicyFetch fetch = *proof.world.http.fetches.cbegin();
        fetch.tls.pkix.expired = true;
        proof.world.http.fetches.insert(other, fetch);
        proof.look();
        QCOMPARE(proof.state(Kind::File), State::Other);
    }

    void noAddressThatCouldBeTried()
    {
        Proof proof;
        proof.world.options.allowPrivate = false; // the addresses of the tests are not public ones
        proof.look();
        QCOMPARE(proof.state(Kind::File), State::NotTested);
        QVERIFY(!isPublished(proof.rows));
    }

    void nobodyAnswersYet()
    {
        Proof proof;
        proof.world.http.fetches.clear();
        proof.look();
        QCOMPARE(proof.state(Kind::File), State::Waiting);
        QVERIFY(!proof.row(Kind::File).seen.isEmpty());
    }

    void addressesThatCannotBeAskedForAreNotTested()
    {
        Proof proof;
        proof.world.dns.fails("mta-sts.shop.example", RecordType::AAAA);
        proof.look();
        QCOMPARE(proof.state(Kind::File), State::NotTested);
    }

    void delegated_data()
    {
        QTest::addColumn<QByteArray>("alias"); // of _mta-sts
        QTest::addColumn<QByteArray>("behind");
        QTest::addColumn<int>("state");
        QTest::newRow("as wanted") << QByteArray("sts.provider.example")
                                   << QByteArray("v=STSv1; id=1") << int(State::Seen);
        QTest::newRow("to somebody else") << QByteArray("sts.other.example")
                                          << QByteArray("v=STSv1; id=1") << int(State::NotTested);
        QTest::newRow("as wanted, not ready there")
                << QByteArray("sts.provider.example") << QByteArray() << int(State::Waiting);
        QTest::newRow("as wanted, broken there") << QByteArray("sts.provider.example")
                                                 << QByteArray("v=STSv1;") << int(State::Other);
        QTest::newRow("no alias but a record")
                << QByteArray() << QByteArray("v=STSv1; id=1") << int(State::Other);
        QTest::newRow("nothing") << QByteArray() << QByteArray() << int(State::Waiting);
    }
    void delegated()
    {
        QFETCH(QByteArray, alias);
        QFETCH(QByteArray, behind);
        Proof proof;
        proof.delegate();
        proof.world.dns.remove("sts.provider.example");
        proof.world.dns.remove("_mta-sts.shop.example");
        if (!alias.isEmpty())
            proof.world.dns.alias("_mta-sts.shop.example", alias);
        if (!behind.isEmpty())
            proof.world.dns.txt(alias.isEmpty() ? "_mta-sts.shop.example" : alias, {behind});
        proof.look();
        QTEST(int(proof.state(Kind::Record)), "state");
        const bool isSeen = proof.state(Kind::Record) == State::Seen;
        QCOMPARE(isPublished(proof.rows), isSeen);
        QCOMPARE(proof.row(Kind::Record).aliasWanted.isEmpty(),
                 proof.state(Kind::Record) != State::NotTested);
    }

    void delegatedHost_data()
    {
        QTest::addColumn<QByteArray>("alias"); // of mta-sts; empty: an address of one's own
        QTest::addColumn<int>("state");
        QTest::newRow("as wanted, in capitals")
                << QByteArray("Web.Provider.example") << int(State::Seen);
        QTest::newRow("to somebody else")
                << QByteArray("web.other.example") << int(State::NotTested);
        QTest::newRow("an own server") << QByteArray() << int(State::Other);
    }
    void delegatedHost()
    {
        QFETCH(QByteArray, alias);
        Proof proof;
        proof.delegate();
        if (alias.isEmpty()) {
            proof.world.dns.remove("mta-sts.shop.example");
            proof.world.dns.a("mta-sts.shop.example", {QStringLiteral("192.0.2.80")});
        } else {
            proof.world.dns.alias("mta-sts.shop.example", alias.toLower());
            proof.world.dns.a(alias, {QStringLiteral("192.0.2.80")});
            proof.wanted.records[1].data = alias.contains("other") ? "web.provider.example" : alias;
        }
        proof.look();
        QTEST(int(proof.state(Kind::Host)), "state");
        QCOMPARE(isPublished(proof.rows), proof.state(Kind::Host) == State::Seen);
    }

    void mailServersThatOnlyWarnAreNotProved()
    {
        Proof proof;
        for (SmtpFacts &facts : proof.world.smtp.facts)
            facts.tls.pkix.trusted = false;
        proof.look();
        QVERIFY(proof.state(Kind::MailServers) != State::Seen);
        Report kind = judge(proof.survey, {});
        for (Finding &finding : kind.findings) // a mild judge changes nothing
            finding.severity = Severity::Ok;
        const QList<ProofRow> rows = proofRows(proof.wanted, proof.survey, kind);
        QVERIFY(rows.constLast().state != State::Seen);
    }
};
QTEST_GUILESS_MAIN(tst_ProofRows)
#include "tst_proofrows.moc"
