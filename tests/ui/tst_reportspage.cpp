// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Step 3 of the assistant in each of its states.
#include "program.h"
#include "wizardtest.h"

#include <QCheckBox>
#include <QRadioButton>

class TestReportsPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void startsWithTheUsualAddress()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 2);
        QVERIFY(test.find<QCheckBox>("reportsCheck")->isChecked());
        QCOMPARE(test.rows("addressesView"), 1);
        QCOMPARE(test.cell("addressesView", 0, 0),
                 QStringLiteral("mailto:tlsrpt@fresh.example.org"));
        QCOMPARE(test.cell("addressesView", 0, 1), QStringLiteral("Mailbox in the domain itself"));
        QVERIFY(test.isAdvised("these reports may not arrive either") ||
                test.isAdvised("An address in another domain is safer"));
    }

    void theLiveRecordIsKept()
    {
        WizardTest test;
        test.goTo(QStringLiteral("testing.example.org"), 2);
        QVERIFY(test.cell("addressesView", 0, 1).contains(QLatin1String("in your record now")));
        test.type("addressEdit", QStringLiteral("tls@reports.example"));
        test.press("addAddressButton");
        QCOMPARE(test.choices().reportTo.size(), 2); // merged
        auto *view = test.find<QTreeView>("addressesView");
        view->setCurrentIndex(view->model()->index(0, 0));
        test.press("removeAddressButton");
        QCOMPARE(test.choices().reportTo, QList<QByteArray>({"mailto:tls@reports.example"}));
        QVERIFY(test.isAdvised("will be left out"));
        test.press("undoAddressButton");
        QVERIFY(!test.isAdvised("will be left out"));
    }

    void typed_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QList<QByteArray>>("added");
        const auto row = [](const char *name, const char *typed, const QList<QByteArray> &added) {
            QTest::newRow(name) << QString::fromUtf8(typed) << added;
        };
        row("an address", "tls@reports.example", {"mailto:tls@reports.example"});
        row("a web address", "https://reports.example/tls", {"https://reports.example/tls"});
        row("several", "a@one.example, mailto:b@two.example",
            {"mailto:a@one.example", "mailto:b@two.example"});
        row("no address", "no address", {});
        row("another scheme", "ftp://reports.example", {});
        row("no domain", "tls@", {});
        row("one good, one bad", "a@one.example, nothing", {});
        row("a password", "https://me:secret@reports.example/", {});
    }
    void typed()
    {
        QFETCH(QString, typed);
        QFETCH(QList<QByteArray>, added);
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 2);
        const QList<QByteArray> before = test.choices().reportTo;
        test.type("addressEdit", typed);
        test.press("addAddressButton");
        QCOMPARE(test.choices().reportTo, before + added);
        QCOMPARE(test.isShown("messageLabel"), added.isEmpty());
        QCOMPARE(test.find<QLineEdit>("addressEdit")->text().isEmpty(), !added.isEmpty());
        // What is no good is not lost by Back, and Next does not pass it over.
        test.press("nextButton");
        QCOMPARE(test.isShown("reportsCheck"), added.isEmpty());
        if (added.isEmpty()) {
            test.press("backButton");
            test.press("nextButton");
            QCOMPARE(test.find<QLineEdit>("addressEdit")->text(), typed);
        }
    }

    void whatWasTypedCountsOnNext()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 2);
        test.type("addressEdit", QStringLiteral("https://reports.example.org/tls"));
        test.press("nextButton");
        test.press("backButton");
        QCOMPARE(test.rows("addressesView"), 2);
    }

    void withoutReports()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 2);
        auto *box = test.find<QCheckBox>("reportsCheck");
        box->click();
        QVERIFY(test.choices().reportTo.isEmpty());
        QVERIFY(test.isAdvised("Testing mode tells you nothing without TLS reports"));
        QVERIFY(!test.find<QWidget>("addressesView")->isEnabled());
        test.press("backButton");
        test.find<QRadioButton>("enforceRadio")->click();
        test.press("nextButton");
        QVERIFY(test.label("bannerText").contains(QLatin1String("you will not learn of it")) ||
                test.label("bannerText").contains(QLatin1String("without an address for reports")));
        test.press("nextButton"); // warned, not blocked
        QVERIFY(!test.isShown("reportsCheck"));
        test.press("backButton");
        box->click(); // the rows have waited
        QCOMPARE(test.rows("addressesView"), 1);
        QCOMPARE(test.choices().reportTo.size(), 1);
        QVERIFY(!test.isShown("banner"));
    }

    void tickedWithoutAnAddressStays()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 2);
        auto *view = test.find<QTreeView>("addressesView");
        view->setCurrentIndex(view->model()->index(0, 0));
        test.press("removeAddressButton");
        QVERIFY(test.find<QCheckBox>("reportsCheck")->isChecked());
        test.press("nextButton");
        QVERIFY(test.isShown("reportsCheck"));
        QVERIFY(test.label("reasonLabel").contains(QLatin1String("Add an address")));
    }

    void anUnknownRecordIsSaid()
    {
        WizardTest test;
        test.goTo(QStringLiteral("mixed.example.org"), 2); // its _smtp._tls look-up fails
        QVERIFY(test.isAdvised("not known whether a record for reports is live"));
    }

    void aBadRowCanBeMended()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 2);
        auto *model = test.find<QTreeView>("addressesView")->model();
        QVERIFY(model->setData(model->index(0, 0), QStringLiteral("tlsrpt@"), Qt::EditRole));
        QVERIFY(test.cell("addressesView", 0, 1, Qt::AccessibleTextRole)
                        .startsWith(QLatin1String("Problem. ")));
        test.press("nextButton");
        QVERIFY(test.isShown("reportsCheck"));
        QVERIFY(test.find<QCheckBox>("reportsCheck")->isChecked());
        QVERIFY(model->setData(model->index(0, 0), QStringLiteral("tls@other.example"),
                               Qt::EditRole));
        test.press("nextButton");
        QVERIFY(!test.isShown("reportsCheck"));
        QCOMPARE(test.choices().reportTo, QList<QByteArray>({"mailto:tls@other.example"}));
    }

    void anotherDomainForgetsTheRows()
    {
        WizardTest test;
        test.goTo(QStringLiteral("fresh.example.org"), 2);
        test.type("addressEdit", QStringLiteral("half"));
        test.press("backButton");
        test.press("backButton");
        test.type("domainEdit", QStringLiteral("testing.example.org"));
        test.press("lookupButton");
        QTRY_VERIFY(test.isIdle());
        test.press("nextButton");
        test.press("nextButton");
        QCOMPARE(test.rows("addressesView"), 1);
        QCOMPARE(test.cell("addressesView", 0, 0),
                 QStringLiteral("mailto:tlsrpt@testing.example.org"));
        QVERIFY(test.find<QLineEdit>("addressEdit")->text().isEmpty());
    }
};
QTEST_MAIN(TestReportsPage)
#include "tst_reportspage.moc"
