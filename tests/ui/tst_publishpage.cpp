// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing at a service, in the window: plan, questions, steps, what came of it, undo.
#include "flowtest.h"
#include "mail/passedon.h"
#include "program.h"

#include <QProgressBar>
#include <QTest>
#include <QTreeWidget>

namespace {

const QString Google = QStringLiteral("google.example.org"); // its DNS is at Cloudflare

void walkToPlan(const WindowTest &test)
{
    walkToService(test, Google, "workerButton");
    test.type("secretEdit", QStringLiteral("good-token"));
    test.press("nextButton");
    QTRY_VERIFY(test.isShown("faces"));
    QTRY_VERIFY(test.window->publisher().prepared().has_value() && test.isIdle());
}

QString nextText(const WindowTest &test)
{
    return test.find<QPushButton>("nextButton")->text();
}

bool isPublished(const WindowTest &test)
{
    return test.window->publisher().done().has_value();
}

/// The button of a message box or dialog that is open; nullptr: none is.
QAbstractButton *button(const WindowTest &test, const char *dialog, const QString &text)
{
    auto *box = test.window->findChild<QDialog *>(QString::fromLatin1(dialog));
    if (!box)
        return nullptr;
    for (QAbstractButton *one : box->findChildren<QAbstractButton *>())
        if (one->text() == text)
            return one;
    return nullptr;
}

} // namespace

class TestPublishPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void whatIsShownIsDoneAndProven()
    {
        WindowTest test;
        walkToPlan(test);
        auto *plan = test.find<QTreeWidget>("planView");
        QCOMPARE(plan->topLevelItemCount(), 3); // file, reports, record
        QVERIFY(plan->topLevelItem(0)->text(2).contains(QLatin1String("mta-sts.txt")));
        QVERIFY(plan->topLevelItem(2)->text(2).contains(QLatin1String("_mta-sts.")));
        QCOMPARE(nextText(test), QStringLiteral("&Publish 3 changes"));
        QCOMPARE(test.service.writes, 0);
        test.service.fetchesWithoutCertificate = 2;
        test.press("nextButton");
        QVERIFY(!test.find<QPushButton>("backButton")->isEnabled());
        QTRY_VERIFY(isPublished(test));
        QCOMPARE(test.window->publisher().done()->outcome.state, Outcome::State::Done);
        QCOMPARE(test.service.writes, 2); // the host, and all records at once
        QCOMPARE(test.service.records.size(), 2);
        auto *steps = test.find<QTreeWidget>("stepsView");
        QCOMPARE(steps->topLevelItemCount(), 6);
        for (int i = 0; i < steps->topLevelItemCount(); ++i)
            QCOMPARE(steps->topLevelItem(i)->text(1), QStringLiteral("Done"));
        QCOMPARE(test.find<QProgressBar>("progressBar")->value(), 6);
        QVERIFY(test.label("titleLabel").startsWith(QLatin1String("Published for")));
        QCOMPARE(nextText(test), QStringLiteral("&Next"));
        test.press("nextButton");
        QVERIFY(test.isShown("proofView"));
    }

    void thePolicyOfTheMailProviderIsPassedOn()
    {
        WindowTest test;
        test.service.hosted["mta-sts.mx.cloudflare.net"] =
                "version: STSv1\nmode: enforce\nmx: *.mx.cloudflare.net\nmax_age: 86400\n";
        walkToService(test, QStringLiteral("routing.example.org"), "delegateButton");
        QVERIFY(test.label("permissionLabel").contains(QLatin1String("Workers Scripts")));
        test.type("secretEdit", QStringLiteral("good-token"));
        test.press("nextButton");
        QTRY_VERIFY(test.window->publisher().prepared().has_value() && test.isIdle());
        QVERIFY(!test.window->publisher().prepared()->error);
        auto *plan = test.find<QTreeWidget>("planView");
        QCOMPARE(plan->topLevelItemCount(), 3); // Worker, reports, alias
        plan->setCurrentItem(plan->topLevelItem(0));
        QVERIFY(test.label("whyLabel").contains(QLatin1String("it is passed on")));
        QVERIFY(!test.isShown("copyFileButton"));
        test.press("nextButton");
        QAbstractButton *yes = nullptr;
        QTRY_VERIFY((yes = button(test, "enforceDialog", QStringLiteral("&Switch to “Enforce”"))));
        yes->click();
        QTRY_VERIFY(isPublished(test));
        QCOMPARE(test.window->publisher().done()->outcome.state, Outcome::State::Done);
        QCOMPARE(passedOnDomain(test.service.hosted["mta-sts.routing.example.org"]),
                 QByteArray("mx.cloudflare.net"));
        QCOMPARE(test.service.records.last().record.data, QByteArray("_mta-sts.mx.cloudflare.net"));
    }

    void nothingIsWrittenTwice()
    {
        WindowTest test;
        walkToPlan(test);
        test.press("nextButton");
        QTRY_VERIFY(isPublished(test));
        const int writes = test.service.writes;
        test.press("nextButton");
        test.press("backButton"); // compares anew
        QTRY_VERIFY(test.window->publisher().prepared().has_value() && test.isIdle());
        QVERIFY(test.window->publisher().prepared()->plan.isEmpty());
        QCOMPARE(nextText(test), QStringLiteral("&Next"));
        QCOMPARE(test.service.writes, writes);
    }

    void undoShowsFirstAndPutsBack()
    {
        WindowTest test;
        walkToPlan(test);
        QVERIFY(!test.isShown("undoButton")); // nothing was published yet
        test.press("nextButton");
        QTRY_VERIFY(isPublished(test));
        test.press("undoButton");
        QTRY_VERIFY(test.window->publisher().prepared() &&
                    test.window->publisher().prepared()->isUndo());
        QVERIFY(nextText(test).startsWith(QLatin1String("&Put back 3 changes")));
        QCOMPARE(test.service.records.size(), 2);
        test.press("nextButton");
        // Senders may hold the policy by now or not; where they may, it is asked.
        if (auto *edit = test.window->findChild<QLineEdit *>(QStringLiteral("overrideEdit"))) {
            QTest::keyClicks(edit, Google);
            button(test, "overrideDialog", QStringLiteral("&Do it all the same"))->click();
        }
        QTRY_VERIFY(isPublished(test));
        QCOMPARE(test.service.records.size(), 0);
        QVERIFY(test.service.hosted.empty());
        QVERIFY(test.label("titleLabel").contains(QLatin1String("is taken back")));
    }

    void aRefusalIsToldAndNothingIsLost()
    {
        WindowTest test;
        walkToPlan(test);
        test.service.refusesWrites = true;
        test.press("nextButton");
        QTRY_VERIFY(isPublished(test));
        QCOMPARE(test.window->publisher().done()->outcome.state, Outcome::State::PartlyDone);
        QVERIFY(test.label("bannerText").contains(QLatin1String("read-only today")));
        QVERIFY(test.label("bannerText").contains(QLatin1String("Mail is not affected")));
        QVERIFY(test.isShown("againButton") && test.isShown("undoButton"));
        test.service.refusesWrites = false;
        test.press("againButton");
        QTRY_VERIFY(test.window->publisher().prepared().has_value() && test.isIdle());
        QCOMPARE(nextText(test), QStringLiteral("&Publish 2 changes")); // the file is there
        test.press("nextButton");
        QTRY_VERIFY(isPublished(test));
        QCOMPARE(test.window->publisher().done()->outcome.state, Outcome::State::Done);
    }

    void stopIsAskedAndStops()
    {
        WindowTest test;
        walkToPlan(test);
        test.service.fetchesWithoutCertificate = 100000; // never gets its certificate
        test.press("nextButton");
        auto *steps = test.find<QTreeWidget>("stepsView");
        QTRY_VERIFY(steps->topLevelItem(1)->text(3).contains(QLatin1String("certificate")));
        test.press("cancelButton"); // the same question as the button's
        QAbstractButton *stop = nullptr;
        QTRY_VERIFY((stop = button(test, "stopDialog", QStringLiteral("&Stop after this step"))));
        QVERIFY(!isPublished(test));
        QVERIFY(test.isShown("stepsView"));
        stop->click();
        QTRY_VERIFY(isPublished(test));
        QCOMPARE(test.window->publisher().done()->outcome.state, Outcome::State::PartlyDone);
        QCOMPARE(test.service.records.size(), 0);
        test.service.fetchesWithoutCertificate = 0;
        test.press("againButton"); // resumes
        QTRY_VERIFY(test.window->publisher().prepared().has_value() && test.isIdle());
        test.press("nextButton");
        QTRY_VERIFY(isPublished(test));
        QCOMPARE(test.window->publisher().done()->outcome.state, Outcome::State::Done);
    }

    void closingTheWindowAsksFirst()
    {
        WindowTest test;
        walkToPlan(test);
        test.service.fetchesWithoutCertificate = 100000;
        test.press("nextButton");
        QVERIFY(!test.window->close());
        QTRY_VERIFY(button(test, "stopDialog", QStringLiteral("&Go on")));
        button(test, "stopDialog", QStringLiteral("&Stop after this step"))->click();
        QTRY_VERIFY(isPublished(test));
        QVERIFY(test.window->close());
    }

    void enforceIsAsked()
    {
        WindowTest test;
        walkToService(test, Google, "workerButton");
        test.type("secretEdit", QStringLiteral("good-token"));
        Choices choices = test.window->session().choices();
        choices.mode = Policy::Mode::Enforce;
        choices.maxAge = 604800;
        test.window->session().setChoices(choices);
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("faces"));
        QTRY_VERIFY(test.window->publisher().prepared().has_value() && test.isIdle());
        QCOMPARE(nextText(test), QStringLiteral("&Publish 3 changes…"));
        test.press("nextButton");
        QAbstractButton *stay = nullptr;
        QTRY_VERIFY((stay = button(test, "enforceDialog", QStringLiteral("Stay in &testing"))));
        stay->click();
        QVERIFY(!isPublished(test) && test.window->publisher().phase() == Publisher::Phase::Idle);
        QCOMPARE(test.service.writes, 0);
        test.press("nextButton");
        QAbstractButton *yes = nullptr;
        QTRY_VERIFY((yes = button(test, "enforceDialog", QStringLiteral("&Switch to “Enforce”"))));
        yes->click();
        QTRY_VERIFY(isPublished(test));
        QVERIFY(test.service.hosted.begin()->second.contains("mode: enforce"));
    }

    /// STS-85: nobody knows whether the servers are good, and the policy says enforce.
    void whatCouldLoseMailWantsTheDomainTyped()
    {
        WindowTest test;
        const QString domain = QStringLiteral("blocked.example.org");
        walkToService(test, domain, "workerButton");
        auto *combo = test.find<QComboBox>("serviceCombo");
        combo->setCurrentIndex(combo->findData(QByteArray("cloudflare")));
        Q_EMIT combo->activated(combo->currentIndex());
        test.type("secretEdit", QStringLiteral("good-token"));
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("faces"));
        QTRY_VERIFY(test.window->publisher().prepared().has_value() && test.isIdle());
        QVERIFY(!test.window->publisher().prepared()->against.isEmpty());
        test.press("nextButton");
        QTRY_VERIFY(test.window->findChild<QDialog *>(QStringLiteral("overrideDialog")));
        auto *edit = test.window->findChild<QLineEdit *>(QStringLiteral("overrideEdit"));
        QAbstractButton *go = button(test, "overrideDialog", QStringLiteral("&Do it all the same"));
        QVERIFY(!go->isEnabled());
        QTest::keyClicks(edit, QStringLiteral("example.org"));
        QVERIFY(!go->isEnabled());
        QCOMPARE(test.service.writes, 0);
        edit->clear();
        QTest::keyClicks(edit, domain);
        QVERIFY(go->isEnabled());
        go->click();
        QTRY_VERIFY(isPublished(test));
        QFile journal(test.window->publisher().done()->journal);
        QVERIFY(journal.open(QIODevice::ReadOnly));
        QVERIFY(journal.readAll().contains("override")); // what was done in spite of what
    }

    void namesThatAreNotServedYetAreSaid()
    {
        WindowTest test;
        test.service.servesNames = false;
        walkToPlan(test);
        test.press("nextButton");
        QTRY_VERIFY_WITH_TIMEOUT(isPublished(test), 15000);
        QCOMPARE(test.window->publisher().done()->outcome.state, Outcome::State::NotInDns);
        QVERIFY(test.label("bannerText").contains(QLatin1String("ns1.example.net")));
        QCOMPARE(nextText(test), QStringLiteral("&Next"));
    }

    /// The service has the records, somebody else serves the file: nothing before it is there.
    void aFileElsewhereComesFirst()
    {
        WindowTest test;
        walkToHosting(test, Google);
        Choices choices = test.window->session().choices();
        choices.hosting = Hosting::Nginx;
        test.window->session().setChoices(choices);
        test.press("nextButton");
        test.type("secretEdit", QStringLiteral("good-token"));
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("withoutButton")); // the files come first
        test.press("withoutButton");
        QTRY_VERIFY(test.window->publisher().prepared().has_value() && test.isIdle());
        QVERIFY(test.label("bannerText").contains(QLatin1String("Put it on your server first")));
        test.press("nextButton");
        QVERIFY(test.isShown("faces"));
        QCOMPARE(test.service.writes, 0);
    }
};
QTEST_MAIN(TestPublishPage)
#include "tst_publishpage.moc"
