// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The job behind the window: late results, cancel, another domain, what is proposed.
#include "session.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

#include <thread>

namespace {

const DomainName Shop = *DomainName::fromAscii("shop.example");
const DomainName Club = *DomainName::fromAscii("club.example");

void hang(const Cancel &cancel)
{
    while (!cancel.isCancelled())
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

Survey survey(const DomainName &domain, bool finished)
{
    Survey made;
    made.domain = domain;
    made.finished = finished;
    made.hostsKnown = true;
    MailHost host;
    host.name = domain.child("mx");
    made.hosts = {host};
    return made;
}

Report judged(const Survey &survey, const LastSeen &)
{
    Report report;
    report.domain = survey.domain;
    report.finished = survey.finished;
    return report;
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsWhatArrivesAndEnds()
    {
        Session session(
                {[](const DomainName &domain, const Cancel &, const Engine::Progress &progress) {
                     progress(survey(domain, false));
                     return survey(domain, true);
                 },
                 judged});
        QSignalSpy ended(&session, &Session::lookEnded);
        session.setDomain(Shop);
        session.look();
        QVERIFY(session.isLooking());
        QVERIFY(ended.wait());
        QCOMPARE(ended.count(), 1);
        QVERIFY(!session.isLooking());
        QVERIFY(session.isComplete());
        QCOMPARE(session.report().domain, Shop);
    }

    void whatWasLearntIsAddedToWhatIsRememberedNow()
    {
        Session session({[](const DomainName &domain, const Cancel &, const Engine::Progress &) {
                             Survey seen = survey(domain, true);
                             seen.mx = DnsAnswer();
                             seen.mx->status = AnswerStatus::Found;
                             return seen;
                         },
                         judged});
        QSignalSpy ended(&session, &Session::lookEnded);
        session.setDomain(Shop);
        KeptDomain kept;
        kept.domain = Shop;
        session.setKept(kept);
        session.look();
        QVERIFY(ended.wait());
        KeptDomain setUpSince = kept; // while the look went on
        setUpSince.isSetUp = true;
        const Session::Learnt learnt = session.learnt();
        session.setDomain(Club); // the domains may be loaded only after the user has gone on
        for (const KeptDomain &now : {kept, setUpSince}) {
            const KeptDomain after = learnt(now);
            QCOMPARE(after.domain, Shop);
            QCOMPARE(after.isSetUp, now.isSetUp);
            QVERIFY(after.lastCheck);
            QCOMPARE(after.lastCheck->mx, QList<QByteArray>{"mx.shop.example"});
        }
    }

    void lateResultsOfAnOlderRunAreIgnored()
    {
        QSemaphore oldMayEnd;
        Session session({[&](const DomainName &domain, const Cancel &, const Engine::Progress &) {
                             if (domain == Shop)
                                 oldMayEnd.acquire(); // deaf to the cancel on purpose
                             return survey(domain, true);
                         },
                         judged});
        QSignalSpy ended(&session, &Session::lookEnded);
        session.setDomain(Shop);
        session.look();
        session.setDomain(Club);
        session.look();
        QVERIFY(ended.wait());
        QCOMPARE(session.survey().domain, Club);
        oldMayEnd.release();
        QTest::qWait(150); // long enough for the late result to reach the window, if it could
        QCOMPARE(session.survey().domain, Club);
        QCOMPARE(session.report().domain, Club);
        QCOMPARE(ended.count(), 1);
    }

    void stopEndsTheRunAndKeepsWhatWasSeen()
    {
        Session session({[](const DomainName &domain, const Cancel &cancel,
                            const Engine::Progress &progress) {
                             progress(survey(domain, false));
                             hang(cancel);
                             Survey last = survey(domain, true);
                             last.cancelled = true;
                             return last;
                         },
                         judged});
        QSignalSpy ended(&session, &Session::lookEnded);
        session.setDomain(Shop);
        session.look();
        QTRY_VERIFY(session.survey().hostsKnown);
        session.stop();
        QVERIFY(ended.wait());
        QVERIFY(session.survey().cancelled);
        QVERIFY(!session.isComplete());
    }

    void destroyingItEndsARunningLook()
    {
        std::atomic<bool> left = false;
        {
            Session session({[&left](const DomainName &domain, const Cancel &cancel,
                                     const Engine::Progress &) {
                                 hang(cancel);
                                 left = true;
                                 return survey(domain, true);
                             },
                             judged});
            session.setDomain(Shop);
            session.look();
        }
        QVERIFY(left);
    }

    void anotherDomainResetsWhatDependsOnIt()
    {
        Session session({[](const DomainName &domain, const Cancel &, const Engine::Progress &) {
                             return survey(domain, true);
                         },
                         judged});
        QSignalSpy ended(&session, &Session::lookEnded);
        session.setDomain(Shop);
        session.look();
        QVERIFY(ended.wait());
        Choices choices = session.choices();
        QCOMPARE(choices.domain, Shop);
        QCOMPARE(choices.mode, Policy::Mode::Testing);
        QCOMPARE(choices.mx.size(), 1);
        choices.mode = Policy::Mode::Enforce;
        session.setChoices(choices);
        session.setDomain(Shop); // the same: nothing happens
        QCOMPARE(session.choices().mode, Policy::Mode::Enforce);
        session.setDomain(Club);
        QCOMPARE(session.choices(), Choices());
        QVERIFY(!session.survey().hostsKnown);
        QVERIFY(!session.report().finished);
    }

    void lookingAgainKeepsTheUsersChoices()
    {
        Session session({[](const DomainName &domain, const Cancel &, const Engine::Progress &) {
                             return survey(domain, true);
                         },
                         judged});
        QSignalSpy ended(&session, &Session::lookEnded);
        session.setDomain(Shop);
        session.look();
        QVERIFY(ended.wait());
        Choices choices = session.choices();
        choices.maxAge = 604800;
        session.setChoices(choices);
        session.look();
        QVERIFY(ended.wait());
        QCOMPARE(session.choices().maxAge, 604800);
    }

    void theDeploymentKeepsItsIdUntilTheTextChanges()
    {
        Session session({[](const DomainName &domain, const Cancel &, const Engine::Progress &) {
                             return survey(domain, true);
                         },
                         judged});
        QSignalSpy ended(&session, &Session::lookEnded);
        session.setDomain(Shop);
        session.look();
        QVERIFY(ended.wait());
        const QByteArray id = session.wanted().id;
        QTest::qWait(1100); // ids count seconds
        QCOMPARE(session.wanted().id, id);
        session.setChoices(session.choices());
        QCOMPARE(session.wanted().id, id);
        Choices choices = session.choices();
        choices.maxAge = 604800;
        session.setChoices(choices);
        QVERIFY(session.wanted().id != id);
    }
};
QTEST_MAIN(TestSession)
#include "tst_session.moc"
