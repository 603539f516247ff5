// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Start page and check page in each of their states, over worlds of data.
#include "detailview.h"
#include "program.h"
#include "windowtest.h"

#include <QClipboard>
#include <QLabel>
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

    /// A tool tip guesses whether its text is markup, so remote text in one must be escaped (T-20).
    void hostileTextIsInertInEveryToolTip()
    {
        WindowTest test;
        int told = 0;
        test.type("domainEdit", QStringLiteral("hostile.example.org"));
        test.press("checkButton");
        QTRY_VERIFY(test.isIdle());
        told += inertTips(test);
        test.press("sendersButton");
        QTRY_COMPARE(test.find<QTreeWidget>("sendersView")->topLevelItemCount(), 5);
        told += inertTips(test);
        test.press("findingsButton");
        test.press("setupButton");
        QTRY_VERIFY(test.isIdle() && test.find<QPushButton>("nextButton")->isEnabled());
        for (int step = 0; step < 8; ++step) {
            QTRY_VERIFY(test.isIdle());
            told += inertTips(test);
            if (test.isShown("manualButton"))
                test.press("manualButton");
            else if (test.isShown("withoutButton"))
                test.press("withoutButton");
            else if (step < 7)
                test.press("nextButton");
        }
        QVERIFY(test.isShown("proofView")); // every page was seen
        QVERIFY2(told > 0, "no tool tip had anything remote in it");
    }

private:
    /// How many tips had the remote markup, escaped.
    static int inertTips(const WindowTest &test)
    {
        QStringList tips;
        const auto widgets = test.window->findChildren<QWidget *>();
        for (const QWidget *widget : widgets)
            tips << widget->toolTip();
        const auto views = test.window->findChildren<QAbstractItemView *>();
        for (const QAbstractItemView *view : views) {
            if (!view->isVisibleTo(test.window.get()) || !view->model())
                continue;
            const auto all =
                    view->model()->match(view->model()->index(0, 0), Qt::DisplayRole, QString(), -1,
                                         Qt::MatchContains | Qt::MatchRecursive);
            for (const QModelIndex &index : all)
                for (int column = 0; column < view->model()->columnCount(index.parent()); ++column)
                    tips << index.siblingAtColumn(column).data(Qt::ToolTipRole).toString();
        }
        int told = 0;
        for (const QString &tip : std::as_const(tips)) {
            if (tip.contains(QLatin1String("<b>x")) || tip.contains(QLatin1String("<img")))
                qFatal("markup in a tool tip: %s", qPrintable(tip));
            told += tip.contains(QLatin1String("&lt;b&gt;x")) ||
                    tip.contains(QLatin1String("&lt;img"));
        }
        return told;
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
