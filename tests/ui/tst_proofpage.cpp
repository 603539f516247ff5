// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Proof over worlds of data, some of which change between two looks.
#include "changingworld.h"
#include "flowtest.h"
#include "program.h"
#include "proofpage.h"

#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

class TestProofPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void theProofOfNothingSaysSo()
    {
        WindowTest test;
        walkToReview(test, QStringLiteral("fresh.example.org"));
        test.press("nextButton");
        test.press("withoutButton");
        QVERIFY(test.isShown("proofView"));
        QTRY_VERIFY(test.isIdle() &&
                    test.label("titleLabel").contains(QLatin1String("seen so far")));
        auto *view = test.find<QTreeWidget>("proofView");
        QCOMPARE(view->topLevelItemCount(), 5);
        QCOMPARE(view->topLevelItem(3)->text(1), QStringLiteral("Not there yet"));
        QVERIFY(test.label("statusLabel").contains(QLatin1String("Looks again at")));
        test.press("nextButton"); // can be left
        QVERIFY(test.isShown("checkButton"));
    }

    void theProofOfWhatIsLiveNamesTheDate()
    {
        WindowTest test;
        walkToReview(test, QStringLiteral("testing.example.org"));
        test.press("nextButton");
        test.press("withoutButton");
        QTRY_VERIFY(test.isIdle() && test.label("titleLabel").contains(QLatin1String("is live")));
        QVERIFY(test.label("nextLabel").contains(QLatin1String("come back")));
        QVERIFY(!test.label("statusLabel").contains(QLatin1String("Looks again at")));
        test.press("fullCheckButton");
        QVERIFY(test.isShown("findingsView"));
    }

    /// The timer is driven here; how long it waits is in tst_proofrows.
    void itLooksAgainByItselfUntilItIsLeft()
    {
        WindowTest test;
        walkToReview(test, QStringLiteral("fresh.example.org"));
        test.press("nextButton");
        test.press("withoutButton");
        QTimer &timer = test.window->findChild<ProofPage *>()->nextLook();
        QTRY_VERIFY(test.isIdle() && timer.isActive());
        QVERIFY(timer.isSingleShot());
        QCOMPARE(timer.interval(), 60000);
        QSignalSpy looks(&test.window->session(), &Session::lookStarted);
        timer.start(0);
        QTRY_COMPARE(looks.count(), 1);
        QTRY_VERIFY(test.isIdle() && timer.isActive());
        QCOMPARE(timer.interval(), 60000); // and again
        test.press("checkNowButton");
        QVERIFY(!timer.isActive()); // never two at once
        QTRY_VERIFY(test.isIdle() && timer.isActive());
        test.press("backButton");
        QVERIFY(!timer.isActive());
        QCOMPARE(looks.count(), 2);
    }

    void theProviderAnswers()
    {
        const auto change = std::make_shared<std::atomic<int>>(0);
        WindowTest test(changingEngine(change, [](FakeWorld &world, int changes) {
            const QByteArray name = world.domain.ascii();
            const QByteArray provider = "mta-sts.tutanota.de";
            world.dns.mx(name, {{10, "mail.tutanota.de"}});
            world.dns.a("mail.tutanota.de", {QStringLiteral("192.0.2.1")});
            world.smtp.facts[QStringLiteral("192.0.2.1")] =
                    goodServer(QStringLiteral("mail.tutanota.de"));
            for (const char *label : {"_mta-sts", "mta-sts"})
                world.dns.remove(world.domain.child(label));
            if (changes == 0)
                return;
            world.setPolicy("version: STSv1\r\nmode: enforce\r\nmx: mail.tutanota.de\r\n"
                            "max_age: 604800\r\n");
            const QByteArray target = changes == 1 ? "elsewhere.example" : provider;
            for (const char *label : {"_mta-sts", "mta-sts"})
                world.dns.alias(world.domain.child(label), target);
            world.dns.txt(target, {"v=STSv1; id=7;"});
            world.dns.a(target, {QStringLiteral("192.0.2.80")});
        }));
        walkToReview(test, QStringLiteral("shop.example"), "delegateButton");
        QVERIFY(test.window->session().wanted().isDelegated());
        test.press("nextButton");
        test.press("withoutButton");
        auto *view = test.find<QTreeWidget>("proofView");
        const auto states = [view] {
            QStringList list;
            for (int i = 0; i < view->topLevelItemCount(); ++i)
                list << view->topLevelItem(i)->text(1);
            return list;
        };
        const QString waiting = QStringLiteral("Not there yet");
        QTRY_VERIFY(test.isIdle() && states().value(3) == waiting);
        QCOMPARE(states().at(0), waiting);
        QVERIFY(test.label("titleLabel").contains(QLatin1String("seen so far")));

        *change = 1; // aliases, but of somebody else
        test.press("checkNowButton");
        const QString notTested = QStringLiteral("Not tested");
        QTRY_VERIFY(test.isIdle() && states().value(3) == notTested);
        QCOMPARE(states().at(0), notTested);
        QVERIFY(view->topLevelItem(3)->text(2).contains(QLatin1String("elsewhere.example")));
        QVERIFY(view->topLevelItem(3)->text(2).contains(QLatin1String("mta-sts.tutanota.de")));
        QVERIFY(!test.label("titleLabel").contains(QLatin1String("is live")));

        *change = 2;
        test.press("checkNowButton");
        QTRY_VERIFY(test.isIdle() && states().value(3) == QLatin1String("Seen"));
        QVERIFY2(test.label("titleLabel").contains(QLatin1String("made by its provider")),
                 qPrintable(test.label("titleLabel") + states().join(QLatin1Char(' '))));
    }

    void aLongTextCanBeReadWhole()
    {
        WindowTest test;
        walkToReview(test, QStringLiteral("testing.example.org"));
        test.press("nextButton");
        test.press("withoutButton");
        QTRY_VERIFY(test.isIdle() && test.label("titleLabel").contains(QLatin1String("is live")));
        auto *view = test.find<QTreeWidget>("proofView");
        QTreeWidgetItem *record = view->topLevelItem(3);
        QVERIFY(!record->text(2).contains(QLatin1String(";.")));
        view->setFocus();
        view->setCurrentItem(record);
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_VERIFY(test.isShown("wholeTextView"));
        QCOMPARE(test.find<QPlainTextEdit>("wholeTextView")->toPlainText(), record->text(2));
    }
};
QTEST_MAIN(TestProofPage)
#include "tst_proofpage.moc"
