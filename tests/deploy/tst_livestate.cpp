// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/livestate.h"

#include <QTest>

using Answers = QList<QByteArray>;

namespace {

DnsAnswer txt(const QByteArray &name, const Answers &texts)
{
    DnsAnswer answer;
    answer.name = answer.canonicalName = name;
    answer.type = RecordType::TXT;
    answer.status = texts.isEmpty() ? AnswerStatus::NoData : AnswerStatus::Found;
    for (const QByteArray &text : texts)
        answer.rdata.append(char(text.size()) + text);
    return answer;
}

DnsAnswer failedAnswer(const QByteArray &name)
{
    DnsAnswer answer;
    answer.name = name;
    answer.type = RecordType::TXT;
    return answer;
}

PolicyFetch fetch(PolicyFetch::End end, int status, const QByteArray &body)
{
    PolicyFetch fetch;
    fetch.end = end;
    fetch.status = status;
    fetch.body = body;
    return fetch;
}

using End = PolicyFetch::End;

} // namespace

class tst_LiveState : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingLookedAt();
    void policy_data();
    void policy();
    void noAddress();
    void records();
    void sets();
    void aZoneOfItsOwn_data();
    void aZoneOfItsOwn();
    void caa();
};

void tst_LiveState::nothingLookedAt()
{
    Survey survey;
    survey.domain = *DomainName::fromAscii("example.com");
    const LiveState state = liveState(survey);
    QVERIFY(!state.policyKnown && !state.stsKnown && !state.tlsRptKnown);
    for (const LiveRecords &set : liveRecords(survey))
        QVERIFY(!set.known);
}

void tst_LiveState::policy_data()
{
    QTest::addColumn<QList<PolicyFetch>>("fetches");
    QTest::addColumn<bool>("known");
    QTest::addColumn<std::optional<QByteArray>>("body");
    using Fetches = QList<PolicyFetch>;
    using Body = std::optional<QByteArray>;
    QTest::newRow("served") << Fetches{fetch(End::Answered, 200, "a")} << true << Body("a");
    QTest::newRow("not found") << Fetches{fetch(End::Answered, 404, "a")} << true << Body();
    QTest::newRow("empty file is a file")
            << Fetches{fetch(End::Answered, 200, QByteArray(""))} << true << Body(QByteArray(""));
    QTest::newRow("nobody listens") << Fetches{fetch(End::NoConnection, 0, {})} << true << Body();
    QTest::newRow("timed out is not known")
            << Fetches{fetch(End::TimedOut, 0, {})} << false << Body();
    QTest::newRow("one address not heard")
            << Fetches{fetch(End::Answered, 200, "a"), fetch(End::TimedOut, 0, {})} << false
            << Body();
    QTest::newRow("both agree") << Fetches{fetch(End::Answered, 200, "a"),
                                           fetch(End::Answered, 200, "a")}
                                << true << Body("a");
    QTest::newRow("addresses disagree")
            << Fetches{fetch(End::Answered, 200, "a"), fetch(End::Answered, 200, "b")} << true
            << Body();
    QTest::newRow("third agrees with the first only")
            << Fetches{fetch(End::Answered, 200, "a"), fetch(End::Answered, 200, "b"),
                       fetch(End::Answered, 200, "a")}
            << true << Body();
    QTest::newRow("never tried") << Fetches{PolicyFetch()} << false << Body();
}

void tst_LiveState::policy()
{
    QFETCH(QList<PolicyFetch>, fetches);
    Survey survey;
    survey.domain = *DomainName::fromAscii("example.com");
    survey.fetches = fetches;
    QVERIFY(!liveState(survey).policyKnown); // the look is not over
    survey.policyDone = true;
    const LiveState state = liveState(survey);
    QTEST(state.policyKnown, "known");
    QTEST(state.policyBody, "body");
    survey.cancelled = true;
    QVERIFY(!liveState(survey).policyKnown);
}

void tst_LiveState::noAddress()
{
    Survey survey;
    survey.domain = *DomainName::fromAscii("example.com");
    survey.policyDone = true;
    QVERIFY(!liveState(survey).policyKnown);
    survey.policyA = txt("mta-sts.example.com", {});
    survey.policyAaaa = failedAnswer("mta-sts.example.com");
    QVERIFY(!liveState(survey).policyKnown);
    survey.policyAaaa = txt("mta-sts.example.com", {});
    QVERIFY(liveState(survey).policyKnown);
    QVERIFY(!liveState(survey).policyBody);
}

void tst_LiveState::records()
{
    Survey survey;
    survey.domain = *DomainName::fromAscii("example.com");
    survey.sts = txt("_mta-sts.example.com", {"v=STSv1; id=a1", "verification=x"});
    survey.tlsRpt = txt("_smtp._tls.example.com", {"v=TLSRPTv1; rua=mailto:a@example.org"});
    LiveState state = liveState(survey);
    QVERIFY(state.stsKnown && state.tlsRptKnown);
    QCOMPARE(state.stsId, QByteArray("a1"));
    QCOMPARE(state.stsText, QByteArray("v=STSv1; id=a1"));
    QCOMPARE(state.tlsRptText, QByteArray("v=TLSRPTv1; rua=mailto:a@example.org"));

    survey.sts = txt("_mta-sts.example.com", {"v=STSv1; id=a1", "v=STSv1; id=a2"});
    survey.tlsRpt = failedAnswer("_smtp._tls.example.com");
    state = liveState(survey);
    QVERIFY(state.stsKnown && state.stsId.isEmpty()); // senders ignore both
    QVERIFY(!state.tlsRptKnown);

    survey.sts->cut = true;
    QVERIFY(!liveState(survey).stsKnown);
}

void tst_LiveState::sets()
{
    Survey survey;
    survey.domain = *DomainName::fromAscii("example.com");
    survey.sts = txt("_mta-sts.example.com", {"v=STSv1; id=a1", "x"});
    survey.tlsRpt = txt("_smtp._tls.example.com", {"v=TLSRPTv1; rua=mailto:a@example.org"});
    survey.tlsRpt->canonicalName = "_smtp._tls.provider.example";
    const QList<LiveRecords> live = liveRecords(survey);
    QCOMPARE(live.size(), 3);
    QCOMPARE(live.at(0).alias, QByteArray("_smtp._tls.provider.example"));
    QCOMPARE(live.at(2).name, QByteArray("_mta-sts.example.com"));
    QVERIFY(live.at(2).known && live.at(2).alias.isEmpty());
    QCOMPARE(live.at(2).data, (Answers{"v=STSv1; id=a1", "x"}));
}

void tst_LiveState::aZoneOfItsOwn_data()
{
    QTest::addColumn<AnswerStatus>("status");
    QTest::addColumn<QByteArray>("canonicalName");
    QTest::addColumn<bool>("isOwnZone");
    const QByteArray domain = "example.com", elsewhere = "example.net";
    QTest::newRow("name servers") << AnswerStatus::Found << domain << true;
    QTest::newRow("none here: part of the zone above") << AnswerStatus::NoData << domain << false;
    QTest::newRow("not known") << AnswerStatus::Failed << domain << false;
    QTest::newRow("those of where an alias leads") << AnswerStatus::Found << elsewhere << false;
}

void tst_LiveState::aZoneOfItsOwn()
{
    QFETCH(AnswerStatus, status);
    QFETCH(QByteArray, canonicalName);
    Survey survey;
    survey.domain = *DomainName::fromAscii("example.com");
    DnsAnswer answer;
    answer.name = "example.com";
    answer.type = RecordType::NS;
    answer.status = status;
    answer.canonicalName = canonicalName;
    survey.ns = answer;
    QTEST(liveState(survey).isOwnZone, "isOwnZone");
}

/// RFC 8659 3: what an authority would read, and nothing made of what was not answered.
void tst_LiveState::caa()
{
    Survey survey;
    survey.domain = *DomainName::fromAscii("example.com");
    DnsAnswer none = txt("mta-sts.example.com", {}), some = txt("example.com", {}),
              failure = failedAnswer("com");
    some.status = AnswerStatus::Found;
    some.rdata = {QByteArray("\x00\x05issueca.example", 17)};
    none.type = some.type = failure.type = RecordType::CAA;
    survey.caa = {none, some, failure};
    QVERIFY(liveState(survey).caa.isEmpty()); // under way
    survey.caaDone = true;
    const LiveState state = liveState(survey);
    QCOMPARE(state.caa.size(), 3);
    const RelevantCaaSet found = relevantCaaSet("mta-sts.example.com", state.caa);
    QVERIFY(!found.isFailed);
    QCOMPARE(found.name, QByteArray("example.com"));
    QCOMPARE(found.set, (QList<CaaRecord>{{0, "issue", "ca.example"}}));
    QVERIFY(state.caa.last().isFailed);
    survey.caa[1].cut = true; // the rest may allow others
    QVERIFY(relevantCaaSet("mta-sts.example.com", liveState(survey).caa).isFailed);
}

QTEST_GUILESS_MAIN(tst_LiveState)
#include "tst_livestate.moc"
