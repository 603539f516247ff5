// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The pseudo language (translations/pseudo.py) goes the way of a real one: collected by lupdate, compiled,
// chosen, loaded. Every text of the window must come out of it in brackets.
#include "aboutdialog.h"
#include "deploy/writebundle.h"
#include "helpdialog.h"
#include "helptexts.h"
#include "language.h"
#include "settingsdialog.h"
#include "texts.h"
#include "windowtest.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGroupBox>
#include <QHeaderView>
#include <QRegularExpression>
#include <QTabBar>
#include <QTabWidget>
#include <QTextBlock>
#include <QTextBrowser>

namespace {

/// What is left of a text outside the brackets and is still a word that somebody would read. Words of the
/// DNS and of files have dots, underscores, digits and the like in or beside them and are data.
QString untranslated(QString text)
{
    static const QRegularExpression inBrackets(QStringLiteral("\\[[^\\[\\]]*\\]"));
    while (text.contains(inBrackets)) // a text may stand inside another
        text.remove(inBrackets);
    static const QRegularExpression data(QStringLiteral("\\S*[._/@:=0-9*]\\S+|\\S+[_/@=0-9]\\S*"));
    text.remove(data).remove(QLatin1Char('&'));
    static const QRegularExpression word(QStringLiteral("\\p{L}{3,}"));
    return word.match(text).captured();
}

/// Written the same in every language, or by Qt and its own translations.
bool isName(const QString &text)
{
    static const QStringList names{QStringLiteral("Qt"),         QStringLiteral("OpenSSL"),
                                   QStringLiteral("libunbound"), QStringLiteral("English"),
                                   QStringLiteral("zz_RTL"),     QStringLiteral("zz"),
                                   QStringLiteral("RFC")};
    return names.contains(text);
}

class Collector
{
public:
    void widget(QWidget *top)
    {
        const QList<QWidget *> all = top->findChildren<QWidget *>() << top;
        for (QWidget *widget : all) {
            const QString where = QString::fromLatin1(widget->metaObject()->className()) +
                                  QLatin1Char(' ') + widget->objectName();
            if (widget->objectName().startsWith(QLatin1String("qt_")) ||
                qobject_cast<QTabBar *>(widget->parentWidget()))
                continue; // Qt's own parts
            text(where, widget->toolTip());
            text(where, widget->accessibleName());
            text(where, widget->windowTitle());
            content(where, widget);
        }
        const QList<QAction *> actions = top->findChildren<QAction *>();
        for (const QAction *action : actions)
            if (!qobject_cast<QLineEdit *>(action->parent()))
                text(QStringLiteral("action"), action->text());
    }
    [[nodiscard]] QStringList faults() const { return m_faults; }
    [[nodiscard]] int count() const { return m_count; }

private:
    void text(const QString &where, const QString &text)
    {
        m_count += text.isEmpty() ? 0 : 1;
        const QString word = untranslated(text);
        if (!word.isEmpty() && !isName(text) && !isName(word))
            m_faults << where + QStringLiteral(": “%1” of “%2”").arg(word, text);
    }
    void content(const QString &where, QWidget *widget)
    {
        if (const auto *label = qobject_cast<QLabel *>(widget))
            text(where, label->text());
        if (auto *button = qobject_cast<QAbstractButton *>(widget)) {
            const auto *box = qobject_cast<QDialogButtonBox *>(button->parentWidget());
            if (!box || box->standardButton(button) == QDialogButtonBox::NoButton)
                text(where, button->text());
        }
        if (const auto *group = qobject_cast<QGroupBox *>(widget))
            text(where, group->title());
        if (const auto *edit = qobject_cast<QLineEdit *>(widget))
            text(where, edit->placeholderText());
        if (const auto *combo = qobject_cast<QComboBox *>(widget))
            for (int i = 0; i < combo->count(); ++i)
                text(where, combo->itemText(i));
        if (const auto *tabs = qobject_cast<QTabWidget *>(widget))
            for (int i = 0; i < tabs->count(); ++i)
                text(where, tabs->tabText(i));
        if (const auto *view = qobject_cast<QTreeView *>(widget); view && view->model()) {
            for (int i = 0; i < view->model()->columnCount() && !view->isHeaderHidden(); ++i)
                text(where, view->model()->headerData(i, Qt::Horizontal).toString());
            rows(where, *view->model(), {});
        }
        if (const auto *browser = qobject_cast<QTextBrowser *>(widget))
            for (QTextBlock block = browser->document()->begin(); block.isValid();
                 block = block.next())
                if (!isRecord(block))
                    text(where, block.text());
    }
    void rows(const QString &where, const QAbstractItemModel &model, const QModelIndex &parent)
    {
        for (int row = 0; row < model.rowCount(parent); ++row) {
            for (int column = 0; column < model.columnCount(parent); ++column) {
                const QModelIndex index = model.index(row, column, parent);
                for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole})
                    text(where, index.data(role).toString());
            }
            rows(where, model, model.index(row, 0, parent));
        }
    }
    /// <pre>: what was seen is shown as it is.
    static bool isRecord(const QTextBlock &block)
    {
        const QTextCharFormat format = block.begin().fragment().charFormat();
        const QString fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
        return format.fontFixedPitch() || format.fontFamilies().toStringList().contains(fixed);
    }

    QStringList m_faults;
    int m_count = 0;
};

} // namespace

class TestLanguage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup()
    {
        qunsetenv("LANGUAGE");
        useLanguage({});
    }

    void theCollectorFindsFaults_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, const char *text, const char *word) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(word);
        };
        row("not translated", "Check my domain", "Check");
        row("half translated", "[Çhéçk] again", "again");
        row("translated", "[Çhéçk måîl lôñg]", "");
        row("a text in another", "[%1: [Pröblém lô]]", "");
        row("a name of the DNS alone", "mx1.example.org", "");
        row("a record", "_mta-sts.example.org", "");
        row("the name behind an Alt letter", "&Open", "Open");
    }
    void theCollectorFindsFaults()
    {
        QFETCH(QString, text);
        QTEST(untranslated(text), "word");
    }

    void isBuiltIn()
    {
        QVERIFY(builtInLanguages().contains(QLatin1String("zz")));
        QVERIFY(builtInLanguages().contains(QLatin1String("zz_RTL")));
    }

    void direction()
    {
        useLanguage(QStringLiteral("zz_RTL"));
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::RightToLeft);
        useLanguage(QStringLiteral("zz"));
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
        useLanguage(QStringLiteral("zz_RTL"));
        useLanguage(QStringLiteral("en"));
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
    }

    void environment_data()
    {
        QTest::addColumn<QByteArray>("language");
        QTest::addColumn<bool>("isPseudo");
        QTest::newRow("the only one") << QByteArray("zz") << true;
        QTest::newRow("the first that is there") << QByteArray("xy:zz:en") << true;
        QTest::newRow("English comes first") << QByteArray("en_GB:zz") << false;
        QTest::newRow("none is there") << QByteArray("xy") << false;
    }
    void environment()
    {
        QFETCH(QByteArray, language);
        qputenv("LANGUAGE", language);
        useLanguage({});
        const QString text = QCoreApplication::translate("Words", "Not tested");
        QFETCH(bool, isPseudo);
        QCOMPARE(text.startsWith(QLatin1Char('[')), isPseudo);
    }

    void errorsAreSaidInTheLanguage()
    {
        useLanguage(QStringLiteral("zz"));
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("file"));
        QVERIFY(QFile(file).open(QIODevice::WriteOnly));
        const BundleFile policy{QStringLiteral("mta-sts.txt"), "version: STSv1\r\n"};
        const Result<WrittenBundle> written =
                writeBundle({policy}, file + QStringLiteral("/below"), Overwrite::No);
        QVERIFY(!written);
        QVERIFY2(phrase(written.error()).startsWith(QLatin1Char('[')),
                 qPrintable(phrase(written.error())));
        const QString system = QStringLiteral("No space left on device");
        QCOMPARE(phrase(Error{Error::Kind::Refused, system, {}}), system);
    }

    void everyTextComesThroughTheLanguage()
    {
        useLanguage(QStringLiteral("zz"));
        WindowTest test;
        Collector collector;
        for (const char *domain : {"nodots", "www.example.org", "mixed.example.org",
                                   "blocked.example.org", "testing.example.org"}) {
            test.type("domainEdit", QString::fromLatin1(domain));
            test.press("checkButton");
            QTRY_VERIFY(test.isIdle());
            collector.widget(test.window.get());
            if (test.isShown("closeButton"))
                test.press("closeButton");
        }
        test.press("setupButton");
        for (int step = 0; step < 12 && test.isShown("nextButton"); ++step) {
            QTRY_VERIFY(test.isIdle());
            collector.widget(test.window.get());
            if (test.isShown("folderEdit")) {
                test.type("folderEdit", test.folder.path());
            }
            test.press("nextButton");
        }
        QTest::qWait(0);
        collector.widget(test.window.get());
        SettingsDialog settings(test.settings);
        collector.widget(&settings);
        AboutDialog about;
        collector.widget(&about);
        HelpDialog help(test.window.get());
        for (const QString &topic : helpTopics()) {
            help.explain(helpFor(topic));
            collector.widget(&help);
        }
        QVERIFY2(collector.count() > 1000, "the walk saw next to nothing");
        QStringList faults = collector.faults();
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(), qPrintable(QLatin1Char('\n') + faults.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
