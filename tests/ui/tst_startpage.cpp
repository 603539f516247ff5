// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The first page: the list of kept domains and what can be done with a row, files that could not be
// read or written, and that nothing typed is lost.
#include "detailview.h"
#include "keptwindow.h"
#include "program.h"

#include <QDir>
#include <QHeaderView>
#include <QSignalSpy>
#include <QTreeView>
#include <QTreeWidget>

class TestStartPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void forgettingOffersUndo()
    {
        KeptWindow test({keptDomain("good.example.org"), keptDomain("shop.example")});
        test.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(test.window.get()));
        test.find<QTreeView>("domainsView")->setFocus();
        QTest::keyClick(test.find<QTreeView>("domainsView"), Qt::Key_Delete);
        QVERIFY(test.isShown("undoBanner"));
        QCOMPARE(test.window->keptDomains().all().size(), 1);
        test.press("bannerButton");
        QVERIFY(!test.isShown("undoBanner"));
        QCOMPARE(test.window->keptDomains().all().size(), 2);
        test.press("forgetRowButton");
        test.press("forgetRowButton");
        QVERIFY(test.isShown("emptyLabel"));
        QVERIFY(test.isShown("undoBanner")); // of the last one, also when the list is empty
        test.press("bannerButton");
        QCOMPARE(test.window->keptDomains().all().size(), 1);
        test.close();
        QCOMPARE(test.files().size(), 1);
    }

    void withoutDomainsTheLinksFollowTheButtons()
    {
        KeptWindow test(QList<KeptDomain>{});
        QVERIFY(test.isShown("practiceLink"));
        test.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(test.window.get()));
        test.find<QPushButton>("setupButton")->setFocus();
        for (const char *link : {"checkLink", "setupLink", "practiceLink"}) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QCOMPARE(QApplication::focusWidget()->objectName(), QLatin1String(link));
        }
        test.find<QLineEdit>("domainEdit")->setText(QStringLiteral("shop.example"));
        test.press("checkLink");
        QVERIFY(test.isShown("findingsView"));
    }

    void enterOnARowChecksIt()
    {
        KeptWindow test({keptDomain("good.example.org")});
        auto *view = test.find<QTreeView>("domainsView");
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Return);
        QVERIFY(test.isShown("findingsView"));
        QCOMPARE(test.window->session().domain(), named("good.example.org"));
    }

    void theFilterComesWithEightRows()
    {
        QList<KeptDomain> all;
        for (int i = 0; i < 8; ++i)
            all.append(keptDomain("d" + QByteArray::number(i) + ".example.org"));
        KeptWindow test(all);
        auto *view = test.find<QTreeView>("domainsView");
        test.find<QLineEdit>("filterEdit")->setText(QStringLiteral("D3"));
        QCOMPARE(view->model()->rowCount(), 1);
        test.find<QLineEdit>("filterEdit")->setText(QStringLiteral("nothing like it"));
        QCOMPARE(view->model()->rowCount(), 0);
        QVERIFY(!test.find<QPushButton>("forgetRowButton")->isEnabled());
        test.find<QLineEdit>("filterEdit")->clear();
        QCOMPARE(view->model()->rowCount(), 8);
        QVERIFY(view->currentIndex().isValid());
        test.press("forgetRowButton");
        QCOMPARE(view->model()->rowCount(), 7);
        QVERIFY(!test.isShown("filterEdit"));
    }

    void columnsAndOrderAreRemembered()
    {
        KeptWindow test({keptDomain("good.example.org"), keptDomain("shop.example")});
        test.find<QTreeView>("domainsView")->sortByColumn(0, Qt::DescendingOrder);
        test.close();
        test.open();
        const auto *view = test.find<QTreeView>("domainsView");
        QCOMPARE(view->header()->sortIndicatorOrder(), Qt::DescendingOrder);
        QCOMPARE(view->model()->index(0, 0).data().toString(), QStringLiteral("shop.example"));
    }

    void theSelectionStaysWhileRowsChange()
    {
        KeptWindow test({keptDomain("deaf.example.org"), keptDomain("good.example.org"),
                         keptDomain("mixed.example.org")});
        auto *view = test.find<QTreeView>("domainsView");
        view->setCurrentIndex(view->model()->index(1, 0));
        const QString chosen = view->currentIndex().data().toString();
        test.press("checkAllButton");
        QVERIFY(test.find<QPushButton>("checkAllButton")->text().contains(QLatin1String("St")));
        QTRY_COMPARE(test.window->keptDomains().find(named("mixed.example.org")).lastCheck->verdict,
                     Verdict::Error);
        QCOMPARE(view->currentIndex().siblingAtColumn(0).data().toString(), chosen);
        test.press("checkAllButton");
        QTRY_COMPARE(test.find<QPushButton>("checkAllButton")->text(),
                     QStringLiteral("Check &all"));
    }

    void aDiskThatSaysNoIsToldAndNothingIsLost()
    {
        KeptWindow test;
        QFile inTheWay(test.folder.filePath(QStringLiteral("domains")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        QSignalSpy failed(&test.window->keptDomains(), &KeptDomains::notWritten);
        test.check(QStringLiteral("good.example.org"));
        test.press("closeButton");
        QVERIFY(failed.count() > 0 || failed.wait());
        QVERIFY(test.isShown("banner"));
        QVERIFY(test.find<QLabel>("bannerText")
                        ->text()
                        .contains(QLatin1String("good.example.org")));
        QVERIFY(test.isShown("domainsView"));
        QVERIFY(inTheWay.remove());
        QSignalSpy written(&test.window->keptDomains(), &KeptDomains::written);
        test.press("bannerButton");
        QVERIFY(written.wait());
        QVERIFY(!test.isShown("banner"));
        QCOMPARE(test.files().size(), 1);
    }

    void brokenFilesAreTold()
    {
        QTemporaryDir folder;
        KeptWindow test;
        test.close();
        QVERIFY(QDir().mkpath(test.folder.filePath(QStringLiteral("domains"))));
        QFile file(test.folder.filePath(QStringLiteral("domains/shop.example.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no JSON");
        file.close();
        test.open();
        QVERIFY(test.isShown("banner"));
        QVERIFY(test.find<QLabel>("bannerText")->text().contains(QLatin1String("set aside")));
    }

    void whatIsHalfTypedStays()
    {
        KeptWindow test({keptDomain("good.example.org")});
        test.type(QStringLiteral("half.exa"));
        test.press("checkRowButton"); // of the list: not what is typed
        QTRY_VERIFY(!test.window->session().isLooking());
        test.press("closeButton");
        QCOMPARE(test.find<QLineEdit>("domainEdit")->text(), QStringLiteral("half.exa"));
        test.press("setupRowButton");
        test.press("cancelButton");
        QCOMPARE(test.find<QLineEdit>("domainEdit")->text(), QStringLiteral("half.exa"));
        test.check(QStringLiteral("good.example.org")); // acted on: no longer half-typed
        test.press("closeButton");
        test.press("setupRowButton");
        test.press("cancelButton");
        QCOMPARE(test.find<QLineEdit>("domainEdit")->text(), QStringLiteral("good.example.org"));
    }

    void whatIsHalfTypedInTheAssistantComesAlong()
    {
        KeptWindow test({keptDomain("good.example.org")});
        test.press("setupRowButton");
        QTRY_VERIFY(!test.window->session().isLooking());
        test.type(QStringLiteral("https://half exa"));
        test.press("cancelButton");
        QCOMPARE(test.find<QLineEdit>("domainEdit")->text(), QStringLiteral("https://half exa"));
        test.press("setupRowButton"); // of the list: the domain there
        QCOMPARE(test.find<QLineEdit>("domainEdit")->text(), QStringLiteral("good.example.org"));
        test.press("cancelButton");
        QCOMPARE(test.find<QLineEdit>("domainEdit")->text(), QStringLiteral("https://half exa"));
    }

    /// Each domain has its own unfinished line.
    void anAddressNotAddedYetWaitsForItsDomain()
    {
        KeptWindow test;
        const auto walk = [&](const char *domain) {
            test.type(QString::fromLatin1(domain));
            test.press("setupButton");
            QTRY_VERIFY(!test.window->session().isLooking());
            for (int i = 0; i < 3 && !test.isShown("addressEdit"); ++i)
                test.press("nextButton");
        };
        walk("fresh.example.org");
        test.find<QAbstractButton>("reportsCheck")->setChecked(true);
        test.find<QLineEdit>("addressEdit")->setText(QStringLiteral("tls@half"));
        test.press("cancelButton");
        walk("fresh.example.com");
        QVERIFY(test.find<QLineEdit>("addressEdit")->text().isEmpty());
        test.press("cancelButton");
        walk("fresh.example.org");
        QCOMPARE(test.find<QLineEdit>("addressEdit")->text(), QStringLiteral("tls@half"));
    }

    void aDraftIsDiscardedAndTakenBack()
    {
        KeptDomain kept = keptDomain("fresh.example.org");
        kept.isSetUp = true;
        kept.draft = Choices{kept.domain, Policy::Mode::Enforce, {}, 86400, {}, Hosting::Nginx, {}};
        kept.draftStep = "reports";
        KeptWindow test({kept, keptDomain("good.example.org")});
        auto *view = test.find<QTreeView>("domainsView");
        const auto select = [&](const char *domain) {
            for (int row = 0; row < view->model()->rowCount(); ++row)
                if (view->model()->index(row, 0).data().toString() == QLatin1String(domain))
                    view->setCurrentIndex(view->model()->index(row, 0));
        };
        select("good.example.org");
        QVERIFY(!test.isShown("discardRowButton"));
        select("fresh.example.org");
        QVERIFY(test.isShown("discardRowButton"));
        test.press("setupRowButton"); // the session has the choices now
        QTRY_VERIFY(!test.window->session().isLooking());
        test.press("cancelButton");
        select("fresh.example.org");
        test.press("discardRowButton");
        QVERIFY(!test.isShown("discardRowButton"));
        QVERIFY(test.find<QLabel>("bannerText")->text().contains(QLatin1String("draft")));
        QVERIFY(!test.window->keptDomains().find(kept.domain).draft);
        QVERIFY(test.window->keptDomains().find(kept.domain).lastCheck); // the rest is remembered
        QVERIFY(!test.window->session().choicesAreTheUsers());
        QVERIFY(test.find<QPushButton>("setupRowButton")->text().contains(QLatin1String("Set")));
        test.press("bannerButton");
        QCOMPARE(test.window->keptDomains().find(kept.domain).draft->hosting, Hosting::Nginx);
        QCOMPARE(test.window->keptDomains().find(kept.domain).draftStep, QByteArray("reports"));
        QCOMPARE(test.window->session().choices().hosting, Hosting::Nginx);
        select("fresh.example.org");
        test.press("discardRowButton");
        test.press("setupRowButton"); // from the beginning, with what is proposed
        QVERIFY(test.isShown("foundView"));
        QCOMPARE(test.window->session().choices().hosting, Hosting::Undecided);
        test.close();
        QVERIFY(!test.files().first().draft && !test.files().last().draft);
    }

    /// Its file stays as it is, so the draft would be back at the next start.
    void theDraftOfANewerProgramIsNotDiscarded()
    {
        KeptWindow test;
        test.close();
        QVERIFY(QDir().mkpath(test.folder.filePath(QStringLiteral("domains"))));
        QFile file(test.folder.filePath(QStringLiteral("domains/shop.example.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"schema":"mta-sts-domain/2","domain":"shop.example",)"
                   R"("draft":{"mode":"testing"}})");
        file.close();
        test.open();
        QVERIFY(test.isShown("domainsView"));
        QVERIFY(!test.isShown("discardRowButton"));
    }

    void whatSendersDoIsReachedFromARow()
    {
        KeptDomain kept = keptDomain("good.example.org");
        Policy old = *readPolicy(kept.served->body).policy;
        old.mx = {*MxPattern::parse("gone.example.org")};
        kept.held = {{old, QDateTime::currentDateTimeUtc().addDays(6)}};
        KeptWindow test({kept});
        test.press("sendersRowButton");
        auto *senders = test.find<QTreeWidget>("sendersView");
        QVERIFY(test.find<DetailView>("senderDetailView")
                        ->toPlainText()
                        .contains(QLatin1String("still running")));
        QTRY_COMPARE(senders->topLevelItemCount(), 5);
        QVERIFY(!senders->isColumnHidden(2));
        QCOMPARE(senders->topLevelItem(0)->text(2), QStringLiteral("Does not deliver; mail waits"));
        QVERIFY(test.find<DetailView>("senderDetailView")
                        ->toPlainText()
                        .contains(QLatin1String("gone.example.org")));
        test.press("findingsButton");
        QVERIFY(test.isShown("findingsView"));
        QVERIFY(test.window->session().isComplete());
        test.press("closeButton");
        test.press("sendersRowButton"); // what was just checked is not checked again
        QVERIFY(!test.window->session().isLooking());
        QTRY_COMPARE(senders->topLevelItemCount(), 5);
    }
};
QTEST_MAIN(TestStartPage)
#include "tst_startpage.moc"
