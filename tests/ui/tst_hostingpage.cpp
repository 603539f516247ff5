// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Hosting over worlds of data.
#include "flowtest.h"
#include "program.h"

#include <QCommandLinkButton>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTest>

class TestHostingPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void hostingIsNotGuessedAndOneClickGoesOn()
    {
        WindowTest test;
        walkToHosting(test, QStringLiteral("fresh.example.org"));
        QVERIFY(!test.isShown("setupBox"));
        test.press("nextButton");
        QVERIFY(test.isShown("manualButton")); // stays, and says why
        QVERIFY(test.label("reasonLabel").contains(QLatin1String("Choose")));
        test.find<QCommandLinkButton>("webserverButton")->click();
        QVERIFY(test.isShown("configView"));
        auto *tabs = test.find<QTabBar>("kindTabs");
        QCOMPARE(tabs->count(), 3);
        QVERIFY(test.find<QPlainTextEdit>("configView")
                        ->toPlainText()
                        .contains(QLatin1String("mta-sts.fresh.example.org")));
        tabs->setCurrentIndex(2);
        QCOMPARE(test.window->session().choices().hosting, Hosting::Caddy);
        QVERIFY(test.label("notesLabel").contains(QLatin1String("no redirect")));
        test.press("nextButton");
        QVERIFY(test.isShown("serviceCombo"));
        test.press("backButton");
        QCOMPARE(test.find<QTabBar>("kindTabs")->currentIndex(), 2); // Back keeps it
    }
};
QTEST_MAIN(TestHostingPage)
#include "tst_hostingpage.moc"
