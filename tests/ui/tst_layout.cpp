// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every page in other languages, directions, palettes and font sizes: nothing cut, nothing on top of
// each other, every Alt letter once. With SHOTS set to a folder, pictures are left there.
#include "layoutaudit.h"
#include "windowtest.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QStyleFactory>
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

} // namespace

class TestLayout : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theAuditFindsFaults()
    {
        QWidget window;
        auto *cut = new QLabel(QStringLiteral("a label that is much too long"), &window);
        cut->setFixedSize(40, 10);
        auto *first = new QPushButton(QStringLiteral("&Open"), &window);
        first->move(0, 20);
        auto *second = new QPushButton(QStringLiteral("&Other"), &window);
        second->move(0, 60);
        auto *unnamed = new QLineEdit(&window);
        unnamed->move(0, 100);
        window.resize(200, 200);
        window.show();
        const QString all = auditLayout(&window).join(QLatin1Char('\n'));
        QVERIFY2(all.contains(QLatin1String("is cut")), qPrintable(all));
        QVERIFY2(all.contains(QLatin1String("Alt+o is used by")), qPrintable(all));
        QVERIFY2(all.contains(QLatin1String("has no name")), qPrintable(all));
        QVERIFY2(all.contains(QLatin1String("may show markup")), qPrintable(all));
    }

    void pages_data()
    {
        QTest::addColumn<bool>("pseudo");
        QTest::addColumn<bool>("rightToLeft");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<double>("font");
        QTest::newRow("plain") << false << false << false << 1.0;
        QTest::newRow("pseudo") << true << false << false << 1.0;
        QTest::newRow("pseudo, large print") << true << false << false << 1.5;
        QTest::newRow("right to left") << false << true << false << 1.0;
        QTest::newRow("right to left, pseudo") << true << true << false << 1.0;
        QTest::newRow("dark") << false << false << true << 1.0;
    }
    void pages()
    {
        QFETCH(bool, pseudo);
        QFETCH(bool, rightToLeft);
        QFETCH(bool, dark);
        QFETCH(double, font);
        Pseudo translator;
        if (pseudo)
            QCoreApplication::installTranslator(&translator);
        const QFont oldFont = QApplication::font();
        const QPalette oldPalette = QApplication::palette();
        QFont larger = oldFont;
        larger.setPointSizeF(larger.pointSizeF() * font);
        QApplication::setFont(larger);
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        if (dark)
            QApplication::setPalette(QPalette(QColor(0x31363b), QColor(0x2a2e32)));
        QGuiApplication::setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);

        m_faults.clear();
        walk();
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
        QApplication::setPalette(oldPalette);
        QApplication::setFont(oldFont);
        QCoreApplication::removeTranslator(&translator);
        QVERIFY2(m_faults.isEmpty(),
                 qPrintable(QLatin1Char('\n') + m_faults.join(QLatin1Char('\n'))));
    }

private:
    void walk()
    {
        WindowTest test;
        audit(test, "start");
        test.type("domainEdit", QStringLiteral("nodots"));
        test.press("checkButton");
        audit(test, "start-refused");
        test.type("domainEdit", QStringLiteral("www.example.org"));
        test.press("checkButton");
        audit(test, "start-asked");
        test.type("domainEdit", QStringLiteral("blocked.example.org"));
        test.press("checkButton");
        audit(test, "check-running");
        QTRY_VERIFY(test.isIdle());
        audit(test, "check-blocked");
        test.press("bannerButton");
        auto *help = test.window->findChild<QDialog *>(QStringLiteral("Port25Dialog"));
        audit(test, "check-port25", help);
        help->close();
        test.press("closeButton");
        test.type("domainEdit", QStringLiteral("mixed.example.org"));
        test.press("checkButton");
        QTRY_VERIFY(test.isIdle());
        audit(test, "check");
        test.press("sendersButton");
        QTRY_COMPARE(test.find<QTreeWidget>("sendersView")->topLevelItemCount(), 5);
        audit(test, "senders");
        test.press("findingsButton");
        test.press("setupButton");
        audit(test, "domain");
        test.press("nextButton");
        audit(test, "policy");
        test.find<QAbstractButton>("testingRadio")->click();
        audit(test, "policy-testing");
        test.press("nextButton");
        audit(test, "reports");
        test.press("nextButton");
        audit(test, "preview");
        test.press("nextButton");
        test.type("folderEdit", test.folder.path());
        audit(test, "export");
        test.press("nextButton");
        QTRY_VERIFY(test.isShown("banner"));
        audit(test, "export-saved");
    }
    void audit(WindowTest &test, const char *page, QWidget *dialog = nullptr)
    {
        QWidget *shown = dialog ? dialog : test.window.get();
        QTest::qWait(30); // layouts of texts that wrap settle in two turns
        const QString folder = qEnvironmentVariable("SHOTS");
        if (!folder.isEmpty()) {
            QDir().mkpath(folder);
            shown->grab().save(QStringLiteral("%1/%2-%3.png")
                                       .arg(folder, QString::fromLatin1(QTest::currentDataTag()),
                                            QString::fromLatin1(page)));
        }
        QStringList faults = auditLayout(shown);
        const QSize least = test.window->centralWidget()->minimumSizeHint();
        if (least.width() > 1024 || least.height() > 640)
            faults << QStringLiteral("the window needs %1x%2")
                              .arg(least.width())
                              .arg(least.height());
        for (const QString &fault : faults)
            m_faults << QString::fromLatin1(page) + QStringLiteral(": ") + fault;
    }
    QStringList m_faults;
};
QTEST_MAIN(TestLayout)
#include "tst_layout.moc"
