// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// MTA-STS taken away from the window, in its dated steps (RFC 8461 8.3), and older publishing taken back.
#include "flowtest.h"
#include "mirrorworld.h"
#include "program.h"

#include <QAction>
#include <QDir>
#include <QMessageBox>
#include <QTest>
#include <QTreeWidget>

namespace {

const QString Shop = QStringLiteral("shop.example");
const QByteArray Record = "_mta-sts.shop.example";

bool has(FakeService &service, const QByteArray &name)
{
    const QMutexLocker lock(&service.mutex);
    return std::any_of(service.records.cbegin(), service.records.cend(),
                       [&](const ZoneRecord &one) { return one.record.name == name; });
}

/// The domain is checked, so that it is kept, and the list of domains is shown.
struct RemovalTest
{
    FakeService service;
    std::unique_ptr<WindowTest> test;

    explicit RemovalTest(const QByteArray &mode = "testing")
    {
        putDeployment(service, mode);
        test = std::make_unique<WindowTest>(mirrorEngine(service));
        QTRY_VERIFY(test->window->keptDomains().isLoaded());
        test->type("domainEdit", Shop);
        test->press("checkButton");
        QTRY_VERIFY(test->window->session().isComplete() && test->isIdle());
        test->press("closeButton");
        QTRY_VERIFY(test->window->keptDomains().contains(test->window->session().domain()));
    }
    [[nodiscard]] Publisher &publisher() const { return test->window->publisher(); }
    void act(const char *action) const
    {
        test->window->findChild<QAction *>(QString::fromLatin1(action))->trigger();
    }
    /// What the question says; answered with yes.
    [[nodiscard]] QString askedToRemove() const
    {
        act("removeAction");
        auto *box = test->window->findChild<QMessageBox *>(QStringLiteral("removeDialog"));
        if (!box)
            return {};
        const QString why = box->informativeText();
        for (QAbstractButton *button : box->buttons())
            if (box->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        return why;
    }
    void planWithToken() const
    {
        if (test->isShown("serviceCombo")) {
            auto *combo = test->find<QComboBox>("serviceCombo");
            combo->setCurrentIndex(combo->findData(QByteArray("cloudflare")));
            Q_EMIT combo->activated(combo->currentIndex());
            if (test->isShown("secretEdit"))
                test->type("secretEdit", QStringLiteral("good-token"));
            test->press("nextButton");
        }
        QTRY_VERIFY(test->isShown("faces") && publisher().prepared() && test->isIdle());
    }
    [[nodiscard]] QString nextText() const { return test->find<QPushButton>("nextButton")->text(); }
    void publish() const
    {
        test->press("nextButton");
        QTRY_VERIFY(publisher().done().has_value());
    }
    void loseAll()
    {
        const QMutexLocker lock(&service.mutex);
        service.hosted.clear();
        service.records.clear();
    }
    /// As if every policy had run out that was served with another mode than none.
    void forgetHeld() const
    {
        test->window->keptDomains().change(test->window->session().domain(), [](KeptDomain kept) {
            kept.held.clear();
            kept.served.reset();
            kept.cachedUntil = {};
            kept.enforcedUntil = {};
            kept.largestMaxAge = 0;
            return kept;
        });
    }
    void byHand() const
    {
        auto *combo = test->find<QComboBox>("serviceCombo");
        combo->setCurrentIndex(combo->count() - 1);
        Q_EMIT combo->activated(combo->currentIndex());
        test->press("nextButton");
        QTRY_VERIFY(test->isShown("planView") && test->isIdle());
    }
};

} // namespace

class TestRemoval : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void offThenTooEarlyThenGone()
    {
        RemovalTest removal;
        const WindowTest &test = *removal.test;
        QVERIFY(removal.askedToRemove().contains(QLatin1String("two steps, 8 days apart")));
        QVERIFY(test.isShown("serviceCombo")); // a token is asked for; nothing is chosen
        removal.planWithToken();
        QCOMPARE(removal.nextText(), QStringLiteral("&Switch off: 2 changes"));
        QCOMPARE(removal.service.writes, 0);
        removal.publish();
        QCOMPARE(removal.publisher().done()->outcome.state, Outcome::State::Done);
        QVERIFY(removal.service.hosted[MirrorHost].contains("mode: none"));
        QVERIFY(has(removal.service, Record));
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("proofView") && test.isIdle());
        QTRY_VERIFY(test.label("titleLabel").contains(QLatin1String("is live, in mode none")));
        QVERIFY(test.label("nextLabel").startsWith(QLatin1String("Delete nothing yet.")));

        test.press("cancelButton");
        QVERIFY(removal.askedToRemove().startsWith(QLatin1String("Do not delete yet: until ")));
        removal.planWithToken();
        QVERIFY(test.label("bannerText").startsWith(QLatin1String("Do not delete yet: until ")));
        QCOMPARE(removal.nextText(), QStringLiteral("Re&move: 2 changes…"));
        const int writes = removal.service.writes;
        test.press("nextButton");
        auto *typed = test.window->findChild<QLineEdit *>(QStringLiteral("overrideEdit"));
        QVERIFY(typed); // asked, because mail could be lost
        QTest::keyClick(typed->window(), Qt::Key_Escape);
        QCOMPARE(removal.service.writes, writes);

        test.press("cancelButton");
        removal.forgetHeld();
        QVERIFY(removal.askedToRemove().startsWith(QLatin1String("All servers have forgotten")));
        removal.planWithToken();
        QCOMPARE(removal.nextText(), QStringLiteral("Re&move: 2 changes"));
        removal.publish();
        QCOMPARE(removal.publisher().done()->outcome.state, Outcome::State::Done);
        QVERIFY(!has(removal.service, Record));
        QVERIFY(has(removal.service, "_smtp._tls.shop.example")); // the reports stay
        QVERIFY(removal.service.hosted.empty());
        QVERIFY(test.label("titleLabel").contains(QLatin1String("is removed from")));
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("proofView") && test.isIdle());
        QTRY_VERIFY(test.label("titleLabel").startsWith(QLatin1String("MTA-STS is gone from")));
        QVERIFY(!test.window->keptDomains().find(test.window->session().domain()).draft);
    }

    void byHandSaysWhatToDelete()
    {
        RemovalTest removal("none");
        const WindowTest &test = *removal.test;
        removal.forgetHeld();
        QVERIFY(!removal.askedToRemove().isEmpty());
        removal.byHand();
        auto *view = test.find<QTreeWidget>("planView");
        QStringList rows;
        for (int i = 0; i < view->topLevelItemCount(); ++i)
            rows << view->topLevelItem(i)->text(0).mid(3) + QLatin1Char(' ') +
                            view->topLevelItem(i)->text(1);
        QCOMPARE(
                rows,
                QStringList({QStringLiteral("Keep TXT record"), QStringLiteral("Delete TXT record"),
                             QStringLiteral("Delete Policy file"),
                             QStringLiteral("Delete Address of the policy host (A, AAAA)")}));
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("proofView") && test.isIdle()); // there is nothing to deliver
        QTRY_VERIFY(test.label("titleLabel").contains(QLatin1String("1 of 3 seen so far")));
        {
            const QMutexLocker lock(&removal.service.mutex);
            removal.service.hosted.clear();
            removal.service.records.removeFirst();
        }
        test.press("checkNowButton");
        QTRY_VERIFY(test.label("titleLabel").startsWith(QLatin1String("MTA-STS is gone from")));
    }

    void switchingOffByHandHasFilesToDeliver()
    {
        RemovalTest removal;
        const WindowTest &test = *removal.test;
        QVERIFY(!removal.askedToRemove().isEmpty());
        removal.byHand();
        test.press("nextButton");
        QVERIFY(test.isShown("folderEdit"));
        test.type("folderEdit", test.folder.filePath(QStringLiteral("kit")));
        test.press("nextButton");
        QTRY_VERIFY(QDir(test.folder.filePath(QStringLiteral("kit"))).exists());
        QTRY_COMPARE(removal.nextText(), QStringLiteral("&Next"));
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("proofView") && test.isIdle());
    }

    /// The service takes the records; the file is where its owner put it.
    void aFileElsewhereIsDeliveredFirst()
    {
        RemovalTest removal;
        const WindowTest &test = *removal.test;
        removal.service.isHosting = false;
        QVERIFY(!removal.askedToRemove().isEmpty());
        removal.planWithToken();
        QVERIFY(test.label("bannerText").contains(QLatin1String("as the step before says")));
        test.press("backButton");
        QVERIFY(test.isShown("folderEdit"));
    }

    void settingUpAfterwardsIsNoRemoval()
    {
        RemovalTest removal;
        QVERIFY(!removal.askedToRemove().isEmpty());
        removal.test->press("cancelButton");
        removal.test->press("setupRowButton");
        QTRY_VERIFY(removal.test->isIdle());
        QCOMPARE(removal.test->window->session().choices().mode, Policy::Mode::Testing);
        removal.test->press("nextButton");
        QVERIFY(removal.test->isShown("testingRadio"));
    }

    /// What was taken away by hand too early comes back first, and says none.
    void whatIsGoneTooEarlyIsAnnouncedOff()
    {
        RemovalTest removal;
        removal.loseAll();
        QVERIFY(!removal.askedToRemove().isEmpty());
        removal.planWithToken();
        QCOMPARE(removal.nextText(), QStringLiteral("&Switch off: 3 changes"));
    }

    void aDomainWithoutItSaysSo()
    {
        RemovalTest removal;
        removal.loseAll();
        removal.forgetHeld();
        QVERIFY(!removal.askedToRemove().isEmpty());
        removal.planWithToken();
        QVERIFY2(removal.test->label("titleLabel").endsWith(QLatin1String("to remove")),
                 qPrintable(removal.test->label("titleLabel") + removal.test->label("bannerText")));
        QCOMPARE(removal.nextText(), QStringLiteral("&Next"));
    }

    /// What senders do is not told of the time before.
    void whatWasPublishedIsLookedAt()
    {
        RemovalTest removal;
        const WindowTest &test = *removal.test;
        QVERIFY(!removal.askedToRemove().isEmpty());
        removal.planWithToken();
        removal.publish();
        test.press("cancelButton");
        QVERIFY(!test.window->session().isComplete());
        test.press("sendersRowButton");
        QVERIFY(!test.isIdle());
        QTRY_VERIFY(test.window->session().isComplete());
    }

    /// An undo of the first of two pushes takes back what still stands of it.
    void anOlderPublishingIsTakenBack()
    {
        RemovalTest removal;
        const WindowTest &test = *removal.test;
        QVERIFY(!removal.askedToRemove().isEmpty());
        removal.planWithToken();
        removal.publish();
        test.press("cancelButton");
        removal.act("historyAction");
        auto *history = test.window->findChild<QDialog *>(QStringLiteral("historyDialog"));
        QVERIFY(history);
        auto *view = history->findChild<QTreeWidget *>();
        QCOMPARE(view->topLevelItemCount(), 1);
        QCOMPARE(view->topLevelItem(0)->text(1), QStringLiteral("Cloudflare"));
        QCOMPARE(view->topLevelItem(0)->text(2), QStringLiteral("The policy file and 1 record"));
        QCOMPARE(view->topLevelItem(0)->text(3), QStringLiteral("Done"));
        history->findChild<QPushButton *>(QStringLiteral("undoHistoryButton"))->click();
        removal.planWithToken();
        QVERIFY(removal.publisher().prepared()->isUndo());
        QVERIFY(removal.nextText().startsWith(QLatin1String("&Put back 2 changes")));
        removal.publish();
        QVERIFY(removal.service.hosted[MirrorHost].contains("mode: testing"));
        QCOMPARE(removal.nextText(), QStringLiteral("C&heck now"));
        test.press("nextButton");
        QVERIFY(test.isShown("findingsView"));
        QVERIFY(!test.isIdle()); // what was seen before the undo does not stand any more
        QTRY_VERIFY(test.isIdle());
    }
};
QTEST_MAIN(TestRemoval)
#include "tst_removal.moc"
