// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way in practice: the real plan, push and proof against the small Internet, and back.
#include "check/checks.h"
#include "deploy/proposal.h"
#include "draft.h"
#include "practicerun.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using Practice::Stage;

namespace {

DomainName domain()
{
    return DomainName::parse(QString::fromLatin1(Practice::Domain)).domain;
}

struct Seen
{
    Survey survey;
    Report report;
};

Seen seenIn(const PracticeRun &run)
{
    Network network(run.world().network());
    Seen seen;
    seen.survey = look(domain(), network.options().look, network.doors(), Cancel());
    seen.report = judge(seen.survey);
    return seen;
}

/// As the window does it.
Outcome pushed(const PracticeRun &run, Policy::Mode mode, const QString &journals)
{
    const Seen now = seenIn(run);
    Choices choices = proposedChoices(now.survey);
    choices.mode = mode;
    choices.maxAge = 604800;
    choices.reportTo = {"mailto:reports@practice.example"};
    choices.hosting = Hosting::CloudflareWorker;
    const LiveState live = liveState(now.survey);
    const PublishDoors doors = run.doors(run.world().network());
    auto service = doors.open({"cloudflare", {}, {}, {}}, Secret(run.token()));
    Outcome failed;
    if (!service)
        return failed;
    service->host = Service::Host::Service;
    const Cancel cancel;
    const auto plan = planAt(*service, deployment(choices, live, now.survey.at), live, cancel);
    if (!plan) {
        failed.trouble = plan.error();
        return failed;
    }
    auto journal = Journal::start(journals, *plan, QDateTime::currentDateTimeUtc());
    if (!journal)
        return failed;
    const PushDoors pushDoors{*service->provider, doors.servedPolicy,
                              [&](const Cancel &stop) { return doors.nameServers({}, stop); },
                              service->policyHost.get()};
    PushLimits limits;
    limits.served.firstMs = limits.served.laterMs = 50;
    return push(*plan, pushDoors, *journal, cancel, {}, limits);
}

QString why(const Outcome &outcome)
{
    return outcome.trouble ? outcome.trouble->what + outcome.trouble->detail : QString();
}

} // namespace

class TestPracticeRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void publishedFromNothingToEnforce()
    {
        PracticeRun run;
        run.setCertificateMs(300);
        QVERIFY(run.start());
        QTemporaryDir journals;
        QCOMPARE(seenIn(run).report.sts, Report::Sts::Absent);

        Outcome outcome;
        {
            // The certificate comes by the clock of the window, so the push has a thread of its own.
            QThreadPool pool;
            std::atomic<bool> isDone = false;
            pool.start([&] {
                outcome = pushed(run, Policy::Mode::Testing, journals.path());
                isDone = true;
            });
            QTRY_VERIFY_WITH_TIMEOUT(isDone, 30000);
        }
        QVERIFY2(outcome.state == Outcome::State::Done, qPrintable(why(outcome)));
        Seen seen = seenIn(run);
        QCOMPARE(seen.report.sts, Report::Sts::Testing);
        QCOMPARE(seen.report.count(Severity::Error), 0);

        outcome = pushed(run, Policy::Mode::Enforce, journals.path());
        QVERIFY2(outcome.state == Outcome::State::Done, qPrintable(why(outcome)));
        QCOMPARE(seenIn(run).report.sts, Report::Sts::Enforce);
        outcome = pushed(run, Policy::Mode::Enforce, journals.path());
        QCOMPARE(outcome.state, Outcome::State::Nothing);

        QSignalSpy happened(&run, &PracticeRun::happened);
        run.setAccidents({"starttls-removed"});
        QTRY_COMPARE(happened.size(), 1);
        QVERIFY(seenIn(run).report.count(Severity::Error) > 0);
        run.setAccidents({});
        QTRY_COMPARE(happened.size(), 2);
        QCOMPARE(seenIn(run).report.count(Severity::Error), 0);
    }

    /// What was served is held until its last day, and the removal that waits for it goes on then.
    void timePasses()
    {
        PracticeRun run;
        QVERIFY(run.start());
        QSignalSpy happened(&run, &PracticeRun::happened);
        run.startOver(Stage::Enforce);
        QTRY_COMPARE(happened.size(), 1);
        const Engine engine = run.engine();
        const auto look = [&] { return engine.look(domain(), Cancel(), [](const Survey &) {}); };
        Survey survey = look();
        KeptDomain kept;
        kept.domain = domain();
        kept = afterCheck(kept, survey, engine.judge(survey, LastSeen()));
        QVERIFY(kept.cachedUntil > survey.at.addDays(29));
        for (const int days : {31, 366}) {
            run.turnForward(days);
            QTRY_COMPARE(happened.size(), days == 31 ? 2 : 3);
            survey = look();
            QVERIFY(survey.at > kept.cachedUntil);
            QVERIFY(qAbs(survey.at.secsTo(engine.now())) < 3600);
            const Report report = engine.judge(survey, kept.lastSeen());
            QCOMPARE(report.count(Severity::Error),
                     0); // the certificates were renewed, TLSA with them
            QCOMPARE(report.count(Severity::Unknown), 0);
            QCOMPARE(report.count(Severity::Warning), 0);
        }
        run.setAccidents({"host-certificate-early", "mail-certificate-expired"});
        QTRY_COMPARE(happened.size(), 4);
        QCOMPARE(engine.judge(look(), LastSeen()).sts, Report::Sts::Broken);
        run.turnForward(100000);
        QTRY_COMPARE(happened.size(), 5);
        QVERIFY(run.now() < QDateTime::currentDateTimeUtc().addDays(3651)); // dates stay dates
    }

    void brokenSignaturesAreNoMissingNetwork()
    {
        PracticeRun run;
        QVERIFY(run.start());
        QSignalSpy happened(&run, &PracticeRun::happened);
        run.setAccidents({"dnssec-broken"});
        QTRY_COMPARE(happened.size(), 1);
        const Survey survey = seenIn(run).survey;
        QVERIFY(survey.mx && !survey.mx->isKnown());
        QVERIFY(!nothingAnswered(survey));
    }

    /// In the middle, as the service says it; with the new one the rest is done.
    void theTokenIsTakenBack()
    {
        PracticeRun run;
        QVERIFY(run.start());
        QTemporaryDir journals;
        QSignalSpy happened(&run, &PracticeRun::happened);
        run.startOver(Stage::Testing);
        QTRY_COMPARE(happened.size(), 1);
        const QByteArray first = run.token();
        run.setAccidents({Practice::TokenRevoked});
        QTRY_COMPARE(happened.size(), 2);
        QCOMPARE(seenIn(run).report.count(Severity::Error), 0); // nothing shows of it yet
        Outcome outcome = pushed(run, Policy::Mode::Enforce, journals.path());
        QVERIFY(outcome.state != Outcome::State::Done);
        QVERIFY2(why(outcome).contains(QLatin1String("does not know this token")),
                 qPrintable(why(outcome)));
        const Practice::Published half = run.situation().published;
        QVERIFY(half.policy->contains("mode: enforce")); // the file was first
        QCOMPARE(half.sts, publishedAt(Stage::Testing).sts);
        run.setAccidents({});
        QTRY_VERIFY(run.token() != first);
        outcome = pushed(run, Policy::Mode::Enforce, journals.path());
        QVERIFY2(outcome.state == Outcome::State::Done, qPrintable(why(outcome)));
        QCOMPARE(seenIn(run).report.sts, Report::Sts::Enforce);
    }

    void theServiceHasWhatOneStartsWith()
    {
        PracticeRun run;
        QVERIFY(run.start());
        QSignalSpy happened(&run, &PracticeRun::happened);
        run.startOver(Stage::Enforce);
        QTRY_COMPARE(happened.size(), 1);
        const auto service = run.doors(run.world().network())
                                     .open({"cloudflare", {}, {}, {}}, Secret(run.token()));
        QVERIFY(service);
        const auto zones = service->provider->zones("_mta-sts.practice.example", Cancel());
        QVERIFY(zones && zones->size() == 1);
        const auto records =
                service->provider->records(zones->first(), namesToRead(domain()), Cancel());
        QVERIFY(records);
        QCOMPARE(records->size(), 3); // reports, record, and the host's own
        const auto state = service->policyHost->look(zones->first(), "mta-sts.practice.example",
                                                     *publishedAt(Stage::Enforce).policy, Cancel());
        QVERIFY(state && state->isCurrent);
        QCOMPARE(seenIn(run).report.sts, Report::Sts::Enforce);
    }

    /// It can be forgotten, to be replaced by another one.
    void noTokenIsKept()
    {
        PracticeRun run;
        QVERIFY(run.start());
        const KeyStore keys = run.doors(run.world().network()).keys;
        int answers = 0;
        keys.keep(QStringLiteral("a"), Secret("b"), this, [&](const Result<void> &result) {
            QVERIFY(!result);
            ++answers;
        });
        keys.read(QStringLiteral("a"), this, [&](const Result<Secret> &result) {
            QVERIFY(!result);
            ++answers;
        });
        keys.forget(QStringLiteral("a"), this, [&](const Result<void> &result) {
            QVERIFY(result);
            ++answers;
        });
        QTRY_COMPARE(answers, 3);
    }

    /// No token may go out.
    void noOtherServiceIsThere()
    {
        PracticeRun run;
        QVERIFY(run.start());
        const PublishDoors doors = run.doors(run.world().network());
        for (const char *other : {"desec", "hetzner", "powerdns", "rfc2136"})
            QVERIFY(!doors.open({other, QStringLiteral("http://127.0.0.1:1"), {}, {}},
                                Secret("a")));
        const auto wrong =
                doors.open({"cloudflare", {}, {}, {}}, Secret("a-token-of-the-real-one"));
        QVERIFY(wrong);
        QVERIFY(!wrong->provider->zones("practice.example", Cancel()));
    }
};

QTEST_MAIN(TestPracticeRun)
#include "tst_practicerun.moc"
