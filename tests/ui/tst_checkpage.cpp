// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The check page beyond showing findings: mending them, reports, results from files, blocked ports, what
// senders do; and that hundreds of servers do not hold up the window.
#include "check/reportjson.h"
#include "detailview.h"
#include "findingsmodel.h"
#include "fixes.h"
#include "port25dialog.h"
#include "program.h"
#include "windowtest.h"

#include <QClipboard>
#include <QFileDialog>
#include <QJsonDocument>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTreeWidget>

namespace {

/// Every finding row of the view, in order.
QModelIndexList rows(const QAbstractItemModel *model)
{
    QModelIndexList all;
    for (int g = 0; g < model->rowCount(); ++g)
        for (int r = 0; r < model->rowCount(model->index(g, 0)); ++r)
            all << model->index(r, 0, model->index(g, 0));
    return all;
}

void check(WindowTest &test, const char *domain)
{
    test.type("domainEdit", QString::fromLatin1(domain));
    test.press("checkButton");
    QTRY_VERIFY(test.isIdle());
}

void select(const WindowTest &test, const char *words)
{
    auto *view = test.find<QTreeView>("findingsView");
    for (const QModelIndex &index : rows(view->model()))
        if (index.data().toString().contains(QLatin1String(words))) {
            view->setCurrentIndex(index);
            return;
        }
    qFatal("no finding says %s", words);
}

/// A saved result of the fake world of this name.
QString savedResult(const WindowTest &test, const char *domain)
{
    const Engine engine = fakeEngine();
    const Survey survey = engine.look(*DomainName::fromAscii(domain), {}, [](const Survey &) {});
    const QString path = test.folder.filePath(QStringLiteral("result.json"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(checkJson(survey, engine.judge(survey, {}))) <= 0)
        qFatal("no file");
    return path;
}

void drop(MainWindow *window, const QString &path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window, &event);
}

} // namespace

class TestCheckPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void theFirstProblemIsSelectedAndCanBeMended()
    {
        WindowTest test;
        check(test, "mixed.example.org");
        auto *view = test.find<QTreeView>("findingsView");
        QCOMPARE(view->currentIndex().data(FindingsModel::SeverityRole).toInt(),
                 int(Severity::Error));
        QCOMPARE(view->currentIndex(), rows(view->model()).first());
        QVERIFY(view->hasFocus() || !test.window->isActiveWindow());
    }

    void fixListsTheServerAndOpensThePolicy()
    {
        WindowTest test;
        check(test, "mixed.example.org");
        select(test, "does not cover the mail server mx3");
        QCOMPARE(test.find<QPushButton>("fixButton")->text(), QStringLiteral("&Fix…"));
        Choices without = test.window->session().choices();
        without.mx = without.mx.mid(0, 1); // as if the user had taken it out
        test.window->session().setChoices(without);
        test.press("fixButton");
        QVERIFY(anyMatches(test.window->session().choices().mx, "mx3.mixed.example.org"));
        QVERIFY(test.isShown("patternsView"));
    }

    void whatIsNotOursIsCopiedAsAnInstruction()
    {
        WindowTest test;
        check(test, "mixed.example.org");
        select(test, "The certificate of mx2.mixed.example.org expired");
        QVERIFY(test.find<QPushButton>("fixButton")->text().contains(QLatin1String("what to do")));
        test.press("fixButton");
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY2(text.contains(QLatin1String("mixed.example.org")) &&
                         text.contains(QLatin1String("What to do:")),
                 qPrintable(text));
        QVERIFY(test.label("statusLabel").contains(QLatin1String("Copied")));
        QVERIFY(test.isShown("findingsView"));
    }

    void nothingToDoHidesTheButton()
    {
        WindowTest test;
        check(test, "good.example.org");
        select(test, "The policy covers mx1");
        QVERIFY(!test.isShown("fixButton"));
        auto *view = test.find<QTreeView>("findingsView");
        view->setCurrentIndex(view->model()->index(0, 0)); // a group
        QVERIFY(!test.isShown("fixButton"));
        QVERIFY(test.find<QPushButton>("copyButton")->isEnabled());
    }

    void keysCopyAndCheckAgain()
    {
        WindowTest test;
        check(test, "mixed.example.org");
        test.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(test.window.get()));
        auto *view = test.find<QTreeView>("findingsView");
        view->setFocus();
        QGuiApplication::clipboard()->clear();
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QLatin1String("Problem: ")));
        QTest::keyClick(view, Qt::Key_F6);
        QVERIFY(test.find<DetailView>("detailView")->hasFocus());
        QTest::keyClick(view, Qt::Key_F5);
        QVERIFY(!test.isIdle());
        QTRY_VERIFY(test.isIdle());
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(test.isShown("checkButton"));
    }

    void aHugeFindingIsElidedWithAWayToSeeItAll()
    {
        Engine engine = fakeEngine();
        engine.judge = [](const Survey &survey, const LastSeen &) {
            Report report;
            report.domain = survey.domain;
            report.at = survey.at;
            report.finished = survey.finished;
            report.findings.append({"STS-70",
                                    Severity::Error,
                                    Group::Policy,
                                    QStringLiteral("mx1.good.example.org"),
                                    {QString(1000, QLatin1Char('w'))},
                                    QString(65536, QLatin1Char('x')) + QStringLiteral("\nend")});
            return report;
        };
        WindowTest test(engine);
        check(test, "good.example.org");
        auto *detail = test.find<DetailView>("detailView");
        QVERIFY(detail->isElided());
        QVERIFY(detail->toPlainText().size() < 8000);
        QVERIFY(test.isShown("showAllButton"));
        test.press("showAllButton");
        auto *all = test.window->findChild<QPlainTextEdit *>(QStringLiteral("wholeTextView"));
        QVERIFY(all && all->toPlainText().endsWith(QLatin1String("end")));
        QCOMPARE(all->toPlainText().size(), 65540);
    }

    /// Figures are for tests/bench; here only that nothing grows with the square of the servers.
    void hundredsOfServersAreShown()
    {
        QList<Finding> findings;
        for (int i = 0; i < 300; ++i) {
            const QString name = QStringLiteral("mx%1.good.example.org").arg(i);
            for (const char *id : {"STS-70", "STS-74.ok", "STS-77.ok", "DNS-12.ok"})
                findings.append({id,
                                 i % 7 ? Severity::Ok : Severity::Error,
                                 Group(i % 3),
                                 name,
                                 {name, QStringLiteral("1")},
                                 QStringLiteral("seen")});
        }
        Engine engine = fakeEngine();
        engine.judge = [findings](const Survey &survey, const LastSeen &) {
            Report report;
            report.domain = survey.domain;
            report.finished = survey.finished;
            report.findings = findings;
            return report;
        };
        WindowTest test(engine);
        check(test, "good.example.org");
        QCOMPARE(rows(test.find<QTreeView>("findingsView")->model()).size(), 1200);
        QVERIFY(test.find<QPushButton>("allButton")->text().contains(QLatin1String("200")));
    }

    void blockedPortHasWaysOut()
    {
        WindowTest test;
        check(test, "blocked.example.org");
        test.press("bannerButton");
        auto *dialog = test.window->findChild<Port25Dialog *>();
        QVERIFY(dialog && dialog->isVisible());
        const auto text = [&](const char *edit) {
            return dialog->findChild<QLineEdit *>(QString::fromLatin1(edit))->text();
        };
        const auto press = [&](const char *button) {
            dialog->findChild<QPushButton *>(QString::fromLatin1(button))->click();
        };
        QCOMPARE(text("serverEdit"),
                 QStringLiteral("mta-sts check blocked.example.org --json > result.json"));
        press("copyServerButton");
        QCOMPARE(QGuiApplication::clipboard()->text(), text("serverEdit"));
        press("copyTunnelButton");
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QLatin1String("ssh ")));
        for (const char *wrong :
             {"", "http://127.0.0.1:8080", "two words", "socks5://user:secret@127.0.0.1:1080",
              "socks5://127.0.0.1:99999"}) {
            dialog->findChild<QLineEdit *>(QStringLiteral("proxyEdit"))
                    ->setText(QString::fromLatin1(wrong));
            press("proxyButton");
            QVERIFY2(dialog->isVisible(), wrong);
            QVERIFY(!test.settings.contains(QStringLiteral("network/smtpProxy")));
            QVERIFY(!dialog->findChild<QLabel *>(QStringLiteral("messageLabel"))->text().isEmpty());
        }
        dialog->findChild<QLineEdit *>(QStringLiteral("proxyEdit"))
                ->setText(QStringLiteral("127.0.0.1"));
        press("proxyButton");
        QCOMPARE(test.settings.value(QStringLiteral("network/smtpProxy")).toString(),
                 QStringLiteral("socks5://127.0.0.1:1080"));
        QVERIFY(!test.isIdle()); // it checks again
        QTRY_VERIFY(test.isIdle());
    }

    void proxyAddresses_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("address");
        const auto row = [](const char *typed, const char *address) {
            QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(address);
        };
        row("socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080");
        row(" server.example:9050 ", "socks5://server.example:9050");
        row("server.example", "socks5://server.example:1080");
        row("[::1]:1080", "socks5://[::1]:1080");
        row("", "");
    }
    void proxyAddresses()
    {
        QFETCH(QString, typed);
        QFETCH(QString, address);
        QCOMPARE(proxyAddress(typed), address);
    }

    void onlySomeServersTimeOutIsNoBanner()
    {
        WindowTest test;
        check(test, "mixed.example.org"); // mx3 does not answer
        QVERIFY(!test.isShown("banner"));
    }

    void aResultFromAFileIsShownAsOne()
    {
        WindowTest test;
        const QString path = savedResult(test, "mixed.example.com");
        drop(test.window.get(), path);
        QTRY_VERIFY(test.isShown("findingsView"));
        QTRY_VERIFY(test.isShown("banner"));
        QVERIFY(test.label("titleLabel").contains(QLatin1String("mixed.example.com")));
        QVERIFY(test.label("bannerText").contains(QLatin1String("from a file")));
        QVERIFY(!test.label("statusLabel").contains(QLatin1String("Checked at")));
        QVERIFY(test.isIdle()); // nothing is looked up for it
        QVERIFY(!rows(test.find<QTreeView>("findingsView")->model()).isEmpty());
        // No change is made because of a file: the assistant looks for itself first.
        select(test, "does not cover the mail server mx3");
        test.press("fixButton");
        QVERIFY(!test.isShown("findingsView"));
        QVERIFY(test.isShown("foundView"));
    }

    /// It holds what was found, not everything that decides: said in place, and a check is offered.
    void whatSendersDoIsNotGuessedFromAFile()
    {
        WindowTest test;
        drop(test.window.get(), savedResult(test, "good.example.com"));
        QTRY_VERIFY(test.isShown("findingsView") && test.isShown("banner"));
        test.press("sendersButton");
        const auto *detail = test.find<DetailView>("senderDetailView");
        QVERIFY(detail->toPlainText().contains(QLatin1String("A saved result")));
        QCOMPARE(test.find<QTreeWidget>("sendersView")->topLevelItemCount(), 0);
        QVERIFY(test.isIdle());
        test.press("findingsButton");
        QVERIFY(test.label("bannerText").contains(QLatin1String("from a file")));
        test.press("sendersButton");
        test.press("checkNowButton");
        QTRY_COMPARE(test.find<QTreeWidget>("sendersView")->topLevelItemCount(), 5);
        QVERIFY(!test.isShown("checkNowButton"));
    }

    void checkAgainLeavesTheFile()
    {
        WindowTest test;
        drop(test.window.get(), savedResult(test, "good.example.com"));
        QTRY_VERIFY(test.isShown("findingsView") && test.isShown("banner"));
        test.press("recheckButton");
        QTRY_VERIFY(test.window->session().isComplete());
        QVERIFY(!test.isShown("banner"));
        QVERIFY(test.label("statusLabel").contains(QLatin1String("Checked at")));
    }

    void aFileThatIsNoneIsSaid()
    {
        WindowTest test;
        const QString path = test.folder.filePath(QStringLiteral("x.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{}") == 2);
        file.close();
        drop(test.window.get(), path);
        QTRY_VERIFY(test.isShown("bannerText"));
        QVERIFY(test.label("bannerText").contains(QLatin1String("not the result of a check")));
    }

    void theReportIsSaved()
    {
        WindowTest test;
        check(test, "good.example.org");
        test.settings.setValue(QStringLiteral("report/folder"), test.folder.path());
        test.settings.setValue(QStringLiteral("report/format"), QStringLiteral("json"));
        test.press("saveButton");
        auto *dialog = test.window->findChild<QFileDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->defaultSuffix(), QStringLiteral("json"));
        const QString path = test.folder.filePath(QStringLiteral("r.json"));
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
        QTRY_VERIFY(test.label("statusLabel").contains(QLatin1String("r.json")));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll().contains("mta-sts-check/1"));
    }

    void nothingIsSavedWhileItRuns()
    {
        WindowTest test;
        test.type("domainEdit", QStringLiteral("deaf.example.org"));
        test.press("checkButton");
        QVERIFY(!test.find<QPushButton>("saveButton")->isEnabled());
        QVERIFY(!test.find<QPushButton>("sendersButton")->isEnabled());
        test.press("stopButton");
        QTRY_VERIFY(test.isIdle());
        QVERIFY(test.find<QPushButton>("saveButton")->isEnabled());
    }

    void senders_data()
    {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QString>("gmail");
        QTest::newRow("right") << "good.example.org"
                               << "Delivers over verified TLS";
        QTest::newRow("fresh") << "fresh.example.org"
                               << "Delivers over TLS without verification";
        QTest::newRow("blocked") << "blocked.example.org"
                                 << "Not known";
        QTest::newRow("no mail") << "null.example.org"
                                 << "Returns the mail at once";
    }
    void senders()
    {
        QFETCH(QString, domain);
        QFETCH(QString, gmail);
        WindowTest test;
        check(test, domain.toLatin1().constData());
        test.press("sendersButton");
        auto *view = test.find<QTreeWidget>("sendersView");
        QTRY_COMPARE(view->topLevelItemCount(), 5);
        QCOMPARE(view->topLevelItem(0)->text(1), gmail);
        QVERIFY(view->isColumnHidden(2)); // no policy was seen before
        QVERIFY(test.find<DetailView>("senderDetailView")
                        ->toPlainText()
                        .contains(QLatin1String("Checks MTA-STS")));
        QVERIFY(test.label("titleLabel").contains(domain));
        const QString title = view->topLevelItem(0)->data(0, Qt::AccessibleTextRole).toString();
        QCOMPARE(title, QStringLiteral("Gmail: ") + gmail);
        test.press("findingsButton");
        QVERIFY(test.isShown("findingsView"));
        QVERIFY(test.isIdle()); // and nothing is looked up again
        QVERIFY(!rows(test.find<QTreeView>("findingsView")->model()).isEmpty());
    }

    void hostileTextsAreInert()
    {
        WindowTest test;
        check(test, "hostile.example.org");
        auto *view = test.find<QTreeView>("findingsView");
        auto *detail = test.find<DetailView>("detailView");
        bool seen = false;
        for (const QModelIndex &index : rows(view->model())) {
            view->setCurrentIndex(index);
            QVERIFY(!detail->toHtml().contains(QLatin1String("<img")));
            seen = seen || detail->toPlainText().contains(QLatin1String("<b>x</b><img"));
            QVERIFY(!index.data(Qt::ToolTipRole).toString().contains(QLatin1String("<b>x")));
        }
        QVERIFY(seen);
        test.press("sendersButton");
        auto *senders = test.find<QTreeWidget>("sendersView");
        QTRY_COMPARE(senders->topLevelItemCount(), 5);
        for (int i = 0; i < 5; ++i) {
            senders->setCurrentItem(senders->topLevelItem(i));
            QVERIFY(!test.find<DetailView>("senderDetailView")
                             ->toHtml()
                             .contains(QLatin1String("<img")));
        }
    }

    /// Whatever was published or typed into a panel meanwhile.
    void whoAsksAgainGetsANewAnswer()
    {
        WindowTest test;
        for (int times = 0; times < 2; ++times) {
            test.type("domainEdit", QStringLiteral("good.example.org"));
            test.press("checkButton");
            QVERIFY(!test.isIdle());
            QTRY_VERIFY(test.isIdle());
            test.press("closeButton");
        }
    }
};
QTEST_MAIN(TestCheckPage)
#include "tst_checkpage.moc"
