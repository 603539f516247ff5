// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "language.h"
#include "settingsdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Opened
{
    explicit Opened(const NetworkTests &tests = {}, QByteArray kept = {})
        : settings(folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat)
    {
        if (!kept.isEmpty())
            settings.setValue(QStringLiteral("network/smtpProxy"), QString::fromUtf8(kept));
        dialog = std::make_unique<SettingsDialog>(settings, nullptr, tests);
        dialog->open();
    }
    template <class Widget>
    Widget *find(const char *name) const
    {
        auto *widget = dialog->findChild<Widget *>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }
    [[nodiscard]] QString text(const char *label) const
    {
        const auto *found = find<QLabel>(label);
        return found->isVisibleTo(found->parentWidget()) ? found->text() : QString();
    }
    [[nodiscard]] QString bannerText(const char *banner) const
    {
        return find<QWidget>(banner)->findChild<QLabel *>(QStringLiteral("bannerText"))->text();
    }
    void type(const char *edit, const char *words) const
    {
        find<QLineEdit>(edit)->setText(QString::fromUtf8(words));
    }
    void press(const char *button) const { find<QAbstractButton>(button)->click(); }
    [[nodiscard]] QVariant value(const char *key) const
    {
        return settings.value(QString::fromLatin1(key));
    }

    QTemporaryDir folder;
    QSettings settings;
    std::unique_ptr<SettingsDialog> dialog;
};

NetworkTests answering(Severity severity, const char *sentence)
{
    const auto test = [severity, words = QString::fromUtf8(sentence)](const NetworkOptions &,
                                                                      const Cancel &) {
        return TestResult{severity, words};
    };
    return {test, test};
}

} // namespace

class TestSettingsDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// Also from the list of languages, which searches by typing.
    void ctrlTabTurnsThePages()
    {
        const Opened opened;
        auto *tabs = opened.find<QTabWidget>("tabs");
        auto *languages = opened.find<QComboBox>("languageCombo");
        QTRY_VERIFY(languages->hasFocus());
        QTest::keyClick(languages, Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(tabs->currentIndex(), 1);
        QTest::keyClick(opened.dialog.get(), Qt::Key_Backtab,
                        Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(opened.dialog.get(), Qt::Key_Backtab,
                        Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(tabs->currentIndex(), tabs->count() - 1);
    }

    void okWritesWhatWasChosen()
    {
        Opened test;
        const QSignalSpy accepted(test.dialog.get(), &QDialog::accepted);
        test.press("ownResolverRadio");
        test.type("resolversEdit", "192.0.2.53, 2001:db8::53");
        test.press("tlsCheck");
        test.type("tlsNameEdit", "dns.example.net");
        test.type("proxyEdit", " socks5://127.0.0.1:1080 ");
        test.find<QSpinBox>("timeoutSpin")->setValue(45);
        test.press("rememberCheck");
        auto *languages = test.find<QComboBox>("languageCombo");
        languages->setCurrentIndex(languages->findData(QStringLiteral("en")));
        test.press("okButton");
        QCOMPARE(accepted.count(), 1);
        QCOMPARE(test.value("network/resolver").toStringList().size(), 2);
        QCOMPARE(test.value("network/resolverTls").toString(), QStringLiteral("dns.example.net"));
        QCOMPARE(test.value("network/smtpProxy").toString(),
                 QStringLiteral("socks5://127.0.0.1:1080"));
        QCOMPARE(test.value("network/timeout").toInt(), 45);
        QCOMPARE(test.value("privacy/rememberChecked").toBool(), false);
        QCOMPARE(test.value("window/language").toString(), QStringLiteral("en"));
        // As the program reads it when it starts again: from the file.
        test.settings.sync();
        const QString copy = test.folder.filePath(QStringLiteral("copy.ini"));
        QVERIFY(QFile::copy(test.settings.fileName(), copy));
        const QSettings started(copy, QSettings::IniFormat);
        for (const QString &key : test.settings.allKeys())
            QVERIFY2(started.contains(key), qPrintable(key));
        QCOMPARE(started.value(LanguageKey).toString(), QStringLiteral("en"));
        SettingsDialog again(test.settings);
        QCOMPARE(again.findChild<QLineEdit *>(QStringLiteral("resolversEdit"))->text(),
                 QStringLiteral("192.0.2.53, 2001:db8::53"));
        QVERIFY(!again.findChild<QCheckBox *>(QStringLiteral("rememberCheck"))->isChecked());
        QCOMPARE(again.findChild<QComboBox *>(QStringLiteral("languageCombo"))->currentData(),
                 QVariant(QStringLiteral("en")));
    }

    void cancelWritesNothing()
    {
        Opened test;
        test.type("proxyEdit", "socks5://127.0.0.1:1080");
        test.press("cancelButton");
        QVERIFY(!test.dialog->isVisible());
        QVERIFY(test.settings.allKeys().isEmpty());
    }

    void whatCannotBeUsedIsSaidUnderItsField_data()
    {
        QTest::addColumn<QByteArray>("edit");
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QByteArray>("label");
        QTest::addColumn<int>("tab");
        QTest::newRow("no address") << QByteArray("resolversEdit") << QByteArray("dns.example")
                                    << QByteArray("resolversProblemLabel") << 1;
        QTest::newRow("nothing written") << QByteArray("resolversEdit") << QByteArray("")
                                         << QByteArray("resolversProblemLabel") << 1;
        QTest::newRow("no name") << QByteArray("tlsNameEdit") << QByteArray("")
                                 << QByteArray("tlsNameProblemLabel") << 1;
        QTest::newRow("a password")
                << QByteArray("proxyEdit") << QByteArray("socks5://me:secret@127.0.0.1:1080")
                << QByteArray("proxyProblemLabel") << 2;
        QTest::newRow("no file") << QByteArray("caFileEdit") << QByteArray("/nonexistent/x.pem")
                                 << QByteArray("caFileProblemLabel") << 2;
    }
    void whatCannotBeUsedIsSaidUnderItsField()
    {
        QFETCH(QByteArray, edit);
        QFETCH(QByteArray, words);
        QFETCH(QByteArray, label);
        QFETCH(int, tab);
        Opened test;
        test.press("ownResolverRadio");
        test.type("resolversEdit", "192.0.2.53");
        if (edit == "tlsNameEdit")
            test.press("tlsCheck");
        test.type(edit.constData(), words.constData());
        QVERIFY(test.text(label.constData()).isEmpty());
        test.press("okButton");
        QVERIFY2(test.dialog->isVisible(), "it stays open");
        QVERIFY(test.settings.allKeys().isEmpty());
        QVERIFY(!test.text(label.constData()).isEmpty());
        QCOMPARE(test.find<QTabWidget>("tabs")->currentIndex(), tab);
        QCOMPARE(test.dialog->focusWidget(), test.find<QWidget>(edit.constData()));
        test.type(edit.constData(), "x"); // typing takes the sentence away
        QVERIFY(test.text(label.constData()).isEmpty());
    }

    void whatWasKeptAndIsWrongIsSaidAtOnce()
    {
        const Opened test({}, "http://proxy.example:3128");
        QVERIFY(!test.text("proxyProblemLabel").isEmpty());
        QCOMPARE(test.find<QTabWidget>("tabs")->currentIndex(), 2);
    }

    void fieldsThatDoNotCountAreOff()
    {
        const Opened test;
        QVERIFY(!test.find<QLineEdit>("resolversEdit")->isEnabled());
        QVERIFY(!test.find<QLineEdit>("tlsNameEdit")->isEnabled());
        test.press("ownResolverRadio");
        QVERIFY(test.find<QLineEdit>("resolversEdit")->isEnabled());
        test.press("smtpCheck");
        QVERIFY(!test.find<QLineEdit>("proxyEdit")->isEnabled());
        QVERIFY(!test.find<QPushButton>("testProxyButton")->isEnabled());
    }

    void defaultsAreShownAndWrittenWithOk()
    {
        Opened test({}, "socks5://127.0.0.1:1080");
        test.press("defaultsButton");
        QCOMPARE(test.value("network/smtpProxy").toString(),
                 QStringLiteral("socks5://127.0.0.1:1080"));
        test.press("okButton");
        QVERIFY(!test.settings.contains(QStringLiteral("network/smtpProxy")));
    }

    void testsSayWhatTheyFound()
    {
        const Opened test(answering(Severity::Warning, "it strips DNSSEC"));
        test.press("testResolverButton");
        QTRY_COMPARE(test.bannerText("resolverBanner"), QStringLiteral("it strips DNSSEC"));
        test.press("testProxyButton");
        QTRY_COMPARE(test.bannerText("proxyBanner"), QStringLiteral("it strips DNSSEC"));
        test.type("proxyEdit", "socks5://127.0.0.1:1");
        QVERIFY2(test.bannerText("proxyBanner").isEmpty(), "the answer was about another proxy");
        QVERIFY(!test.bannerText("resolverBanner").isEmpty());
    }

    void testsGetWhatIsTyped()
    {
        auto seen = std::make_shared<QStringList>();
        NetworkTests tests;
        tests.resolver = [seen](const NetworkOptions &options, const Cancel &) {
            *seen = options.resolver.servers;
            return TestResult{Severity::Ok, QStringLiteral("seen")};
        };
        const Opened test(tests);
        test.press("ownResolverRadio");
        test.press("testResolverButton"); // nothing typed: a sentence, no test
        QVERIFY(!test.text("resolversProblemLabel").isEmpty());
        test.type("resolversEdit", "192.0.2.9");
        test.press("testResolverButton");
        QTRY_COMPARE(test.bannerText("resolverBanner"), QStringLiteral("seen"));
        QCOMPARE(*seen, QStringList{QStringLiteral("192.0.2.9")});
    }

    void aTestCanBeStoppedAndClosedUpon()
    {
        NetworkTests tests;
        tests.resolver = [](const NetworkOptions &, const Cancel &cancel) {
            while (!cancel.isCancelled())
                QThread::msleep(1);
            return TestResult{Severity::Unknown, QStringLiteral("stopped"), false};
        };
        tests.proxy = tests.resolver;
        const Opened test(tests);
        const QString idle = test.find<QPushButton>("testResolverButton")->text();
        test.press("testResolverButton");
        QVERIFY(test.find<QPushButton>("testResolverButton")->text() != idle);
        test.press("testResolverButton");
        QTRY_COMPARE(test.bannerText("resolverBanner"), QStringLiteral("stopped"));
        QCOMPARE(test.find<QPushButton>("testResolverButton")->text(), idle);
        test.press("testProxyButton"); // still running when the dialog goes
    }

    void forgettingAsksFirst()
    {
        const Opened test;
        QVERIFY(!test.find<QPushButton>("forgetAllButton")
                         ->isVisibleTo(test.find<QWidget>("privacyPageContents")));
        test.dialog->setDataFolder(test.folder.path());
        const QSignalSpy asked(test.dialog.get(), &SettingsDialog::forgetAllAsked);
        for (const bool sure : {false, true}) {
            test.press("forgetAllButton");
            auto *box = test.find<QMessageBox>("forgetAllBox");
            QVERIFY(box->defaultButton() &&
                    box->buttonRole(box->defaultButton()) == QMessageBox::RejectRole);
            const QList<QAbstractButton *> buttons = box->buttons();
            for (QAbstractButton *button : buttons)
                if ((box->buttonRole(button) == QMessageBox::DestructiveRole) == sure) {
                    button->click();
                    break;
                }
            QCOMPARE(asked.count(), sure ? 1 : 0);
            QTRY_VERIFY(!test.dialog->findChild<QMessageBox *>(QStringLiteral("forgetAllBox")));
        }
    }
};
QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
