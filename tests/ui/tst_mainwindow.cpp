// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the window remembers: checks, choices left half-way, its own shape; and what it must not.
#include "keptwindow.h"
#include "program.h"

#include <QFile>
#include <QMessageBox>
#include <QTreeView>

class TestMainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void aCheckIsKeptAndListed()
    {
        KeptWindow test;
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
        KeptWindow test;
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
        KeptWindow test;
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
        KeptWindow test({kept});
        test.check(QStringLiteral("good.example.org"));
        const Report &report = test.window->session().report();
        const auto isChange = [](const Finding &finding) { return finding.id == "STS-15"; };
        QVERIFY(std::any_of(report.findings.begin(), report.findings.end(), isChange));
    }

    void anAssistantLeftHalfWayIsOfferedAgain()
    {
        KeptWindow test;
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
        KeptWindow test;
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

    void everythingIsForgottenFromTheSettings()
    {
        KeptWindow test({keptDomain("good.example.org"), keptDomain("shop.example")});
        test.check(QStringLiteral("good.example.org"));
        test.press("closeButton");
        test.window->findChild<QAction *>(QStringLiteral("settingsAction"))->trigger();
        auto *dialog = test.window->findChild<QDialog *>(QStringLiteral("SettingsDialog"));
        QVERIFY(dialog);
        dialog->findChild<QAbstractButton *>(QStringLiteral("forgetAllButton"))->click();
        auto *box = dialog->findChild<QMessageBox *>(QStringLiteral("forgetAllBox"));
        QVERIFY(box);
        const QList<QAbstractButton *> buttons = box->buttons();
        for (QAbstractButton *button : buttons)
            if (box->buttonRole(button) == QMessageBox::DestructiveRole)
                button->click();
        const auto *banner = dialog->findChild<QWidget *>(QStringLiteral("privacyBanner"));
        const auto *said = banner->findChild<QLabel *>(QStringLiteral("bannerText"));
        QTRY_COMPARE(said->text(), QStringLiteral("All domains were forgotten."));
        dialog->close();
        QVERIFY(test.isShown("emptyLabel"));
        QVERIFY(!test.isShown("undoBanner")); // it was asked about
        QVERIFY(test.window->keptDomains().all().isEmpty());
        test.close();
        QVERIFY(test.files().isEmpty());
        QFile settings(test.folder.filePath(QStringLiteral("window.ini")));
        QVERIFY(settings.open(QIODevice::ReadOnly));
        QVERIFY(!settings.readAll().contains("good.example.org"));
    }

    void closingWhileAllAreCheckedEndsAtOnce()
    {
        QList<KeptDomain> all;
        for (int i = 0; i < 12; ++i)
            all.append(keptDomain("slow.d" + QByteArray::number(i) + ".example.org"));
        KeptWindow test(all);
        test.press("checkAllButton");
        test.close();
        QCOMPARE(test.files().size(), 12);
    }
};
QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
