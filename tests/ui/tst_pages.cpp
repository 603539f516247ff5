// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Start page, check page and the pages of the assistant in each of their states, over worlds of data.
#include "detailview.h"
#include "program.h"
#include "windowtest.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QRadioButton>
#include <QTreeWidget>

class TestPages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void aNameThatIsNoneIsExplainedBelowTheField()
    {
        WindowTest test;
        test.type("domainEdit", QStringLiteral("nodots"));
        test.press("checkButton");
        QVERIFY(test.isShown("messageLabel"));
        QVERIFY(test.label("messageLabel").contains(QLatin1String("nodots")));
        QVERIFY(!test.isShown("findingsView"));
        test.type("domainEdit", QStringLiteral("x"));
        QVERIFY(!test.isShown("messageLabel"));
    }

    void aQuestionIsAskedOnceAndThenTheAnswerIsYes()
    {
        WindowTest test;
        test.type("domainEdit", QStringLiteral("www.example.org"));
        test.press("checkButton");
        QVERIFY(test.isShown("messageLabel"));
        QVERIFY(!test.isShown("findingsView"));
        test.press("checkButton");
        QVERIFY(test.isShown("findingsView"));
    }

    void check_data()
    {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QList<int>>("severities"); // that must be there
        QTest::addColumn<QString>("banner");
        QTest::newRow("everything right") << "good.example.org" << QList<int>{0} << QString();
        QTest::newRow("every kind of finding")
                << "mixed.example.org" << QList<int>{0, 1, 2, 3, 4} << QString();
        QTest::newRow("nothing set up") << "fresh.example.org" << QList<int>{0} << QString();
        QTest::newRow("port 25 blocked")
                << "blocked.example.org" << QList<int>{4} << "blocks outgoing port 25";
        QTest::newRow("no network")
                << "offline.example.org" << QList<int>{4} << "no network connection";
        QTest::newRow("receives no mail") << "null.example.org" << QList<int>{} << QString();
        QTest::newRow("DNS fails") << "failed.example.org" << QList<int>{4} << QString();
        QTest::newRow("hostile texts") << "hostile.example.org" << QList<int>{} << QString();
    }
    void check()
    {
        QFETCH(QString, domain);
        QFETCH(QList<int>, severities);
        QFETCH(QString, banner);
        WindowTest test;
        test.type("domainEdit", domain);
        QTest::keyClick(test.find<QLineEdit>("domainEdit"), Qt::Key_Return);
        QTRY_VERIFY(test.isIdle());
        const Report &report = test.window->session().report();
        QVERIFY(report.finished);
        for (const int severity : severities)
            QVERIFY2(report.count(Severity(severity)) > 0, qPrintable(QString::number(severity)));
        QVERIFY(test.label("titleLabel").contains(domain));
        QVERIFY(!test.isShown("progressBar"));
        QVERIFY(test.isShown("recheckButton"));
        QCOMPARE(test.isShown("banner"), !banner.isEmpty());
        if (!banner.isEmpty())
            QVERIFY2(test.label("bannerText").contains(banner),
                     qPrintable(test.label("bannerText")));
        auto *view = test.find<QTreeView>("findingsView");
        QVERIFY(view->model()->rowCount() > 0);
        QVERIFY(view->currentIndex().isValid());
        QVERIFY(!test.find<DetailView>("detailView")->toPlainText().isEmpty());
    }

    void loadingShowsProgressAndAWayOut()
    {
        WindowTest test;
        test.type("domainEdit", QStringLiteral("deaf.example.org"));
        test.press("checkButton");
        QVERIFY(test.label("titleLabel").startsWith(QLatin1String("Checking deaf.example.org")));
        QVERIFY(test.isShown("progressBar"));
        test.press("stopButton");
        QTRY_VERIFY(test.isIdle());
        QVERIFY(test.label("statusLabel").contains(QLatin1String("Stopped")));
        // Stopped is not passed.
        QCOMPARE(test.window->session().report().count(Severity::Error), 0);
        QVERIFY(test.window->session().report().verdict != Verdict::Ok);
    }

    void slowServersDoNotHideWhatIsKnown()
    {
        WindowTest test;
        test.type("domainEdit", QStringLiteral("slow.example.org"));
        test.press("checkButton");
        QTRY_VERIFY(test.find<QTreeView>("findingsView")->model()->rowCount() > 0);
        QVERIFY(test.window->session().isLooking());
        QTest::keyClick(test.find<QTreeView>("findingsView"), Qt::Key_Escape);
        QVERIFY(test.isShown("checkButton"));
        QTRY_VERIFY(test.isIdle());
    }

    void keysOfTheCheckPage()
    {
        WindowTest test;
        test.type("domainEdit", QStringLiteral("mixed.example.org"));
        test.press("checkButton");
        QTRY_VERIFY(test.isIdle());
        test.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(test.window.get()));
        auto *view = test.find<QTreeView>("findingsView");
        view->setFocus();
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QLatin1String("Problem: ")));
        QTest::keyClick(view, Qt::Key_F6);
        QTRY_VERIFY(test.find<DetailView>("detailView")->hasFocus());
        QTest::keyClick(view, Qt::Key_F5);
        QVERIFY(test.window->session().isLooking());
        QVERIFY(view->model()->rowCount() > 0); // the old rows stay while it looks again
        QTRY_VERIFY(test.isIdle());
        QTest::keyClick(view, Qt::Key_Left, Qt::AltModifier);
        QVERIFY(test.isShown("checkButton"));
    }

    void filterButtonsShowOneKind()
    {
        WindowTest test;
        test.type("domainEdit", QStringLiteral("mixed.example.org"));
        test.press("checkButton");
        QTRY_VERIFY(test.isIdle());
        const auto *model = test.find<QTreeView>("findingsView")->model();
        const auto rows = [model] {
            int count = 0;
            for (int g = 0; g < model->rowCount(); ++g)
                count += model->rowCount(model->index(g, 0));
            return count;
        };
        const Report &report = test.window->session().report();
        QCOMPARE(rows(), int(report.findings.size()));
        test.press("problemsButton");
        QCOMPARE(rows(), report.count(Severity::Error));
        test.press("notTestedButton");
        QCOMPARE(rows(), report.count(Severity::Unknown));
    }

    void hostileTextIsShownAsItIs()
    {
        WindowTest test;
        test.type("domainEdit", QStringLiteral("hostile.example.org"));
        test.press("checkButton");
        QTRY_VERIFY(test.isIdle());
        auto *view = test.find<QTreeView>("findingsView");
        auto *detail = test.find<DetailView>("detailView");
        bool seen = false;
        for (int g = 0; g < view->model()->rowCount(); ++g) {
            const QModelIndex group = view->model()->index(g, 0);
            for (int r = 0; r < view->model()->rowCount(group); ++r) {
                view->setCurrentIndex(view->model()->index(r, 0, group));
                QVERIFY(!detail->toHtml().contains(QLatin1String("<img")));
                seen = seen || detail->toPlainText().contains(QLatin1String("<img src="));
            }
        }
        QVERIFY(seen);
        allLabelsArePlain(test);
        test.press("setupButton");
        QTRY_VERIFY(test.find<QPushButton>("nextButton")->isEnabled());
        for (int step = 0; step < 4; ++step) {
            allLabelsArePlain(test);
            test.press("nextButton");
        }
        allLabelsArePlain(test);
    }

    void theDomainPage_data()
    {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<bool>("goesOn");
        QTest::addColumn<QString>("said"); // in the banner or beside Next
        QTest::newRow("found") << "fresh.example.org" << true << QString();
        QTest::newRow("found, slow servers") << "slow.example.org" << true << QString();
        QTest::newRow("live testing policy") << "testing.example.org" << true << QString();
        QTest::newRow("no mail") << "null.example.org" << false << "does not receive mail";
        QTest::newRow("DNS fails") << "failed.example.org" << false << "could not be looked up";
        QTest::newRow("port 25 blocked") << "blocked.example.org" << true << QString();
    }
    void theDomainPage()
    {
        QFETCH(QString, domain);
        QFETCH(bool, goesOn);
        QFETCH(QString, said);
        WindowTest test;
        test.press("setupButton");
        QVERIFY(test.label("reasonLabel").contains(QLatin1String("Type your mail domain")));
        test.type("domainEdit", domain);
        QTest::keyClick(test.find<QLineEdit>("domainEdit"), Qt::Key_Return);
        QTRY_VERIFY(test.isIdle() || test.window->session().survey().hostsKnown);
        QTRY_VERIFY(test.find<QPushButton>("nextButton")->isEnabled());
        QCOMPARE(test.isShown("banner"), !said.isEmpty());
        if (!said.isEmpty())
            QVERIFY2(test.label("bannerText").contains(said), qPrintable(test.label("bannerText")));
        QCOMPARE(test.find<QTreeWidget>("foundView")->topLevelItemCount(), 7);
        test.press("nextButton");
        QCOMPARE(test.isShown("testingRadio"), goesOn);
    }

    void theDomainPageLooksUpByItselfWhenTypingStops()
    {
        WindowTest test;
        test.press("setupButton");
        test.type("domainEdit", QStringLiteral("fresh.example.org"));
        QVERIFY(test.label("reasonLabel").contains(QLatin1String("first")));
        QTRY_VERIFY(test.window->session().survey().hostsKnown);
        // Another name makes what was found somebody else's.
        test.type("domainEdit", QStringLiteral("nodots"));
        test.press("nextButton");
        QVERIFY(!test.isShown("testingRadio"));
        QVERIFY(test.isShown("messageLabel"));
    }

    void thePolicyPage()
    {
        WindowTest test;
        goToPolicy(test, QStringLiteral("fresh.example.org"));
        QVERIFY(test.find<QRadioButton>("testingRadio")->isChecked());
        QCOMPARE(test.window->session().choices().maxAge, 86400);
        auto *patterns = test.find<QTreeWidget>("patternsView");
        QCOMPARE(patterns->topLevelItemCount(), 2);

        test.find<QRadioButton>("enforceRadio")->click();
        QCOMPARE(test.window->session().choices().maxAge, 604800);
        QTRY_VERIFY(!adviceTexts(test).isEmpty()); // enforce without a testing time

        patterns->setCurrentItem(patterns->topLevelItem(0));
        test.press("removePatternButton");
        QCOMPARE(patterns->topLevelItemCount(), 1);
        test.press("nextButton"); // enforce, and a mail server is not covered
        QVERIFY(test.isShown("testingRadio"));
        QVERIFY(test.label("bannerText").contains(QLatin1String("mx1.fresh.example.org")));
        QVERIFY(!test.label("reasonLabel").isEmpty());

        test.type("patternEdit", QStringLiteral("mx*.example.org"));
        test.press("addPatternButton");
        QVERIFY(test.label("messageLabel").contains(QLatin1String("mx*.example.org")));
        test.type("patternEdit", QStringLiteral("*.fresh.example.org"));
        test.press("addPatternButton");
        QCOMPARE(patterns->topLevelItemCount(), 2);
        test.press("proposeButton");
        QCOMPARE(patterns->topLevelItem(0)->text(0), QStringLiteral("mx1.fresh.example.org"));

        auto *age = test.find<QComboBox>("maxAgeCombo");
        QVERIFY(!test.isShown("maxAgeSpin"));
        age->setCurrentIndex(age->count() - 1);
        Q_EMIT age->activated(age->count() - 1);
        QVERIFY(test.isShown("maxAgeSpin"));
        test.press("nextButton");
        QVERIFY(test.isShown("reportsCheck"));
        test.press("backButton");
        QVERIFY(test.find<QRadioButton>("enforceRadio")->isChecked());
    }

    void aLivePolicyFillsThePages()
    {
        WindowTest test;
        goToPolicy(test, QStringLiteral("good.example.org"));
        QTRY_VERIFY(test.isIdle());
        QVERIFY(test.find<QRadioButton>("enforceRadio")->isChecked());
        QCOMPARE(test.window->session().choices().maxAge, 2592000);
    }

    void theReportsPage()
    {
        WindowTest test;
        goToPolicy(test, QStringLiteral("fresh.example.org"));
        test.press("nextButton");
        auto *addresses = test.find<QListWidget>("addressesView");
        QCOMPARE(addresses->count(), 1);
        QCOMPARE(addresses->item(0)->text(), QStringLiteral("mailto:tlsrpt@fresh.example.org"));
        test.type("addressEdit", QStringLiteral("no address"));
        test.press("addAddressButton");
        QVERIFY(test.isShown("messageLabel"));
        QCOMPARE(addresses->count(), 1);
        test.type("addressEdit", QStringLiteral("https://reports.example.org/tls"));
        test.press("nextButton"); // what was typed counts
        test.press("backButton");
        QCOMPARE(addresses->count(), 2);
        test.find<QCheckBox>("reportsCheck")->click();
        QVERIFY(test.window->session().choices().reportTo.isEmpty());
        QTRY_VERIFY(!adviceTexts(test).isEmpty());
        test.find<QCheckBox>("reportsCheck")->click();
        QCOMPARE(addresses->count(), 2);
    }

private:
    static void goToPolicy(WindowTest &test, const QString &domain)
    {
        test.type("domainEdit", domain);
        test.press("setupButton");
        QTRY_VERIFY(test.window->session().survey().hostsKnown);
        test.press("nextButton");
        QVERIFY(test.isShown("testingRadio"));
    }
    static QStringList adviceTexts(const WindowTest &test)
    {
        QStringList all;
        const auto labels = test.window->findChildren<QLabel *>(QStringLiteral("adviceText"));
        for (const QLabel *label : labels)
            if (label->isVisibleTo(test.window.get()))
                all << label->text();
        return all;
    }
    static void allLabelsArePlain(const WindowTest &test)
    {
        const auto labels = test.window->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }
};
QTEST_MAIN(TestPages)
#include "tst_pages.moc"
