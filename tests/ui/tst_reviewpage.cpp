// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Review in its states, over worlds of data.
#include "changingworld.h"
#include "flowtest.h"
#include "program.h"
#include "textcolours.h"

#include <QCheckBox>
#include <QClipboard>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QTabBar>
#include <QTreeWidget>

#include <cmath>

namespace {

double luminance(const QColor &colour)
{
    const auto part = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) +
           0.0722 * part(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QStringList plan(const WindowTest &test)
{
    QStringList rows;
    auto *view = test.find<QTreeWidget>("planView");
    for (int i = 0; i < view->topLevelItemCount(); ++i)
        rows << view->topLevelItem(i)->text(0) + QLatin1Char(' ') + view->topLevelItem(i)->text(1);
    return rows;
}

void select(const WindowTest &test, int row)
{
    auto *view = test.find<QTreeWidget>("planView");
    view->setCurrentItem(view->topLevelItem(row));
}

} // namespace

class TestReviewPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Program::prepare(); }

    void aNewDomainCreatesEverythingInTheOrderOfWork()
    {
        WindowTest test;
        walkToReview(test, QStringLiteral("fresh.example.org"));
        const QStringList rows = plan(test);
        QCOMPARE(rows.size(), 4);
        QVERIFY2(rows.at(0).contains(QLatin1String("Address of the policy host")),
                 qPrintable(rows.join(QLatin1Char('\n'))));
        QVERIFY(rows.at(1).contains(QLatin1String("Policy file")));
        for (const QString &row : rows)
            QVERIFY2(row.contains(QLatin1String("Create")), qPrintable(row));
        QVERIFY(test.find<QTreeWidget>("planView")
                        ->topLevelItem(3)
                        ->text(2)
                        .startsWith(QLatin1String("_mta-sts.")));
        QVERIFY(test.label("subtitleLabel")
                        .contains(QLatin1String("Nothing has been changed yet")));
    }

    void onlyWhatChangesGetsANewId()
    {
        WindowTest test;
        walkToReview(test, QStringLiteral("testing.example.org"));
        QVERIFY2(test.label("titleLabel").contains(QLatin1String("already as you want it")),
                 qPrintable(test.label("titleLabel")));
        QCOMPARE(test.window->session().wanted().id, QByteArray("20260301T101200")); // the live one
        for (int i = 0; i < 4; ++i)
            test.press("backButton");
        test.find<QRadioButton>("enforceRadio")->click();
        for (int i = 0; i < 4; ++i)
            test.press("nextButton");
        QTRY_VERIFY(test.isIdle());
        QVERIFY2(test.label("titleLabel").contains(QLatin1String("2 changes")),
                 qPrintable(test.label("titleLabel") + plan(test).join(QLatin1Char('\n'))));
        const QByteArray id = test.window->session().wanted().id;
        QVERIFY(id != QByteArray("20260301T101200"));
        select(test, 1);
        const QString shown = test.find<QPlainTextEdit>("textView")->toPlainText();
        QVERIFY(shown.contains(QLatin1String("+ mode: enforce")));
        QVERIFY(shown.contains(QChar(0x2212) + QStringLiteral(" mode: testing")));
        test.press("copyFileButton");
        QVERIFY(QGuiApplication::clipboard()->text().contains(QLatin1String("mode: enforce\n")));
        // What is copied now, saved next and looked for at last carries one id, also after new looks.
        test.press("nextButton");
        test.press("backButton");
        QTRY_VERIFY(test.isIdle());
        QCOMPARE(test.window->session().wanted().id, id);
    }

    void copiesTakeTheFormOfThePanel()
    {
        WindowTest test;
        walkToReview(test, QStringLiteral("fresh.example.org"));
        select(test, 3);
        test.press("copyNameButton");
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("_mta-sts"));
        test.press("copyValueButton");
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QLatin1String("v=STSv1; id=")));
        test.find<QCheckBox>("fullNamesCheck")->click();
        test.find<QCheckBox>("quotesCheck")->click();
        test.press("copyNameButton");
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("_mta-sts.fresh.example.org"));
        test.press("copyValueButton");
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QLatin1String("\"v=STSv1;")));
        test.press("copyLineButton");
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(
                QLatin1String("_mta-sts.fresh.example.org. 3600 IN TXT \"v=STSv1;")));
        test.press("copyAllButton");
        QVERIFY(QGuiApplication::clipboard()->text().contains(
                QLatin1String("_smtp._tls.fresh.example.org.")));
        QVERIFY(test.settings.value(QStringLiteral("review/fullNames")).toBool()); // remembered
        auto *tabs = test.find<QTabBar>("viewTabs");
        tabs->setCurrentIndex(1);
        QVERIFY(test.find<QPlainTextEdit>("textView")
                        ->toPlainText()
                        .startsWith(QLatin1String("version: STSv1\nmode: testing")));
        tabs->setCurrentIndex(2);
        QVERIFY(test.find<QPlainTextEdit>("textView")->toPlainText().startsWith(QLatin1Char(';')));
    }

    void whatIsNotKnownIsSaidSo()
    {
        WindowTest test;
        walkToReview(test, QStringLiteral("mixed.example.org"));
        // Its TLS-RPT record could not be looked up.
        QVERIFY(test.isShown("bannerButton"));
        QVERIFY(plan(test).join(QLatin1Char('\n')).contains(QLatin1String("Not compared")));
    }

    void whatChangedWhileOneWorkedIsTold()
    {
        const auto change = std::make_shared<std::atomic<int>>(0);
        WindowTest test(changingEngine(change, [](FakeWorld &world, int changes) {
            if (changes > 0)
                world.dns.txt("_mta-sts.shop.example", {"v=STSv1; id=somebodyelse;"});
        }));
        walkToReview(test, QStringLiteral("shop.example"));
        const auto isTold = [&test] {
            return test.isShown("bannerText") &&
                   test.label("bannerText").contains(QLatin1String("changed while you worked"));
        };
        QVERIFY(!isTold());
        test.press("backButton");
        *change = 1;
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("planView") && test.isIdle());
        QVERIFY(isTold());
        test.press("backButton"); // known now
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("planView") && test.isIdle());
        QVERIFY(!isTold());
    }

    /// RFC 8461 3.1: with two records senders act as if there were none.
    void aSecondRecordIsDeletedAndTheReasonSaid()
    {
        const auto change = std::make_shared<std::atomic<int>>(0);
        WindowTest test(changingEngine(change, [](FakeWorld &world, int) {
            world.dns.txt("_mta-sts.shop.example",
                          {"v=STSv1; id=one;", "v=STSv1; id=two;", "foreign=1"});
        }));
        walkToReview(test, QStringLiteral("shop.example"));
        const QStringList rows = plan(test);
        int deleted = -1;
        for (int i = 0; i < rows.size(); ++i) {
            if (rows.at(i).contains(QLatin1String("Delete")))
                deleted = i;
        }
        QVERIFY2(deleted >= 0, qPrintable(rows.join(QLatin1Char('\n'))));
        select(test, deleted);
        QVERIFY(!test.label("whyLabel").isEmpty());
        const QString shown = test.find<QPlainTextEdit>("textView")->toPlainText();
        QVERIFY2(shown.contains(QChar(0x2212) + QStringLiteral(" ")) &&
                         shown.contains(QLatin1String("v=STSv1; id=")),
                 qPrintable(shown));
        for (int i = 0; i < rows.size(); ++i) { // what is not ours is not touched
            select(test, i);
            QVERIFY(!test.find<QPlainTextEdit>("textView")
                             ->toPlainText()
                             .contains(QLatin1String("foreign=1")));
        }
    }

    void colours_data()
    {
        QTest::addColumn<QColor>("base");
        QTest::addColumn<QColor>("text");
        QTest::newRow("light") << QColor(Qt::white) << QColor(Qt::black);
        QTest::newRow("grey light") << QColor(0xf0f0f0) << QColor(Qt::black);
        QTest::newRow("dark") << QColor(0x1b1e20) << QColor(Qt::white);
        QTest::newRow("softer dark") << QColor(0x31363b) << QColor(Qt::white);
        QTest::newRow("black") << QColor(Qt::black) << QColor(Qt::white);
    }
    void colours()
    {
        QFETCH(QColor, base);
        QFETCH(QColor, text);
        QPalette palette;
        palette.setColor(QPalette::Base, base);
        palette.setColor(QPalette::Text, text);
        using Part = TextColours::Part;
        for (const Part part :
             {Part::Added, Part::Removed, Part::Key, Part::Value, Part::Comment}) {
            const double measured = contrast(TextColours::colour(part, palette), base);
            QVERIFY2(measured >= 4.5, qPrintable(QString::number(measured)));
        }
    }
};
QTEST_MAIN(TestReviewPage)
#include "tst_reviewpage.moc"
