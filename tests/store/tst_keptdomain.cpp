// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is remembered after a check: STS-15, 87, 88, 93, checks that saw little, clocks that are wrong.
#include "fakes/fakedoors.h"
#include "store/keptdomain.h"

#include <QTest>

namespace {

constexpr qint64 Day = 86400;

QByteArray policy(const QByteArray &mode, qint64 maxAge, const QByteArray &extra = {})
{
    return "version: STSv1\r\nmode: " + mode +
           "\r\nmx: mx1.shop.example\r\nmx: mx2.shop.example\r\n" + extra +
           "max_age: " + QByteArray::number(maxAge) + "\r\n";
}

/// A world whose clock, and that of its servers, can be set.
struct Site : FakeWorld
{
    Site() { serve("enforce", 30 * Day, "one"); }
    void serve(const QByteArray &mode, qint64 maxAge, const QByteArray &id,
               const QByteArray &extra = {})
    {
        setPolicy(policy(mode, maxAge, extra));
        dns.txt("_mta-sts.shop.example", {"v=STSv1; id=" + id + ";"});
    }
    Survey seen(const QDateTime &ours, const QDateTime &theirs = {})
    {
        for (PolicyFetch &fetch : http.fetches) {
            fetch.at = ours;
            fetch.serverDate = theirs.isValid() ? theirs : ours;
        }
        Survey survey = look();
        survey.at = ours;
        return survey;
    }
    KeptDomain check(const KeptDomain &kept, const QDateTime &ours, const QDateTime &theirs = {})
    {
        const Survey survey = seen(ours, theirs);
        return afterCheck(kept, survey, judge(survey, kept.lastSeen()));
    }
};

const QDateTime Now = QDateTime::currentDateTimeUtc();

bool has(const Report &report, const char *id)
{
    return std::any_of(report.findings.begin(), report.findings.end(),
                       [id](const Finding &finding) { return finding.id == id; });
}

} // namespace

class TestKeptDomain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aCheckIsRemembered()
    {
        Site site;
        const KeptDomain kept = site.check({}, Now);
        QCOMPARE(kept.domain, site.domain);
        QVERIFY(kept.lastCheck && kept.served);
        QCOMPARE(kept.lastCheck->at, Now);
        QCOMPARE(kept.lastCheck->sts, Report::Sts::Enforce);
        QCOMPARE(kept.lastCheck->problems, 0);
        QCOMPARE(kept.lastCheck->mx, (QList<QByteArray>{"mx1.shop.example", "mx2.shop.example"}));
        QCOMPARE(kept.lastCheck->certificates.size(), 3); // two mail servers, the policy host
        QCOMPARE(kept.served->id, QByteArray("one"));
        QCOMPARE(kept.served->body, policy("enforce", 30 * Day));
        QCOMPARE(kept.served->since, Now);
        QCOMPARE(kept.largestMaxAge, 30 * Day);
        QCOMPARE(kept.cachedUntil, Now.addDays(30));
        QCOMPARE(kept.enforcedUntil, Now.addDays(30));
        QVERIFY(!kept.testingSince.isValid());
    }

    void theWorstFindingIsRemembered()
    {
        Site site;
        site.smtp.facts[QStringLiteral("192.0.2.2")] = {};
        site.smtp.facts[QStringLiteral("192.0.2.2")].end = SmtpFacts::End::NoStartTls;
        site.smtp.facts[QStringLiteral("192.0.2.2")].stage = SmtpFacts::Stage::Ehlo;
        const KeptDomain kept = site.check({}, Now);
        QVERIFY(kept.lastCheck->problems > 0);
        QVERIFY(kept.lastCheck->worst);
        QCOMPARE(kept.lastCheck->worst->severity, Severity::Error);
    }

    void aCheckThatSawLittleTakesNothingAway_data()
    {
        QTest::addColumn<QString>("spoilt");
        QTest::newRow("stopped") << "stopped";
        QTest::newRow("no network") << "offline";
        QTest::newRow("another domain") << "another";
    }
    void aCheckThatSawLittleTakesNothingAway()
    {
        QFETCH(QString, spoilt);
        Site site;
        const KeptDomain before = site.check({}, Now.addDays(-1));
        Survey survey = site.seen(Now);
        if (spoilt == QLatin1String("stopped")) {
            survey.cancelled = true;
            survey.policyDone = false;
            survey.sts.reset();
        } else if (spoilt == QLatin1String("offline")) {
            for (const char *name : {"shop.example", "_mta-sts.shop.example",
                                     "_smtp._tls.shop.example", "mta-sts.shop.example"}) {
                site.dns.remove(name);
                site.dns.failsAll(name);
            }
            survey = site.seen(Now);
        } else {
            survey.domain = *DomainName::fromAscii("club.example");
        }
        QCOMPARE(afterCheck(before, survey, judge(survey)), before);
    }

    void whatWasNotSeenStays()
    {
        Site site;
        const KeptDomain before = site.check({}, Now.addDays(-1));
        site.dns.fails("shop.example", RecordType::MX);
        site.dns.fails("_mta-sts.shop.example", RecordType::TXT);
        const KeptDomain after = site.check(before, Now);
        QCOMPARE(after.lastCheck->at, Now);
        QCOMPARE(after.lastCheck->verdict, Verdict::Unknown);
        QCOMPARE(after.lastCheck->mx, before.lastCheck->mx);
        QCOMPARE(after.lastCheck->certificates.size(), 3);
        QCOMPARE(after.served, before.served);
        // The file was seen: whoever finds the record may take it for 30 days from now.
        QCOMPARE(after.cachedUntil, Now.addDays(30));
    }

    void aServerThatDidNotAnswerKeepsItsCertificate()
    {
        Site site;
        const KeptDomain before = site.check({}, Now.addDays(-1));
        site.smtp.facts.remove(QStringLiteral("192.0.2.2"));
        const KeptDomain after = site.check(before, Now);
        QCOMPARE(after.lastCheck->certificates.size(), 3);
        site.dns.mx("shop.example", {{10, "mx1.shop.example"}});
        QCOMPARE(site.check(before, Now).lastCheck->certificates.size(), 2);
    }

    void theEarliestCertificateOfAHostCounts()
    {
        Site site;
        site.dns.a("mx1.shop.example", {QStringLiteral("192.0.2.1"), QStringLiteral("192.0.2.3")});
        site.smtp.facts[QStringLiteral("192.0.2.3")] =
                goodServer(QStringLiteral("mx1.shop.example"));
        site.smtp.facts[QStringLiteral("192.0.2.3")].tls.chain = {
                fakeCertificate({QStringLiteral("mx1.shop.example")}, Now.addDays(5))};
        const KeptDomain kept = site.check({}, Now);
        QCOMPARE(kept.lastCheck->certificates.first().host, QByteArray("mx1.shop.example"));
        QCOMPARE(kept.lastCheck->certificates.first().notAfter, Now.addDays(5));
    }

    void aPolicySeenAgainProlongsItsTime()
    {
        Site site;
        KeptDomain kept = site.check({}, Now.addDays(-10));
        kept = site.check(kept, Now);
        QCOMPARE(kept.cachedUntil, Now.addDays(30));
        QCOMPARE(kept.served->since, Now.addDays(-10));
        QCOMPARE(kept.served->at, Now);
    }

    void aSmallerMaxAgeDoesNotShortenWhatSendersHold()
    {
        Site site;
        KeptDomain kept = site.check({}, Now.addDays(-10));
        site.serve("none", Day, "two");
        kept = site.check(kept, Now);
        // Fetched a second before the change, it is held for 30 days from now.
        QCOMPARE(kept.cachedUntil, Now.addDays(30));
        QCOMPARE(kept.largestMaxAge, 30 * Day);
        kept = site.check(kept, Now.addDays(5));
        QCOMPARE(kept.cachedUntil, Now.addDays(30));
        kept = site.check(kept, Now.addDays(31));
        QVERIFY(!kept.cachedUntil.isValid() || kept.cachedUntil <= Now.addDays(31));
    }

    /// RFC 8461 5.1: whoever fetched it just before the change keeps it for its max_age.
    void policiesThatWereReplacedMayStillBeHeld()
    {
        Site site; // enforce, 30 days, mx1 and mx2
        KeptDomain kept = site.check({}, Now.addDays(-10));
        QCOMPARE(kept.held.size(), 1);
        site.serve("enforce", 7 * Day, "two", "mx: mx3.shop.example\r\n");
        kept = site.check(kept, Now.addDays(-9));
        site.serve("testing", Day, "three");
        kept = site.check(kept, Now.addDays(-8));
        site.serve("testing", Day, "four", "mx: mx4.shop.example\r\n");
        kept = site.check(kept, Now.addDays(-7));
        QCOMPARE(kept.held.size(), 4);
        QCOMPARE(kept.held.first().until, Now.addDays(21)); // until it was seen to be another
        QCOMPARE(kept.held.first().policy.mx.size(), 2);
        QCOMPARE(kept.held.at(1).until, Now.addDays(-1));
        kept = site.check(kept, Now); // the second and the third have run out by now
        QCOMPARE(kept.held.size(), 2);
        QCOMPARE(kept.held.last().until, Now.addDays(1));
        site.serve("enforce", 30 * Day, "five"); // the first one again
        kept = site.check(kept, Now);
        QCOMPARE(kept.held.size(), 2);
        QCOMPARE(kept.held.first().until, Now.addDays(30));
    }

    void whatIsDeletedMayStillBeHeld()
    {
        Site site;
        KeptDomain kept = site.check({}, Now.addDays(-10));
        site.dns.remove("_mta-sts.shop.example");
        kept = site.check(kept, Now.addDays(-9));
        QCOMPARE(kept.held.first().until, Now.addDays(21));
        site.http.fetches.clear();
        site.dns.remove("mta-sts.shop.example");
        QCOMPARE(site.check(kept, Now).held.first().until, Now.addDays(21));
    }

    void aFileThatSendersCannotFetchIsHeldByNobody()
    {
        Site site;
        for (PolicyFetch &fetch : site.http.fetches)
            fetch.tls.pkix.trusted = false;
        QVERIFY(site.check({}, Now).held.isEmpty());
    }

    void testingIsCachedAndNotEnforced()
    {
        Site site;
        site.serve("testing", Day, "two");
        const KeptDomain kept = site.check({}, Now);
        QCOMPARE(kept.cachedUntil, Now.addDays(1));
        QVERIFY(!kept.enforcedUntil.isValid());
        QCOMPARE(kept.testingSince, Now);
    }

    /// The end of a removal is known by a check after it, which forgets the dates.
    void whatWasOnceOnIsRememberedWhenItHasRunOut()
    {
        Site site;
        site.serve("testing", Day, "one");
        KeptDomain kept = site.check({}, Now.addDays(-10));
        QVERIFY(kept.wasOn);
        site.serve("none", Day, "two");
        kept = site.check(kept, Now.addDays(-9));
        kept = site.check(kept, Now);
        QVERIFY(!kept.cachedUntil.isValid());
        QVERIFY(kept.wasOn);
        QVERIFY(!site.check({}, Now).wasOn); // off when it was first seen
    }

    void deletedPoliciesAreStillHeld()
    {
        Site site;
        KeptDomain kept = site.check({}, Now.addDays(-10));
        site.dns.remove("_mta-sts.shop.example");
        kept = site.check(kept, Now);
        QCOMPARE(kept.served->gone, Now);
        QCOMPARE(kept.enforcedUntil, Now.addDays(30));
    }

    void aFileThatNobodyWasToldOfGuardsNothing()
    {
        Site site; // RFC 8461 8.1: the file first, then the record
        site.dns.remove("_mta-sts.shop.example");
        const KeptDomain kept = site.check({}, Now);
        QVERIFY(!kept.cachedUntil.isValid());
        QVERIFY(!kept.served);
    }

    void theSameIdWithAnotherPolicyIsAProblemUntilItIsMended()
    {
        Site site;
        KeptDomain kept = site.check({}, Now.addDays(-3));
        site.serve("enforce", 7 * Day, "one");
        for (const int day : {-2, -1, 0}) { // not only at the first look (STS-15)
            const Survey survey = site.seen(Now.addDays(day));
            const Report report = judge(survey, kept.lastSeen());
            QVERIFY2(has(report, "STS-15"), qPrintable(QString::number(day)));
            kept = afterCheck(kept, survey, report);
        }
        QCOMPARE(kept.served->body, policy("enforce", 7 * Day));
        site.serve("enforce", 7 * Day, "two");
        const Survey survey = site.seen(Now);
        kept = afterCheck(kept, survey, judge(survey, kept.lastSeen()));
        QVERIFY(!kept.sameId);
        QVERIFY(!has(judge(survey, kept.lastSeen()), "STS-15"));
    }

    void theSameIdIsMendedToByTakingTheChangeBack()
    {
        Site site;
        KeptDomain kept = site.check({}, Now.addDays(-3));
        site.serve("enforce", 7 * Day, "one");
        kept = site.check(kept, Now.addDays(-2));
        QVERIFY(kept.sameId);
        site.serve("enforce", 30 * Day, "one");
        kept = site.check(kept, Now.addDays(-1));
        QVERIFY(!kept.sameId);
        QCOMPARE(kept.served->body, policy("enforce", 30 * Day));
    }

    void theSameIdIsNoProblemWhenTheOldPolicyHasRunOut()
    {
        Site site;
        site.serve("testing", Day, "one");
        KeptDomain kept = site.check({}, Now.addDays(-9));
        site.serve("enforce", 7 * Day, "one");
        kept = site.check(kept, Now.addDays(-8));
        QVERIFY(kept.sameId);
        kept = site.check(kept, Now);
        QVERIFY(!kept.sameId);
    }

    void testingIsCountedFromItsBeginning()
    {
        Site site;
        site.serve("testing", Day, "one");
        KeptDomain kept = site.check({}, Now.addDays(-40));
        site.serve("testing", Day, "two", "mx: *.other.example\r\n"); // another policy, same mode
        kept = site.check(kept, Now.addDays(-1));
        QCOMPARE(kept.testingSince, Now.addDays(-40));
        // STS-93 is judged from here, however often somebody looks.
        const Survey survey = site.seen(Now);
        QVERIFY(has(judge(survey, kept.lastSeen()), "STS-93"));
        site.serve("enforce", Day, "three");
        QVERIFY(!site.check(kept, Now).testingSince.isValid());
    }

    void testingAnewAfterAPauseCountsAnew()
    {
        Site site;
        site.serve("testing", Day, "one");
        KeptDomain kept = site.check({}, Now.addDays(-40));
        site.dns.remove("_mta-sts.shop.example");
        kept = site.check(kept, Now.addDays(-20));
        site.serve("testing", Day, "two");
        kept = site.check(kept, Now);
        QCOMPARE(kept.testingSince, Now);
        QVERIFY(!kept.served->gone.isValid());
    }

    void aDraftThatIsLiveIsDone()
    {
        Site site;
        KeptDomain kept;
        kept.draft = Choices{
                site.domain,
                Policy::Mode::Enforce,
                {*MxPattern::parse("mx2.shop.example"), *MxPattern::parse("mx1.shop.example")},
                30 * Day,
                {"mailto:tls@reports.example"},
                Hosting::Nginx,
                {}};
        kept.draftStep = "deliver";
        const KeptDomain done = site.check(kept, Now);
        QVERIFY(!done.draft);
        QVERIFY(done.draftStep.isEmpty());
        kept.draft->maxAge = 7 * Day;
        QVERIFY(site.check(kept, Now).draft);
        kept.draft->maxAge = 30 * Day;
        kept.draft->reportTo = {"mailto:other@reports.example"};
        QVERIFY(site.check(kept, Now).draft);
        kept.draft->reportTo = {"mailto:tls@reports.example"};
        site.dns.fails("_smtp._tls.shop.example", RecordType::TXT); // not seen is not done
        QVERIFY(site.check(kept, Now).draft);
    }

    // A clock a year off ------------------------------------------------------

    void aClockAYearAheadIsPulledBackByTheNextCheckThatIsBelieved()
    {
        Site site;
        site.serve("testing", 7 * Day, "one");
        KeptDomain kept = site.check({}, Now.addDays(-3));
        kept = site.check(kept, Now.addDays(362),
                          Now.addDays(-3)); // ours is wrong, theirs is right
        QCOMPARE(kept.testingSince, Now.addDays(-3));
        QVERIFY(kept.cachedUntil >= Now.addDays(4));
        kept = site.check(kept, Now);
        QCOMPARE(kept.testingSince, Now.addDays(-3));
        QCOMPARE(kept.cachedUntil, Now.addDays(7));
        QCOMPARE(kept.held.first().until, Now.addDays(7));
        QCOMPARE(kept.served->at, Now);
        QCOMPARE(kept.lastCheck->at, Now);
    }

    void aClockAYearBehindEndsNoGuardAndBeginsNoTesting()
    {
        Site site;
        KeptDomain kept = site.check({}, Now.addDays(-1));
        site.serve("none", Day, "two");
        kept = site.check(kept, Now.addDays(-365), Now);
        QCOMPARE(kept.enforcedUntil, Now.addDays(30));
        kept = site.check(kept, Now);
        QCOMPARE(kept.enforcedUntil, Now.addDays(30));

        site.serve("testing", Day, "three");
        KeptDomain fresh = site.check({}, Now.addDays(-365), Now);
        QVERIFY(!fresh.testingSince.isValid()); // it would look as if tested for a year
        fresh = site.check(fresh, Now);
        QCOMPARE(fresh.testingSince, Now);
    }

    void withoutAWitnessNothingIsLowered()
    {
        Site site;
        const KeptDomain before = site.check({}, Now);
        for (PolicyFetch &fetch : site.http.fetches)
            fetch.tls.pkix.trusted = false; // a date that anybody on the way may have written
        for (const int days : {-365, 365}) {
            Survey survey = site.seen(Now.addDays(days));
            for (PolicyFetch &fetch : survey.fetches)
                fetch.serverDate = {};
            const KeptDomain after = afterCheck(before, survey, judge(survey));
            QVERIFY(after.enforcedUntil >= before.enforcedUntil);
            QVERIFY(after.cachedUntil >= before.cachedUntil);
            QCOMPARE(after.held.first().policy, before.held.first().policy);
            QVERIFY(after.held.first().until >= before.held.first().until);
            QCOMPARE(after.served->body, before.served->body);
        }
    }

    void aPolicyHostWhoseCertificateIsNotValidYetIsNoSignOfDeletion()
    {
        Site site;
        KeptDomain kept = site.check({}, Now.addDays(-1));
        for (PolicyFetch &fetch : site.http.fetches) {
            fetch.tls.pkix.notYetValid = true;
            fetch.tls.pkix.trusted = false;
        }
        kept = site.check(kept, QDateTime({1970, 1, 1}, {0, 5}, Qt::UTC), Now);
        QVERIFY(!kept.served->gone.isValid());
    }
};
QTEST_GUILESS_MAIN(TestKeptDomain)
#include "tst_keptdomain.moc"
