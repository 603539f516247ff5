// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the window remembers: checks, choices left half-way, its own shape; and what it must not.
#include "keptfixture.h"
#include "program.h"
#include "windowtest.h"

#include <QAbstractButton>
#include <QDir>
#include <QHeaderView>
#include <QSignalSpy>
#include <QTreeView>

namespace {

struct Kept
{
    QTemporaryDir folder;
    std::unique_ptr<QSettings> settings;
    std::unique_ptr<MainWindow> window;

    explicit Kept(const QList<KeptDomain> &all = {})
    {
        keepIn(folder.filePath(QStringLiteral("domains")), all);
        open();
    }
    void open()
    {
        window.reset();
        settings = std::make_unique<QSettings>(folder.filePath(QStringLiteral("window.ini")),
                                               QSettings::IniFormat);
        window = std::make_unique<MainWindow>([](const QSettings &) { return fakeEngine(); },
                                              *settings);
        window->resize(window->minimumSize());
        window->show();
        QTRY_VERIFY(window->keptDomains().isLoaded());
    }
    void close()
    {
        window->close();
        window.reset();
        settings.reset();
    }
    template <class Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        for (Widget *widget : window->findChildren<Widget *>(QString::fromLatin1(name)))
            if (widget->isVisibleTo(window.get()))
                return widget;
        qFatal("%s is not shown", name);
    }
    [[nodiscard]] bool isShown(const char *name) const
    {
        for (const QWidget *widget : window->findChildren<QWidget *>(QString::fromLatin1(name)))
            if (widget->isVisibleTo(window.get()))
                return true;
        return false;
    }
    void type(const QString &text) const { find<QLineEdit>("domainEdit")->setText(text); }
    void press(const char *name) const { find<QAbstractButton>(name)->click(); }
    void check(const QString &domain) const
    {
        type(domain);
        press("checkButton");
        QTRY_VERIFY(!window->session().isLooking());
    }
    [[nodiscard]] QList<KeptDomain> files() const
    {
        return DomainStore(folder.filePath(QStringLiteral("domains"))).load().domains;
    }
};

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void aCheckIsKeptAndListed()
    {
        Kept test;
        QVERIFY(test.isShown("emptyLabel"));
        QVERIFY(!test.isShown("domainsView"));
        test.check(QStringLiteral("good.example.org"));
        test.press("closeButton");
        QVERIFY(test.isShown("domainsView"));
        QVERIFY(!test.isShown("emptyLabel"));
        const auto *view = test.find<QTreeView>("domainsView");
        QCOMPARE(view->model()->index(0, 0).data().toString(), QStringLiteral("good.example.org"));
        test.close();
        QCOMPARE(test.files().size(), 1);
        QVERIFY(!test.files().first().isSetUp);
        test.open();
        QCOMPARE(test.find<QTreeView>("domainsView")->model()->rowCount(), 1);
        QCOMPARE(test.find<QLineEdit>("domainEdit")->text(), QStringLiteral("good.example.org"));
    }

    void nothingIsKeptWhereThatIsNotWanted()
    {
        Kept test;
        test.settings->setValue(QStringLiteral("privacy/rememberChecked"), false);
        test.check(QStringLiteral("good.example.org"));
        test.press("closeButton");
        QVERIFY(test.isShown("emptyLabel"));
        // For this session the memory works all the same.
        QVERIFY(test.window->session().kept().served);
        test.close();
        QVERIFY(test.files().isEmpty());
        QFile settings(test.folder.filePath(QStringLiteral("window.ini")));
        QVERIFY(settings.open(QIODevice::ReadOnly));
        QVERIFY(!settings.readAll().contains("good.example.org"));
    }

    void aStoppedCheckKeepsNothingNew()
    {
        Kept test;
        test.type(QStringLiteral("deaf.example.org"));
        test.press("checkButton");
        test.press("stopButton");
        QTRY_VERIFY(!test.window->session().isLooking());
        QVERIFY(test.window->keptDomains().all().isEmpty());
    }

    void theNextCheckComparesWithTheOneBefore()
    {
        KeptDomain kept = keptDomain("good.example.org");
        kept.served->id = "20260301T101200"; // that of the world
        Kept test({kept});
        test.check(QStringLiteral("good.example.org"));
        const Report &report = test.window->session().report();
        const auto isChange = [](const Finding &finding) { return finding.id == "STS-15"; };
        QVERIFY(std::any_of(report.findings.begin(), report.findings.end(), isChange));
    }

    void anAssistantLeftHalfWayIsOfferedAgain()
    {
        Kept test;
        test.type(QStringLiteral("fresh.example.org"));
        test.press("setupButton");
        QTRY_VERIFY(!test.window->session().isLooking());
        QVERIFY(test.window->keptDomains().all().isEmpty()); // looked at while typing
        test.press("nextButton");
        test.press("enforceRadio");
        test.press("nextButton");
        QVERIFY(test.isShown("reportsCheck"));
        test.press("cancelButton");
        QVERIFY(test.isShown("domainsView"));
        QVERIFY(test.find<QPushButton>("setupRowButton")->text().contains(QLatin1String("Contin")));
        test.close();
        QCOMPARE(test.files().size(), 1);
        QVERIFY(test.files().first().isSetUp);
        QCOMPARE(test.files().first().draftStep, QByteArray("reports"));
        QCOMPARE(test.files().first().draft->mode, Policy::Mode::Enforce);

        test.open();
        test.press("setupRowButton");
        QTRY_VERIFY(test.isShown("reportsCheck"));
        QCOMPARE(test.window->session().choices().mode, Policy::Mode::Enforce);
        QTRY_VERIFY(!test.window->session().isLooking());
        QCOMPARE(test.window->session().choices().mode, Policy::Mode::Enforce);
    }

    void closingInTheMiddleKeepsTheChoices()
    {
        Kept test;
        test.type(QStringLiteral("fresh.example.org"));
        test.press("setupButton");
        QTRY_VERIFY(!test.window->session().isLooking());
        test.press("nextButton");
        test.press("enforceRadio");
        test.close();
        QCOMPARE(test.files().size(), 1);
        QCOMPARE(test.files().first().draft->mode, Policy::Mode::Enforce);
        QCOMPARE(test.files().first().draftStep, QByteArray("policy"));
    }

    void forgettingOffersUndo()
    {
        Kept test({keptDomain("good.example.org"), keptDomain("shop.example")});
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

    void enterOnARowChecksIt()
    {
        Kept test({keptDomain("good.example.org")});
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
        Kept test(all);
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
        Kept test({keptDomain("good.example.org"), keptDomain("shop.example")});
        test.find<QTreeView>("domainsView")->sortByColumn(0, Qt::DescendingOrder);
        test.close();
        test.open();
        const auto *view = test.find<QTreeView>("domainsView");
        QCOMPARE(view->header()->sortIndicatorOrder(), Qt::DescendingOrder);
        QCOMPARE(view->model()->index(0, 0).data().toString(), QStringLiteral("shop.example"));
    }

    void theSelectionStaysWhileRowsChange()
    {
        Kept test({keptDomain("deaf.example.org"), keptDomain("good.example.org"),
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
        Kept test;
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
        Kept test;
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

    void closingWhileAllAreCheckedEndsAtOnce()
    {
        QList<KeptDomain> all;
        for (int i = 0; i < 12; ++i)
            all.append(keptDomain("slow.d" + QByteArray::number(i) + ".example.org"));
        Kept test(all);
        test.press("checkAllButton");
        test.close();
        QCOMPARE(test.files().size(), 12);
    }
};
QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
