// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way through the assistant to files, and leaving it at any moment.
#include "deploy/bundle.h"
#include "flowtest.h"

#include <QCheckBox>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QThreadPool>
#include <QTreeWidget>

class TestAssistant : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstSetUpEndsInFiles()
    {
        WindowTest test;
        walkToExport(test, QStringLiteral("fresh.example.org"));
        test.type("folderEdit", test.folder.path());
        QCOMPARE(test.find<QPushButton>("nextButton")->text(), QStringLiteral("&Save files"));
        test.press("nextButton");
        QTRY_COMPARE(test.find<QPushButton>("nextButton")->text(), QStringLiteral("&Next"));
        const QByteArray policy = policyIn(test.folder.path());
        QVERIFY2(policy.contains("mode: testing\r\n"), policy.constData());
        QVERIFY(policy.contains("mx: mx1.fresh.example.org\r\n"));
        QCOMPARE(policy, test.window->session().wanted().policyText);
        test.press("nextButton");
        QVERIFY(test.isShown("proofView"));
        QCOMPARE(test.find<QPushButton>("nextButton")->text(), QStringLiteral("&Done"));
        test.press("nextButton");
        QVERIFY(test.isShown("checkButton"));
    }

    void filesOfOthersAreNotReplacedWithoutAsking()
    {
        WindowTest test;
        walkToExport(test, QStringLiteral("fresh.example.org"));
        const QDir folder(test.folder.filePath(bundleFolder(test.window->session().domain())));
        QVERIFY(QDir().mkpath(folder.path()));
        QFile mine(folder.filePath(QStringLiteral("README.txt")));
        QVERIFY(mine.open(QIODevice::WriteOnly));
        mine.write("mine");
        mine.close();
        test.type("folderEdit", test.folder.path());
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("replaceCheck"));
        QVERIFY(test.label("bannerText").contains(QLatin1String("Nothing was saved")));
        QVERIFY(policyIn(test.folder.path()).isEmpty());
        test.find<QCheckBox>("replaceCheck")->click();
        test.press("nextButton");
        QTRY_COMPARE(test.find<QPushButton>("nextButton")->text(), QStringLiteral("&Next"));
        QVERIFY(!policyIn(test.folder.path()).isEmpty());
    }

    void aFolderThatCannotBeWrittenIsTold()
    {
        WindowTest test;
        walkToExport(test, QStringLiteral("fresh.example.org"));
        QFile file(test.folder.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        test.type("folderEdit", file.fileName());
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("banner"));
        QVERIFY(test.label("bannerText").contains(QLatin1String("could not be saved")));
        QCOMPARE(test.find<QPushButton>("nextButton")->text(), QStringLiteral("&Save files"));
    }

    void enterGoesOnAndEscapeLeaves()
    {
        WindowTest test;
        test.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(test.window.get()));
        test.press("setupButton");
        test.type("domainEdit", QStringLiteral("fresh.example.org"));
        key(test, Qt::Key_Return);
        QTRY_VERIFY(test.isIdle());
        key(test, Qt::Key_Return);
        QVERIFY(test.isShown("testingRadio"));
        key(test, Qt::Key_Return);
        QVERIFY(test.isShown("reportsCheck"));
        key(test, Qt::Key_Left, Qt::AltModifier);
        QVERIFY(test.isShown("testingRadio"));
        key(test, Qt::Key_Escape);
        QVERIFY(test.isShown("checkButton"));
    }

    void enterOnAFocusedButtonPressesThatButton()
    {
        WindowTest test;
        test.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(test.window.get()));
        walkToExport(test, QStringLiteral("fresh.example.org"));
        test.find<QPushButton>("backButton")->setFocus();
        key(test, Qt::Key_Return);
        QVERIFY(test.isShown("planView"));
    }

    void cancelKeepsTheChoices()
    {
        WindowTest test;
        walkToExport(test, QStringLiteral("fresh.example.org"));
        Choices choices = test.window->session().choices();
        choices.maxAge = 604800;
        test.window->session().setChoices(choices);
        test.press("cancelButton");
        test.press("setupButton");
        QCOMPARE(test.window->session().choices().maxAge, 604800);
    }

    void anotherDomainStartsAfresh()
    {
        WindowTest test;
        walkToExport(test, QStringLiteral("testing.example.org"));
        for (int i = 0; i < 6; ++i)
            test.press("backButton");
        test.type("domainEdit", QStringLiteral("fresh.example.org"));
        key(test, Qt::Key_Return);
        QTRY_VERIFY(test.window->session().survey().hostsKnown && test.isIdle());
        QCOMPARE(test.window->session().choices().domain.ascii(), QByteArray("fresh.example.org"));
        QCOMPARE(test.window->session().choices().mx.constFirst().text(),
                 QByteArray("mx1.fresh.example.org"));
    }

    void stepsThatWereReachedCanBeGoneToAgain()
    {
        WindowTest test;
        walkToReview(test, QStringLiteral("fresh.example.org"));
        auto *steps = test.find<QListWidget>("stepsList");
        QCOMPARE(steps->count(), 10);
        Q_EMIT steps->itemClicked(steps->item(int(Step::Publish))); // not reached yet
        QVERIFY(test.isShown("planView"));
        Q_EMIT steps->itemClicked(steps->item(1));
        QVERIFY(test.isShown("testingRadio"));
        steps->setFocus();
        steps->setCurrentRow(int(Step::Review));
        QTest::keyClick(steps, Qt::Key_Return);
        QVERIFY(test.isShown("planView"));
    }

    void closingAtAnyMoment_data()
    {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<int>("steps");
        for (const char *domain : {"fresh", "slow", "deaf", "blocked", "mixed"})
            for (const int steps : {-1, 0, 2, 6}) {
                if (steps > 0 && QByteArray(domain) == "deaf")
                    continue; // there the first page is as far as it goes
                if (steps > 1 && QByteArray(domain) == "mixed")
                    continue; // its policy must be mended first
                QTest::addRow("%s after %d steps", domain, steps)
                        << QString::fromLatin1(domain) + QStringLiteral(".example.org") << steps;
            }
    }
    void closingAtAnyMoment()
    {
        QFETCH(QString, domain);
        QFETCH(int, steps);
        WindowTest test;
        test.type("domainEdit", domain);
        test.press(steps < 0 ? "checkButton" : "setupButton");
        for (int i = 0; i < steps; ++i) {
            QTRY_VERIFY(test.window->session().survey().hostsKnown);
            if (i == 1) // the policy page has its lines when the first answers were judged
                QTRY_VERIFY(!test.window->session().choices().mx.isEmpty());
            if (i == 5)
                QTRY_VERIFY(test.find<QPushButton>("nextButton")->isEnabled());
            test.press(i == 3 ? "manualButton" : "nextButton");
        }
        if (steps == 6) {
            test.type("folderEdit", test.folder.path());
            test.press("nextButton"); // closed while it writes
        }
        QVERIFY(test.window->close());
        test.window.reset();
        QThreadPool::globalInstance()->waitForDone(); // then the folder can go
    }

    void theWindowRemembersItsSize()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("w.ini")), QSettings::IniFormat);
        {
            MainWindow window([](const QSettings &) { return fakeEngine(); }, settings);
            window.resize(901, 602);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            window.close();
        }
        MainWindow again([](const QSettings &) { return fakeEngine(); }, settings);
        QCOMPARE(again.size(), QSize(901, 602));
        const QStringList keys = settings.allKeys();
        for (const QString &key : keys) // and nothing about domains
            QVERIFY(key.startsWith(QLatin1String("window/")));
    }

private:
    static void walkToExport(WindowTest &test, const QString &domain)
    {
        test.type("domainEdit", domain);
        test.press("setupButton");
        QTRY_VERIFY(test.window->session().survey().finished && test.isIdle());
        for (int i = 0; i < 3; ++i)
            test.press("nextButton");
        test.press("manualButton"); // goes on by itself
        test.press("nextButton");
        QTRY_VERIFY(test.find<QPushButton>("nextButton")->isEnabled());
        test.press("nextButton");
        QVERIFY(test.isShown("folderEdit"));
    }
    static void key(const WindowTest &test, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(test.window->focusWidget(), key, modifiers);
    }
    static QByteArray policyIn(const QString &folder)
    {
        // The folder .well-known is a hidden one.
        QDirIterator all(folder, QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            if (file.fileName().endsWith(QLatin1String("mta-sts.txt")) &&
                file.open(QIODevice::ReadOnly))
                return file.readAll();
        }
        return {};
    }
};
QTEST_MAIN(TestAssistant)
#include "tst_assistant.moc"
