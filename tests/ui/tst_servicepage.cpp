// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The service and its token, in the window: what is recognised, what is tested, what is kept where.
#include "flowtest.h"
#include "program.h"

#include <QRadioButton>
#include <QTest>

namespace {

const QString Google = QStringLiteral("google.example.org"); // its DNS is at Cloudflare

void choose(const WindowTest &test, const char *service)
{
    auto *combo = test.find<QComboBox>("serviceCombo");
    combo->setCurrentIndex(combo->findData(QByteArray(service)));
    Q_EMIT combo->activated(combo->currentIndex());
}

QString chosen(const WindowTest &test)
{
    return test.find<QComboBox>("serviceCombo")->currentText();
}

bool isTested(const WindowTest &test)
{
    return test.window->publisher().phase() == Publisher::Phase::Idle &&
           test.window->publisher().tested().has_value();
}

} // namespace

class TestServicePage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void theServiceOfTheNameServersIsChosen()
    {
        WindowTest test;
        walkToService(test, Google, "workerButton");
        QCOMPARE(chosen(test), QStringLiteral("At Cloudflare (recognised)"));
        QVERIFY(test.label("recognisedLabel").contains(QLatin1String("Cloudflare")));
        QVERIFY(test.isShown("secretEdit"));
        QVERIFY(!test.isShown("addressEdit"));
        QVERIFY(test.isShown("openPageButton"));
    }

    void unknownNameServersMeanByHand()
    {
        WindowTest test;
        walkToService(test, QStringLiteral("fresh.example.org"));
        QCOMPARE(chosen(test), QStringLiteral("By hand"));
        QVERIFY(!test.isShown("secretEdit"));
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("planDetail") && test.isIdle());
        QVERIFY(test.find<QWidget>("copyAllButton"));
    }

    void aServerOfOnesOwnHasAnAddress()
    {
        WindowTest test;
        walkToService(test, QStringLiteral("fresh.example.org"));
        choose(test, "powerdns");
        QVERIFY(test.isShown("addressEdit"));
        QVERIFY(!test.isShown("openPageButton"));
    }

    void nextAsksForTheToken()
    {
        WindowTest test;
        walkToService(test, Google, "workerButton");
        test.press("nextButton");
        QVERIFY(test.isShown("serviceCombo"));
        QCOMPARE(test.label("reasonLabel"),
                 QStringLiteral("Paste the token, or choose to publish by hand."));
        QVERIFY(test.find<QLineEdit>("secretEdit")->hasFocus());
    }

    void tokens_data()
    {
        QTest::addColumn<QString>("token");
        QTest::addColumn<bool>("isGood");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *why, const char *token, bool isGood, const char *said) {
            QTest::newRow(why) << QString::fromLatin1(token) << isGood << QString::fromLatin1(said);
        };
        row("works", "good-token", true,
            "The token opens google.example.org; nothing was written to try it");
        row("pasted with quotes and a line end", " \"good-token\" ", true, "1 May 2027");
        row("may do more", "broad-token", true, "14 other zones");
        row("refused", "expired-token", false, "not in use any more");
        row("lacks a permission", "narrow-token", false, "Workers Scripts");
        row("no answer", "down-token", false, "could not be asked");
    }
    void tokens()
    {
        QFETCH(QString, token);
        QFETCH(bool, isGood);
        QFETCH(QString, said);
        WindowTest test;
        walkToService(test, Google, "workerButton");
        test.type("secretEdit", token);
        test.press("testButton");
        QTRY_VERIFY(isTested(test) && test.isShown("bannerText"));
        QVERIFY2(
                test.label("bannerText").remove(QChar(0x2068)).remove(QChar(0x2069)).contains(said),
                qPrintable(test.label("bannerText")));
        QCOMPARE(test.window->publisher().isReady(), isGood);
        QVERIFY(test.isShown("serviceCombo")); // testing does not go on by itself
        QCOMPARE(test.find<QPushButton>("nextButton")->text(),
                 isGood ? QStringLiteral("&Next") : QStringLiteral("Test a&nd continue"));
        QCOMPARE(test.service.keys.size(),
                 size_t(isGood)); // none is kept before it has proven good
    }

    void testAndContinueGoesOn()
    {
        WindowTest test;
        walkToService(test, Google, "workerButton");
        test.type("secretEdit", QStringLiteral("good-token"));
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("faces"));
        QCOMPARE(test.service.keys.at(QStringLiteral("cloudflare:")), QByteArray("good-token"));
    }

    void leavingEmptiesTheField()
    {
        WindowTest test;
        walkToService(test, Google, "workerButton");
        test.type("secretEdit", QStringLiteral("good-token"));
        test.press("backButton");
        for (const QLineEdit *edit : test.window->findChildren<QLineEdit *>())
            QVERIFY(!edit->text().contains(QLatin1String("good-token")));
    }

    void withoutAKeyStoreItIsUsedThisRunAndSaidSo()
    {
        WindowTest test;
        test.service.hasKeyStore = false;
        walkToService(test, Google, "workerButton");
        test.type("secretEdit", QStringLiteral("good-token"));
        test.press("nextButton");
        QTRY_VERIFY(isTested(test) && test.isShown("bannerText") &&
                    test.label("bannerText").contains(QLatin1String("could not be kept")));
        QVERIFY(test.isShown("serviceCombo")); // it is to be read before going on
        QVERIFY(test.window->publisher().isReady());
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("faces"));
    }

    void keptOnesAreOfferedAndForgotten()
    {
        WindowTest test;
        walkToService(test, Google, "workerButton");
        test.type("secretEdit", QStringLiteral("good-token"));
        test.press("testButton");
        QTRY_VERIFY(isTested(test));
        QTRY_VERIFY(test.isShown("tokenCombo"));
        QVERIFY(!test.isShown("secretEdit"));
        QVERIFY(test.find<QComboBox>("tokenCombo")
                        ->currentText()
                        .startsWith(QLatin1String("kept on")));
        test.press("forgetButton");
        QTRY_VERIFY(test.isShown("secretEdit"));
        QVERIFY(test.service.keys.empty());
        QVERIFY(!test.window->publisher().isReady());
    }

    void aLockedKeyStoreIsSaid()
    {
        WindowTest test;
        walkToService(test, Google, "workerButton");
        test.type("secretEdit", QStringLiteral("good-token"));
        test.press("testButton");
        QTRY_VERIFY(isTested(test) && test.isShown("tokenCombo"));
        test.press("backButton");
        test.window->publisher().byHand();
        test.service.isLocked = true;
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("tokenCombo"));
        test.press("testButton");
        QTRY_VERIFY(isTested(test) && test.isShown("bannerText") &&
                    test.label("bannerText").contains(QLatin1String("locked")));
        QVERIFY(!test.window->publisher().isReady());
    }

    void anotherDomainAsksAgain()
    {
        WindowTest test;
        walkToService(test, Google, "workerButton");
        test.type("secretEdit", QStringLiteral("good-token"));
        test.press("testButton");
        QTRY_VERIFY(isTested(test));
        test.window->session().setDomain(*DomainName::fromAscii("fresh.example.org"));
        QVERIFY(!test.window->publisher().isReady());
    }
};
QTEST_MAIN(TestServicePage)
#include "tst_servicepage.moc"
