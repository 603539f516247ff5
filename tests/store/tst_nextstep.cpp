// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a domain stands and what to do next, from every kind of memory, and with wrong clocks.
#include "store/nextstep.h"

#include <QTest>

#include <functional>

namespace {

using Act = NextStep::Act;
using State = DomainState;
using Sts = Report::Sts;

const QDateTime Now({2026, 6, 1}, {12, 0}, Qt::UTC);

QByteArray body(const QByteArray &mode, const QByteArray &mx = "mx1.shop.example")
{
    return "version: STSv1\r\nmode: " + mode + "\r\nmx: " + mx + "\r\nmax_age: 604800\r\n";
}

/// A clean check of yesterday.
KeptDomain site(Sts sts)
{
    KeptDomain kept;
    kept.domain = *DomainName::fromAscii("shop.example");
    LastCheck check;
    check.at = Now.addDays(-1);
    check.verdict = Verdict::Ok;
    check.sts = sts;
    check.dane = Report::Dane::Absent;
    check.tlsRpt = Report::TlsRpt::Present;
    check.mx = {"mx1.shop.example"};
    check.certificates = {{"mx1.shop.example", Now.addDays(-30), Now.addDays(60)}};
    const bool isServed = sts == Sts::Enforce || sts == Sts::Testing || sts == Sts::None;
    const char *mode = sts == Sts::Enforce ? "enforce" : sts == Sts::Testing ? "testing" : "none";
    if (isServed) {
        kept.served = LastServed{"one", body(mode), Now.addDays(-20), check.at, {}};
        kept.cachedUntil = Now.addDays(6);
    }
    if (sts == Sts::Enforce)
        kept.enforcedUntil = kept.cachedUntil;
    if (sts == Sts::Testing)
        kept.testingSince = Now.addDays(-20);
    if (sts == Sts::Absent)
        check.verdict = Verdict::NotDeployed;
    kept.lastCheck = check;
    return kept;
}

using Change = std::function<void(KeptDomain &)>;

void spoil(KeptDomain &kept)
{
    kept.lastCheck->verdict = Verdict::Error;
    kept.lastCheck->problems = 1;
    kept.lastCheck->worst = Finding{"TLS-18", Severity::Error, Group::Mx, {}, {}, {}};
}

} // namespace
Q_DECLARE_METATYPE(Change)

class TestNextStep : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void steps_data()
    {
        QTest::addColumn<Sts>("sts");
        QTest::addColumn<Change>("change");
        QTest::addColumn<State>("state");
        QTest::addColumn<Act>("act");
        const auto row = [](const char *why, Sts sts, State state, Act act, const Change &change) {
            QTest::newRow(why) << sts << change << state << act;
        };
        const auto none = [](KeptDomain &) {};
        row("all good", Sts::Enforce, State::Protected, Act::Nothing, none);
        row("testing for 20 days", Sts::Testing, State::ReadyToEnforce, Act::Enforce, none);
        row("nothing set up", Sts::Absent, State::NotSetUp, Act::SetUp, none);
        row("being removed", Sts::None, State::Removing, Act::WaitToDelete, none);
        row("removal over", Sts::None, State::Removing, Act::Delete,
            [](KeptDomain &kept) { kept.cachedUntil = Now.addSecs(-1); });
        row("removal over, and a check since", Sts::None, State::Removing, Act::Delete,
            [](KeptDomain &kept) {
                kept.cachedUntil = {};
                kept.wasOn = true;
            });
        row("removal of what was never seen", Sts::None, State::Removing, Act::WaitToDelete,
            [](KeptDomain &kept) { kept.cachedUntil = {}; });
        row("never checked", Sts::Enforce, State::NotTested, Act::Check,
            [](KeptDomain &kept) { kept.lastCheck.reset(); });
        row("a problem", Sts::Enforce, State::Problem, Act::Mend, spoil);
        row("a warning", Sts::Enforce, State::Protected, Act::Mend, [](KeptDomain &kept) {
            kept.lastCheck->verdict = Verdict::Warning;
            kept.lastCheck->warnings = 1;
            kept.lastCheck->worst = Finding{"STS-42", Severity::Warning, Group::Policy, {}, {}, {}};
        });
        row("something was not seen", Sts::Enforce, State::NotTested, Act::SeeNotTested,
            [](KeptDomain &kept) {
                kept.lastCheck->verdict = Verdict::Unknown;
                kept.lastCheck->notTested = 2;
            });
        row("MTA-STS was not seen", Sts::Unknown, State::NotTested, Act::SeeNotTested, none);
        row("old check", Sts::Enforce, State::NotTested, Act::Check,
            [](KeptDomain &kept) { kept.lastCheck->at = Now.addDays(-31); });
        row("a check of 30 days", Sts::Enforce, State::Protected, Act::Nothing,
            [](KeptDomain &kept) { kept.lastCheck->at = Now.addDays(-30); });
        row("an old problem stays one", Sts::Enforce, State::Problem, Act::Check,
            [](KeptDomain &kept) {
                spoil(kept);
                kept.lastCheck->at = Now.addDays(-90);
            });
        row("half-way", Sts::Absent, State::Draft, Act::Continue, [](KeptDomain &kept) {
            kept.draft = Choices{};
            kept.draftStep = "policy";
        });
        row("half-way, never checked", Sts::Absent, State::Draft, Act::Continue,
            [](KeptDomain &kept) {
                kept.lastCheck.reset();
                kept.draft = Choices{};
            });
        row("files saved", Sts::Absent, State::Draft, Act::Publish, [](KeptDomain &kept) {
            kept.draft = Choices{};
            kept.draft->delivery = {"20260301T101200", policyDigest(*kept.draft), {}};
        });
        row("files saved, then changed", Sts::Absent, State::Draft, Act::Continue,
            [](KeptDomain &kept) {
                kept.draft = Choices{};
                kept.draft->delivery = {"20260301T101200", policyDigest(*kept.draft), {}};
                kept.draft->maxAge = 5;
            });
        row("half-way to mend a problem", Sts::Enforce, State::Problem, Act::Continue,
            [](KeptDomain &kept) {
                spoil(kept);
                kept.draft = Choices{};
            });
        row("a server that the policy leaves out", Sts::Enforce, State::Protected,
            Act::AddMailServer,
            [](KeptDomain &kept) { kept.lastCheck->mx.append("mx9.shop.example"); });
        row("no enforce while a server is left out", Sts::Testing, State::Testing,
            Act::AddMailServer,
            [](KeptDomain &kept) { kept.lastCheck->mx.append("mx9.shop.example"); });
        row("a pattern for nobody", Sts::Enforce, State::Protected, Act::DropPattern,
            [](KeptDomain &kept) {
                kept.served->body = body("enforce", "mx1.shop.example\r\nmx: old.example");
            });
        row("certificate ends soon", Sts::Enforce, State::Protected, Act::RenewCertificate,
            [](KeptDomain &kept) { kept.lastCheck->certificates[0].notAfter = Now.addDays(10); });
        row("short certificate in its course", Sts::Enforce, State::Protected, Act::Nothing,
            [](KeptDomain &kept) { // six days long: a third is two days
                kept.lastCheck->certificates[0].notBefore = Now.addDays(-3);
                kept.lastCheck->certificates[0].notAfter = Now.addDays(3);
            });
        row("certificate has ended since", Sts::Enforce, State::NotTested, Act::Check,
            [](KeptDomain &kept) { kept.lastCheck->certificates[0].notAfter = Now.addSecs(-60); });
        row("testing for 13 days", Sts::Testing, State::Testing, Act::Wait,
            [](KeptDomain &kept) { kept.testingSince = Now.addDays(-13); });
        row("testing without reports", Sts::Testing, State::Testing, Act::AskForReports,
            [](KeptDomain &kept) { kept.lastCheck->tlsRpt = Report::TlsRpt::Absent; });
        row("testing, something not seen", Sts::Testing, State::NotTested, Act::SeeNotTested,
            [](KeptDomain &kept) {
                kept.lastCheck->verdict = Verdict::Unknown;
                kept.lastCheck->notTested = 1;
            });
        row("deleted while it is enforced", Sts::Absent, State::Problem, Act::Restore,
            [](KeptDomain &kept) { kept.enforcedUntil = Now.addDays(3); });
        row("deleted and forgotten", Sts::Absent, State::NotSetUp, Act::SetUp,
            [](KeptDomain &kept) { kept.enforcedUntil = Now.addDays(-3); });
        row("DANE alone", Sts::Absent, State::Protected, Act::Nothing,
            [](KeptDomain &kept) { kept.lastCheck->dane = Report::Dane::All; });
        row("DANE, not all of it seen", Sts::Absent, State::NotSetUp, Act::SetUp,
            [](KeptDomain &kept) {
                kept.lastCheck->dane = Report::Dane::All;
                kept.lastCheck->notTested = 1;
            });
        // A clock a year off: nothing good is concluded from a time in the future.
        row("checked in the future", Sts::Enforce, State::NotTested, Act::Check,
            [](KeptDomain &kept) { kept.lastCheck->at = Now.addDays(365); });
        row("testing from the future", Sts::Testing, State::Testing, Act::Wait,
            [](KeptDomain &kept) { kept.testingSince = Now.addDays(365); });
        row("testing since nobody knows", Sts::Testing, State::Testing, Act::Wait,
            [](KeptDomain &kept) { kept.testingSince = {}; });
    }
    void steps()
    {
        QFETCH(Sts, sts);
        QFETCH(Change, change);
        KeptDomain kept = site(sts);
        change(kept);
        const NextStep step = nextStep(kept, Now);
        QTEST(step.state, "state");
        QTEST(step.act, "act");
    }

    void valuesAreThere()
    {
        KeptDomain kept = site(Sts::Testing);
        kept.testingSince = Now.addDays(-11);
        QCOMPARE(nextStep(kept, Now).count, 3);
        kept = site(Sts::None);
        QCOMPARE(nextStep(kept, Now).date, Now.addDays(6));
        kept = site(Sts::Enforce);
        kept.lastCheck->certificates.append({"mx2.shop.example", Now.addDays(-80), Now.addDays(9)});
        const NextStep step = nextStep(kept, Now);
        QCOMPARE(step.subject, QByteArray("mx2.shop.example"));
        QCOMPARE(step.date, Now.addDays(9));
        kept = site(Sts::Testing);
        QCOMPARE(nextStep(kept, Now).count, 20);
        spoil(kept);
        QCOMPARE(nextStep(kept, Now).finding->id, QByteArray("TLS-18"));
    }

    void theModeIsTheOneSeenLast()
    {
        KeptDomain kept = site(Sts::Enforce);
        kept.lastCheck->sts = Sts::Unknown;
        kept.lastCheck->verdict = Verdict::Unknown;
        QCOMPARE(nextStep(kept, Now).mode, Sts::Enforce);
        kept.served->gone = Now;
        QCOMPARE(nextStep(kept, Now).mode, Sts::Unknown);
        QVERIFY(nextStep(site(Sts::Absent), Now).mode == Sts::Absent);
    }

    /// ux: Problem, Not tested, Draft, Ready to enforce, Testing, Protected, Not set up.
    void theOrderIsThatOfUrgency()
    {
        QVERIFY(State::Problem < State::NotTested);
        QVERIFY(State::NotTested < State::Draft);
        QVERIFY(State::Draft < State::ReadyToEnforce);
        QVERIFY(State::ReadyToEnforce < State::Testing);
        QVERIFY(State::Testing < State::Protected);
        QVERIFY(State::Protected < State::NotSetUp);
    }
};
QTEST_GUILESS_MAIN(TestNextStep)
#include "tst_nextstep.moc"
