// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every page in every state, in other languages, directions, palettes and font sizes: nothing cut, nothing
// on top of each other, every Alt letter once, every text readable. With SHOTS set to a folder, pictures
// are left there.
#include "aboutdialog.h"
#include "checkpage.h"
#include "contrastaudit.h"
#include "flowtest.h"
#include "help.h"
#include "helpdialog.h"
#include "helptexts.h"
#include "historydialog.h"
#include "layoutaudit.h"
#include "palettes.h"
#include "practicedialog.h"
#include "practicerun.h"
#include "settingsdialog.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QStyleFactory>
#include <QTabWidget>
#include <QTranslator>
#include <QTreeWidget>

namespace {

/// A language 40 % longer than English, with accents: cut or untranslated texts show at once.
class Pseudo : public QTranslator
{
public:
    [[nodiscard]] QString translate(const char *, const char *source, const char *,
                                    int) const override
    {
        const QString text = QString::fromUtf8(source);
        if (text.size() < 2)
            return text;
        QString longer = text;
        longer.replace(QLatin1Char('a'), QChar(0xe5)).replace(QLatin1Char('e'), QChar(0xe9));
        QString pad;
        for (qsizetype i = 0; i < text.size() * 4 / 10; i += 4)
            pad += QStringLiteral(" xyz");
        return QLatin1Char('[') + longer + pad + QLatin1Char(']');
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

QPalette paletteNamed(const QByteArray &name)
{
    if (name == "dark")
        return darkPalette();
    return name == "contrast" ? highContrastPalette() : lightPalette();
}

} // namespace

class TestLayout : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pages_data()
    {
        QTest::addColumn<bool>("pseudo");
        QTest::addColumn<bool>("rightToLeft");
        QTest::addColumn<QByteArray>("palette");
        QTest::addColumn<double>("font");
        QTest::newRow("plain") << false << false << QByteArray("light") << 1.0;
        QTest::newRow("pseudo") << true << false << QByteArray("light") << 1.0;
        QTest::newRow("pseudo, large print") << true << false << QByteArray("light") << 1.5;
        QTest::newRow("right to left") << false << true << QByteArray("light") << 1.0;
        QTest::newRow("right to left, pseudo") << true << true << QByteArray("light") << 1.0;
        QTest::newRow("dark") << false << false << QByteArray("dark") << 1.0;
        QTest::newRow("high contrast") << false << false << QByteArray("contrast") << 1.0;
    }
    void pages()
    {
        QFETCH(bool, pseudo);
        QFETCH(bool, rightToLeft);
        QFETCH(QByteArray, palette);
        QFETCH(double, font);
        Pseudo translator;
        if (pseudo)
            QCoreApplication::installTranslator(&translator);
        const QFont oldFont = QApplication::font();
        QFont larger = oldFont;
        larger.setPointSizeF(larger.pointSizeF() * font);
        QApplication::setFont(larger);
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        QApplication::setPalette(paletteNamed(palette));
        QGuiApplication::setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
        m_measuresContrast = !pseudo && !rightToLeft;

        m_faults.clear();
        walk();
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
        QApplication::setPalette(lightPalette());
        QApplication::setFont(oldFont);
        QCoreApplication::removeTranslator(&translator);
        m_faults.removeDuplicates();
        if (font > 1) // half as large again, and in long words: what scrolls can be reached
            m_faults.removeIf([](const QString &fault) {
                return fault.endsWith(QLatin1String("scrolls sideways"));
            });
        for (const QString &fault : std::as_const(m_faults)) // a message of QVERIFY2 is cut
            qWarning("%s", qPrintable(fault));
        QCOMPARE(m_faults.size(), 0);
    }

private:
    void walk()
    {
        WindowTest test;
        walkStart(test);
        walkCheck(test);
        test.press("setupButton");
        walkAssistant(test);
        walkDane(test);
        walkPublishing(test);
        walkDialogs(test);
    }

    void walkStart(WindowTest &test)
    {
        audit(test, "start");
        test.type("domainEdit", QStringLiteral("nodots"));
        test.press("checkButton");
        audit(test, "start-refused");
        test.type("domainEdit", QStringLiteral("www.example.org"));
        test.press("checkButton");
        audit(test, "start-asked");
    }

    void walkCheck(WindowTest &test)
    {
        bool first = true;
        for (const char *kind : {"blocked", "offline", "null", "hostile", "good", "mixed"}) {
            if (!first) {
                test.press("closeButton");
                audit(test, "start-list");
            }
            test.type("domainEdit", QString::fromLatin1(kind) + QStringLiteral(".example.org"));
            test.press("checkButton");
            if (first)
                audit(test, "check-running");
            first = false;
            QTRY_VERIFY(test.isIdle());
            audit(test, QByteArray("check-") + kind);
            if (qstrcmp(kind, "blocked") == 0) {
                test.press("bannerButton");
                auto *ways = test.window->findChild<QDialog *>(QStringLiteral("Port25Dialog"));
                auditWidget(ways, "check-port25");
                ways->close();
            }
        }
        test.press("sendersButton");
        QTRY_COMPARE(test.find<QTreeWidget>("sendersView")->topLevelItemCount(), 5);
        audit(test, "senders");
        test.press("findingsButton");
    }

    void walkAssistant(WindowTest &test)
    {
        QStringList seen;
        for (int turn = 0; turn < 20 && !seen.contains(QStringLiteral("ProofPage")); ++turn) {
            const QString topic = helpTopicOf(test.window.get());
            const QByteArray page = "assistant-" + topic.toLatin1();
            QTRY_VERIFY(test.find<QPushButton>("nextButton")->isEnabled());
            audit(test, seen.contains(topic) ? page + "-again" : page);
            seen << topic;
            for (const char *choice : {"enforceRadio", "noneRadio", "testingRadio"}) {
                if (!test.isShown(choice))
                    continue;
                test.find<QAbstractButton>(choice)->click();
                audit(test, page + '-' + choice);
            }
            if (test.isShown("folderEdit")) {
                test.find<QLineEdit>("folderEdit")->setText(test.folder.path());
                audit(test, page + "-folder");
            }
            if (topic == QLatin1String("HostingPage")) { // one click chooses and goes on
                test.find<QAbstractButton>("manualButton")->click();
                if (!test.isShown("manualButton"))
                    continue;
                audit(test, page + "-chosen");
            }
            test.press("nextButton");
        }
        QVERIFY(seen.contains(QStringLiteral("ProofPage")));
    }

    /// The step for DANE: one's own servers, and those of others.
    void walkDane(WindowTest &test)
    {
        const auto open = [&](const char *domain) {
            test.type("domainEdit", QString::fromLatin1(domain));
            test.press("checkButton");
            QTRY_VERIFY(test.isIdle());
            Q_EMIT test.window->findChild<CheckPage *>()->fixAsked(Step::Dane);
        };
        open("google.example.org");
        audit(test, "dane-provider");
        test.press("cancelButton");
        open("fresh.example.org");
        audit(test, "dane-unsigned");
        test.press("cancelButton");
        open("dane.example.org");
        QTRY_VERIFY(test.find<QPushButton>("lookAgainButton")->isEnabled());
        audit(test, "dane");
        auto *records = test.find<QTreeWidget>("recordsView");
        for (int i = 0; i < records->topLevelItemCount(); ++i) {
            records->topLevelItem(i)->setCheckState(0, Qt::Checked);
            audit(test, "dane-row-" + QByteArray::number(i));
        }
        test.press("renewingButton");
        auto *renewing = test.window->findChild<QDialog *>(QStringLiteral("RenewalDialog"));
        auditWidget(renewing, "renewing");
        renewing->reject();
        test.press("rolloverButton");
        auto *rollover = test.window->findChild<QDialog *>(QStringLiteral("RolloverDialog"));
        QTRY_VERIFY(rollover->findChild<QPushButton *>(QStringLiteral("beginButton"))->isEnabled());
        auditWidget(rollover, "rollover");
        rollover->reject();
        test.press("cancelButton");
    }

    /// The pages of a service that makes the changes, up to what came of it.
    void walkPublishing(WindowTest &test)
    {
        walkToService(test, QStringLiteral("google.example.org"), "workerButton");
        auto *combo = test.find<QComboBox>("serviceCombo");
        for (int i = 0; i < combo->count(); ++i) {
            combo->setCurrentIndex(i);
            Q_EMIT combo->activated(i);
            audit(test, "service-" + combo->itemData(i).toByteArray());
        }
        combo->setCurrentIndex(combo->findData(QByteArray("cloudflare")));
        Q_EMIT combo->activated(combo->currentIndex());
        Publisher &publisher = test.window->publisher();
        for (const char *token : {"narrow-token", "broad-token"}) {
            test.type("secretEdit", QString::fromLatin1(token));
            test.press("testButton");
            QTRY_VERIFY(publisher.tested() && publisher.phase() == Publisher::Phase::Idle);
            audit(test, QByteArray("service-") + token);
        }
        test.service.refusesWrites = true;
        test.press("nextButton");
        QTRY_VERIFY(publisher.prepared() && publisher.phase() == Publisher::Phase::Idle);
        audit(test, "publish-plan");
        test.press("nextButton");
        QTRY_VERIFY(publisher.done());
        audit(test, "publish-stopped");
        test.service.refusesWrites = false;
        test.press("againButton");
        QTRY_VERIFY(publisher.prepared() && publisher.phase() == Publisher::Phase::Idle);
        test.press("nextButton");
        QTRY_VERIFY(publisher.done());
        audit(test, "publish-done");
        test.press("undoButton");
        QTRY_VERIFY(publisher.prepared() && publisher.prepared()->isUndo());
        audit(test, "publish-undo");
        HistoryDialog history(publisher.journals(), test.window->session().domain(),
                              test.window.get());
        history.open();
        QCOMPARE(history.findChild<QTreeWidget *>()->topLevelItemCount(), 2);
        auditWidget(&history, "history");
        history.reject();
        test.press("cancelButton");
    }

    void walkDialogs(WindowTest &test)
    {
        SettingsDialog settings(test.settings, test.window.get(), NetworkTests());
        settings.setDataFolder(test.folder.path());
        settings.setTokens(test.window->publisher().tokens());
        settings.open();
        settings.findChild<QAbstractButton *>(QStringLiteral("ownResolverRadio"))->click();
        settings.findChild<QAbstractButton *>(QStringLiteral("tlsCheck"))->click();
        settings.findChild<QLineEdit *>(QStringLiteral("proxyEdit"))
                ->setText(QStringLiteral("socks5://me:secret@127.0.0.1:1080"));
        settings.findChild<QLineEdit *>(QStringLiteral("caFileEdit"))
                ->setText(QStringLiteral("/nonexistent"));
        settings.accept(); // says what is wrong, under each field
        settings.tellForgotten(Severity::Ok, QStringLiteral("Forgotten."));
        auto *tabs = settings.findChild<QTabWidget *>(QStringLiteral("tabs"));
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            auditWidget(&settings, "settings-" + QByteArray::number(i));
        }
        PracticeRun practice;
        QVERIFY(practice.start());
        PracticeDialog accidents(practice, test.window.get());
        accidents.open();
        auditWidget(&accidents, "practice");
        accidents.reject();
        AboutDialog about(test.window.get());
        about.open();
        auditWidget(&about, "about");
        for (const QString &topic : helpTopics()) {
            HelpDialog help(test.window.get());
            help.explain(helpFor(topic));
            help.show();
            auditWidget(&help, "help-" + topic.toLatin1());
        }
    }

    void audit(WindowTest &test, const QByteArray &page)
    {
        auditWidget(test.window.get(), page);
        const QSize least = test.window->centralWidget()->minimumSizeHint();
        if (least.width() > 1024 || least.height() > 640)
            m_faults << QString::fromLatin1(page) + QStringLiteral(": the window needs %1x%2")
                                                            .arg(least.width())
                                                            .arg(least.height());
    }
    void auditWidget(QWidget *window, const QByteArray &page)
    {
        QTest::qWait(30); // layouts of texts that wrap settle in two turns
        const QString folder = qEnvironmentVariable("SHOTS");
        if (!folder.isEmpty()) {
            QDir().mkpath(folder);
            window->grab().save(QStringLiteral("%1/%2-%3.png")
                                        .arg(folder, QString::fromLatin1(QTest::currentDataTag()),
                                             QString::fromLatin1(page)));
        }
        QStringList faults = auditLayout(window);
        if (!faults.isEmpty()) { // a text that has just come may still be on its way to its place
            QTest::qWait(250);
            faults = auditLayout(window);
        }
        if (m_measuresContrast)
            faults += auditContrast(window);
        for (const QString &fault : faults)
            m_faults << QString::fromLatin1(page) + QStringLiteral(": ") + fault;
    }
    QStringList m_faults;
    bool m_measuresContrast = false;
};
QTEST_MAIN(TestLayout)
#include "tst_layout.moc"
