// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Help, about, and the languages.
#include "aboutdialog.h"
#include "help.h"
#include "helpdialog.h"
#include "helptexts.h"
#include "language.h"
#include "settingsdialog.h"
#include "windowtest.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QTextBrowser>

class TestHelp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyTextIsWhole()
    {
        QStringList topics = helpTopics();
        QVERIFY(topics.size() >= 11);
        topics << QStringLiteral("NoSuchPage");
        for (const QString &topic : topics) {
            const HelpText text = helpFor(topic);
            QVERIFY2(!text.title.isEmpty() && !text.paragraphs.isEmpty(), qPrintable(topic));
            QVERIFY2(!text.terms.isEmpty(), qPrintable(topic));
            QStringList all = text.paragraphs;
            for (const auto &[term, meaning] : text.terms)
                all << meaning;
            for (const QString &paragraph : all) {
                QVERIFY2(paragraph.endsWith(QLatin1Char('.')), qPrintable(paragraph));
                QVERIFY2(!paragraph.contains(QLatin1Char('!')), qPrintable(paragraph));
            }
        }
    }

    void unknownPagesGetTheWholeProgram()
    {
        QCOMPARE(helpFor(QStringLiteral("NoSuchPage")).title, helpFor(QString()).title);
        QVERIFY(!hasHelp(QStringLiteral("NoSuchPage")));
        QVERIFY(!hasHelp(QString()));
    }

    void theShownPageDecides()
    {
        const WindowTest test;
        QCOMPARE(helpTopicOf(test.window.get()), QStringLiteral("StartPage"));
        test.type("domainEdit", QStringLiteral("good.example.org"));
        test.press("checkButton");
        QTRY_VERIFY(test.isIdle());
        QCOMPARE(helpTopicOf(test.window.get()), QStringLiteral("CheckPage"));
        test.press("setupButton");
        QCOMPARE(helpTopicOf(test.window.get()), QStringLiteral("DomainPage"));
    }

    void everyPageOfTheAssistantHasAText()
    {
        const WindowTest test;
        test.type("domainEdit", QStringLiteral("fresh.example.org"));
        test.press("setupButton");
        QTRY_VERIFY(test.isIdle());
        QStringList seen;
        for (int turn = 0; turn < 20; ++turn) {
            const QString topic = helpTopicOf(test.window.get());
            QVERIFY2(!topic.isEmpty(), qPrintable(seen.join(QLatin1Char(' '))));
            if (!seen.contains(topic))
                seen << topic;
            if (topic == LastPage)
                break;
            if (test.isShown("manualButton")) {
                test.find<QAbstractButton>("manualButton")->click();
                if (!test.isShown("manualButton"))
                    continue; // one click chooses and goes on
            }
            if (test.isShown("folderEdit"))
                test.find<QLineEdit>("folderEdit")->setText(test.folder.path());
            auto *next = test.find<QPushButton>("nextButton");
            QTRY_VERIFY(next->isEnabled());
            next->click();
        }
        QCOMPARE(seen.size(), 8);
        QVERIFY(hasHelp(QStringLiteral("PublishPage"))); // which a change by hand does not meet
    }

    void oneHelpWindowThatFollows()
    {
        const WindowTest test;
        showHelp(test.window.get());
        auto *dialog = test.window->findChild<HelpDialog *>();
        QVERIFY(dialog && dialog->isVisible() && !dialog->isModal());
        auto *view = dialog->findChild<QTextBrowser *>();
        QVERIFY(view->toPlainText().startsWith(helpFor(QStringLiteral("StartPage")).title));
        test.press("setupButton");
        showHelp(test.window.get());
        QCOMPARE(test.window->findChildren<HelpDialog *>().size(), 1);
        QVERIFY(view->toPlainText().startsWith(helpFor(QStringLiteral("DomainPage")).title));
        QTest::keyClick(dialog, Qt::Key_Escape);
        QVERIFY(!dialog->isVisible());
    }

    void f1Opens()
    {
        const WindowTest test;
        test.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(test.window.get()));
        QTest::keyClick(test.window.get(), Qt::Key_F1);
        QTRY_VERIFY(test.window->findChild<HelpDialog *>());
    }

    void settingsHaveTheirOwn()
    {
        const WindowTest test;
        QSettings settings(test.folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        SettingsDialog dialog(settings);
        dialog.open();
        QCOMPARE(helpTopicOf(&dialog), QStringLiteral("SettingsDialog"));
    }

    void aboutSaysVersionsAndCopiesThem()
    {
        AboutDialog dialog;
        dialog.show();
        const QString versions =
                dialog.findChild<QPlainTextEdit *>(QStringLiteral("versionsView"))->toPlainText();
        for (const char *part : {"MTA-STS Assistant", "Qt 6.", "OpenSSL 3", "libunbound 1."})
            QVERIFY2(versions.contains(QLatin1String(part)), part);
        QVERIFY(dialog.findChild<QLabel *>(QStringLiteral("licenceLabel"))
                        ->text()
                        .contains(QLatin1String("version 3 or later")));
        dialog.findChild<QPushButton *>(QStringLiteral("copyButton"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), versions);
    }

    void languages()
    {
        QVERIFY(builtInLanguages().contains(QStringLiteral("en")));
        QCOMPARE(languageName(QStringLiteral("en")), QStringLiteral("English"));
        QCOMPARE(languageName(QStringLiteral("de")), QStringLiteral("Deutsch"));
        QVERIFY(languageName(QStringLiteral("pt_BR")).contains(QLatin1Char('(')));
    }

    void aChosenLanguageSetsTheLocale()
    {
        useLanguage(QStringLiteral("de"));
        QCOMPARE(QLocale().language(), QLocale::German);
        useLanguage(QStringLiteral("en"));
        QCOMPARE(QLocale().language(), QLocale::English);
        // The plurals of English are loaded: no "(s)".
        QCOMPARE(QCoreApplication::translate("NetworkTestWords",
                                             "Not tested: no answer within %n s.", nullptr, 20),
                 QStringLiteral("Not tested: no answer within 20 s."));
        useLanguage({});
    }

private:
    const QString LastPage = QStringLiteral("ProofPage");
};
QTEST_MAIN(TestHelp)
#include "tst_help.moc"
