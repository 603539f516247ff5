// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Step 2 of the assistant in each of its states.
#include "enteredit.h"
#include "program.h"
#include "wizardtest.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSpinBox>

using Mode = Policy::Mode;

class TestPolicyPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void startsWithTestingForADay()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 1);
        QVERIFY(test.find<QRadioButton>("testingRadio")->isChecked());
        QCOMPARE(test.choices().maxAge, 86400);
        QCOMPARE(test.find<QComboBox>("maxAgeCombo")->currentText(),
                 QStringLiteral("1 day (86400 s)"));
        QCOMPARE(test.rows("patternsView"), 2);
        QCOMPARE(test.cell("patternsView", 0, 0), QStringLiteral("mx1.fresh.example.org"));
        QVERIFY(test.cell("patternsView", 0, 1).contains(QLatin1String("1 mail server: mx1.")));
        QCOMPARE(test.cell("patternsView", 0, 2), QStringLiteral("Encrypts, certificate matches"));
        QVERIFY(test.label("rolloutLabel").contains(QLatin1String("Nothing of it is live")));
        QVERIFY(!test.isShown("banner"));
        QVERIFY(!test.isShown("addMissingButton"));
    }

    void aLivePolicyFillsThePage()
    {
        WizardTest test;
        test.goTo(QStringLiteral("good.example.org"), 1);
        QVERIFY(test.find<QRadioButton>("enforceRadio")->isChecked());
        QCOMPARE(test.choices().maxAge, 2592000);
        QVERIFY(test.label("rolloutLabel")
                        .contains(QStringLiteral("▸ enforce, 30 days or more (live now)")));
        QVERIFY(test.isAdvised("Enforce is what senders are told now"));
        QVERIFY(!test.isShown("banner")); // nothing to warn of: it is enforced already
    }

    void readiness_data()
    {
        QTest::addColumn<int>("days");
        QTest::addColumn<QString>("said");
        QTest::newRow("two weeks of testing") << 14 << "Ready: testing has run for 14 days";
        QTest::newRow("one day too early") << 13 << "Not ready yet: Testing has run for 13 days";
        QTest::newRow("never seen before") << -1 << "Not known yet: This computer has not seen";
        QTest::newRow("a clock that was wrong") << -400 << "Not known yet: This computer has not";
    }
    void readiness()
    {
        QFETCH(int, days);
        QFETCH(QString, said);
        WizardTest test;
        test.lookAt(QStringLiteral("testing.example.org"));
        KeptDomain kept = test.window->session().kept();
        if (days != -1)
            kept.testingSince = QDateTime::currentDateTimeUtc().addDays(-days).addSecs(-60);
        else
            kept.testingSince = {};
        test.remember(kept);
        test.press("nextButton");
        QVERIFY2(test.isAdvised(said.toLatin1()),
                 qPrintable(test.advice().join(QLatin1Char('\n'))));
        // Choosing enforce warns unless it is ready, and does not block.
        test.find<QRadioButton>("enforceRadio")->click();
        QCOMPARE(test.isShown("banner"), days != 14);
        if (days != 14) {
            test.press("bannerButton");
            QVERIFY(test.find<QRadioButton>("testingRadio")->isChecked());
            QVERIFY(!test.isShown("banner"));
            test.find<QRadioButton>("enforceRadio")->click();
        }
        test.press("nextButton");
        QVERIFY(test.isShown("reportsCheck"));
        test.press("backButton");
        QCOMPARE(test.choices().mode, Mode::Enforce);
    }

    void enforceWithAnUncoveredServerStays()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 1);
        test.find<QRadioButton>("enforceRadio")->click();
        QCOMPARE(test.choices().maxAge, 604800);
        auto *view = test.find<QTreeView>("patternsView");
        view->setCurrentIndex(view->model()->index(0, 0));
        test.press("removePatternButton");
        QCOMPARE(test.mx(), QByteArrayList({"mx2.fresh.example.org"}));
        // The server that lost its line is a row of its own, to be ticked.
        QCOMPARE(test.rows("patternsView"), 2);
        QCOMPARE(test.cell("patternsView", 1, 0), QStringLiteral("mx1.fresh.example.org"));
        QVERIFY(test.cell("patternsView", 1, 1, Qt::AccessibleTextRole)
                        .startsWith(QLatin1String("Problem. Not covered")));
        test.press("nextButton");
        QVERIFY(test.isShown("testingRadio"));
        QVERIFY(test.label("bannerText").contains(QLatin1String("mx1.fresh.example.org")));
        QVERIFY(!test.label("reasonLabel").isEmpty());
        QCOMPARE(view->currentIndex().row(), 1);
        QVERIFY(view->model()->setData(view->model()->index(1, 0), Qt::Checked,
                                       Qt::CheckStateRole));
        QCOMPARE(test.mx().size(), 2);
        test.press("nextButton");
        QVERIFY(test.isShown("reportsCheck"));
    }

    void testingWithAnUncoveredServerGoesOn()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 1);
        auto *view = test.find<QTreeView>("patternsView");
        QVERIFY(view->model()->setData(view->model()->index(0, 0), Qt::Unchecked,
                                       Qt::CheckStateRole));
        QCOMPARE(test.mx(), QByteArrayList({"mx2.fresh.example.org"}));
        QCOMPARE(test.rows("patternsView"), 2); // the line is kept, not ticked
        QVERIFY(test.cell("patternsView", 0, 1, Qt::AccessibleTextRole)
                        .startsWith(QLatin1String("Warning. ")));
        test.press("addMissingButton");
        QCOMPARE(test.mx().size(), 2);
        test.press("undoPatternButton");
        QCOMPARE(test.mx().size(), 1);
        test.press("nextButton");
        QVERIFY(test.isShown("reportsCheck"));
    }

    void whatIsTyped()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 1);
        test.type("patternEdit", QStringLiteral("mx*.example.org"));
        test.press("addPatternButton");
        QVERIFY(test.label("messageLabel").contains(QLatin1String("mx*.example.org")));
        QCOMPARE(test.find<QLineEdit>("patternEdit")->text(), QStringLiteral("mx*.example.org"));
        // Half typed is kept through Back and Next, and Next tells what it is.
        test.press("backButton");
        test.press("nextButton");
        QCOMPARE(test.find<QLineEdit>("patternEdit")->text(), QStringLiteral("mx*.example.org"));
        test.press("nextButton");
        QVERIFY(test.isShown("testingRadio"));
        QVERIFY(test.label("reasonLabel").contains(QLatin1String("mx*.example.org")));
        test.type("patternEdit", QStringLiteral("*.fresh.example.org"));
        test.press("nextButton"); // what was typed counts
        QVERIFY(test.isShown("reportsCheck"));
        QVERIFY(test.mx().contains("*.fresh.example.org"));
        test.press("backButton");
        QVERIFY(test.isAdvised("allows far more hosts than your mail servers"));
        test.type("patternEdit", QStringLiteral("*.com"));
        test.press("addPatternButton");
        test.press("nextButton");
        QVERIFY(test.label("bannerText").contains(QLatin1String("*.com")));
        test.press("proposeButton");
        QCOMPARE(test.mx(), QByteArrayList({"mx1.fresh.example.org", "mx2.fresh.example.org"}));
    }

    void changedInPlace()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 1);
        auto *model = test.find<QTreeView>("patternsView")->model();
        QVERIFY(model->setData(model->index(0, 0), QStringLiteral("not a name"), Qt::EditRole));
        // What is no good stays to be mended, and is no part of the policy.
        QCOMPARE(model->index(0, 0).data(Qt::EditRole).toString(), QStringLiteral("not a name"));
        QVERIFY(!test.mx().contains("mx1.fresh.example.org"));
        QVERIFY(test.cell("patternsView", 0, 1, Qt::AccessibleTextRole)
                        .startsWith(QLatin1String("Problem. ")));
        test.press("nextButton");
        QVERIFY(test.isShown("testingRadio"));
        QVERIFY(test.label("bannerText").contains(QLatin1String("not a name")));
        QVERIFY(model->setData(model->index(0, 0), QStringLiteral("*.Fresh.example.org."),
                               Qt::EditRole));
        QCOMPARE(test.mx().constFirst(), QByteArray("*.fresh.example.org"));
        QVERIFY(test.cell("patternsView", 0, 1).contains(QLatin1String("2 mail servers")));
    }

    void keys()
    {
        WizardTest test;
        test.activate();
        test.goTo(QStringLiteral("fresh.example.org"), 1);
        auto *edit = test.find<EnterEdit>("patternEdit");
        test.type("patternEdit", QStringLiteral("spare.example.org"));
        QTest::keyClick(edit, Qt::Key_Return); // adds; Next is not pressed
        QVERIFY(test.isShown("testingRadio"));
        QVERIFY(test.mx().contains("spare.example.org"));
        auto *view = test.find<QTreeView>("patternsView");
        view->setFocus();
        view->setCurrentIndex(view->model()->index(2, 0));
        QTest::keyClick(view, Qt::Key_Delete);
        QVERIFY(!test.mx().contains("spare.example.org"));
        QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(test.mx().contains("spare.example.org"));
        view->setCurrentIndex(view->model()->index(2, 0));
        QTest::keyClick(view, Qt::Key_F2);
        auto *cell = test.find<QLineEdit>("rowEdit");
        cell->setText(QStringLiteral("other.example.org"));
        QTest::keyClick(cell, Qt::Key_Return);
        QTRY_VERIFY(test.mx().contains("other.example.org"));
        QVERIFY(test.isShown("testingRadio"));
        edit->setFocus();
        QTest::keyClick(edit, Qt::Key_Return); // with nothing typed it is the frame's
        QVERIFY(test.isShown("reportsCheck"));
    }

    void howLong()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 1);
        auto *age = test.find<QComboBox>("maxAgeCombo");
        QVERIFY(!test.isShown("maxAgeSpin"));
        age->setCurrentIndex(age->count() - 1);
        Q_EMIT age->activated(age->count() - 1);
        QVERIFY(test.isShown("maxAgeSpin"));
        auto *spin = test.find<QSpinBox>("maxAgeSpin");
        QCOMPARE(spin->maximum(), 31557600);
        spin->setValue(3600);
        QCOMPARE(test.choices().maxAge, 3600);
        QVERIFY(test.label("maxAgeWords").contains(QLatin1String("1 hour")));
        QVERIFY(test.isAdvised("forget the policy too quickly"));
        test.find<QRadioButton>("enforceRadio")->click(); // an age the user has set stays
        QCOMPARE(test.choices().maxAge, 3600);
        spin->setValue(86400); // a usual value, and still the user's field
        QVERIFY(test.isShown("maxAgeSpin"));
        test.press("nextButton");
        test.press("backButton");
        QCOMPARE(test.choices().maxAge, 86400);
    }

    void switchedOff()
    {
        WizardTest test;
        test.goTo(QStringLiteral("good.example.org"), 1);
        KeptDomain kept = test.window->session().kept();
        kept.cachedUntil = QDateTime::currentDateTimeUtc().addDays(30);
        test.remember(kept);
        test.find<QRadioButton>("noneRadio")->click();
        QVERIFY(test.label("noneLabel").contains(QLatin1String("in place until then")));
        QVERIFY(!test.isShown("banner"));
        test.press("nextButton");
        QVERIFY(test.isShown("reportsCheck"));
    }

    void whatWasNotSeenIsNotGood_data()
    {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QString>("said");
        QTest::newRow("port 25 blocked") << "blocked.example.org"
                                         << "Not tested: port 25 is blocked";
        QTest::newRow("expired certificate") << "mixed.example.org"
                                             << "Encrypts, but: ";
        QTest::newRow("no answer") << "mixed.example.org"
                                   << "Not tested: no answer within 15 s";
    }
    void whatWasNotSeenIsNotGood()
    {
        QFETCH(QString, domain);
        QFETCH(QString, said);
        WizardTest test;
        test.goTo(domain, 1);
        bool seen = false;
        for (int row = 0; row < test.rows("patternsView"); ++row) {
            const QString text = test.cell("patternsView", row, 2);
            if (!text.contains(said))
                continue;
            seen = true;
            QVERIFY(!test.cell("patternsView", row, 2, Qt::AccessibleTextRole)
                             .startsWith(QLatin1String("Passed")));
        }
        QVERIFY(seen);
        // A fault is not only in a cell that may be too narrow for it.
        if (said.startsWith(QLatin1String("Encrypts, but")))
            QVERIFY(test.isAdvised("mx2.mixed.example.org: Encrypts, but: "));
    }

    void slowServersAreShownAsWaiting()
    {
        WizardTest test;
        test.type("domainEdit", QStringLiteral("slow.example.org"));
        test.press("setupButton");
        QTRY_VERIFY(test.window->session().survey().hostsKnown);
        test.press("nextButton");
        QTRY_COMPARE(test.cell("patternsView", 0, 2), QStringLiteral("Connecting…"));
        test.window->session().stop();
        QTRY_COMPARE(test.cell("patternsView", 0, 2), QStringLiteral("Not tested: stopped"));
    }

    void thePolicyFileIsShownAsItWillBe()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 1);
        QVERIFY(!test.isShown("policyText"));
        test.press("moreButton");
        test.find<QRadioButton>("enforceRadio")->click();
        const QString text = test.find<QPlainTextEdit>("policyText")->toPlainText();
        QVERIFY(text.contains(QLatin1String("mode: enforce\n")));
        QVERIFY(text.contains(QLatin1String("mx: mx2.fresh.example.org\n")));
    }

    void anotherDomainForgetsTheRows()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 1);
        auto *model = test.find<QTreeView>("patternsView")->model();
        QVERIFY(model->setData(model->index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
        test.type("patternEdit", QStringLiteral("half"));
        test.press("backButton");
        test.type("domainEdit", QStringLiteral("testing.example.org"));
        test.press("lookupButton");
        QTRY_VERIFY(test.isIdle());
        test.press("nextButton");
        QCOMPARE(test.rows("patternsView"), 2);
        QCOMPARE(test.cell("patternsView", 0, 0), QStringLiteral("mx1.testing.example.org"));
        QVERIFY(test.find<QLineEdit>("patternEdit")->text().isEmpty());
    }
};
QTEST_MAIN(TestPolicyPage)
#include "tst_policypage.moc"
