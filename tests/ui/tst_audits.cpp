// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The two audits that tst_layout goes through every page with do find faults.
#include "contrastaudit.h"
#include "layoutaudit.h"
#include "palettes.h"
#include "plainlabel.h"

#include <QCheckBox>
#include <QListWidget>
#include <QPushButton>
#include <QSyntaxHighlighter>
#include <QTest>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace {

/// What a highlighter must not do: yellow on white.
class Pale : public QSyntaxHighlighter
{
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;
    void highlightBlock(const QString &text) override
    {
        setFormat(0, int(text.size()), QColor(0xffff99));
    }
};

} // namespace

class TestAudits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theAuditFindsFaults()
    {
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        auto *cut = new QLabel(QStringLiteral("a label that is much too long"), &window);
        cut->setFixedSize(40, 10);
        auto *buttonCut = new QPushButton(QStringLiteral("a button that is too long"), &window);
        buttonCut->setFixedWidth(50);
        auto *first = new QPushButton(QStringLiteral("&Open"), &window);
        auto *second = new QPushButton(QStringLiteral("&Other"), &window);
        auto *unnamed = new QLineEdit(&window);
        auto *combo = new QComboBox(&window);
        combo->addItem(QStringLiteral("a choice that is much too long"));
        combo->setFixedWidth(60);
        auto *tree = new QTreeWidget(&window);
        tree->setHeaderLabels({QStringLiteral("a long header"), QString()});
        tree->setColumnWidth(0, 30);
        new QTreeWidgetItem(tree, {QStringLiteral("a cell that is too long")});
        for (QWidget *widget : {static_cast<QWidget *>(cut), static_cast<QWidget *>(buttonCut),
                                static_cast<QWidget *>(first), static_cast<QWidget *>(second),
                                static_cast<QWidget *>(unnamed), static_cast<QWidget *>(combo),
                                static_cast<QWidget *>(tree)})
            layout->addWidget(widget);
        window.resize(200, 400);
        window.show();
        const QString all = auditLayout(&window).join(QLatin1Char('\n'));
        for (const char *fault :
             {"a label that is much too long", "a button that is too long", "Alt+o is used by",
              "has no name", "may show markup", "a choice that is much too long", "a long header",
              "a cell that is too long"})
            QVERIFY2(all.contains(QLatin1String(fault)), qPrintable(all + QLatin1String(fault)));
        for (int row = 0; row < tree->topLevelItemCount(); ++row) // the whole text can be had
            tree->topLevelItem(row)->setToolTip(0, tree->topLevelItem(row)->text(0));
        QVERIFY(!auditLayout(&window).join(QString()).contains(QLatin1String("a cell that")));
    }

    void theAuditFindsPaleTexts()
    {
        QWidget window;
        window.setPalette(lightPalette());
        auto *layout = new QVBoxLayout(&window);
        QPalette pale = window.palette();
        for (const auto role : {QPalette::WindowText, QPalette::ButtonText, QPalette::Text})
            pale.setColor(role, QColor(0x999999));
        auto *label = plainLabel(QStringLiteral("pale label"), &window);
        auto *good = plainLabel(QStringLiteral("good label"), &window);
        auto *off = new QCheckBox(QStringLiteral("off and pale"), &window);
        auto *check = new QCheckBox(QStringLiteral("pale choice"), &window);
        auto *button = new QPushButton(QStringLiteral("pale button"), &window);
        auto *edit = new QLineEdit(QStringLiteral("pale field"), &window);
        auto *text = new QPlainTextEdit(QStringLiteral("pale highlight"), &window);
        new Pale(text->document());
        auto *rich = new QTextEdit(&window);
        rich->setHtml(QStringLiteral("<p style='color:#aaaaaa'>pale paragraph</p>"));
        auto *list = new QListWidget(&window);
        list->addItem(QStringLiteral("pale row"));
        list->item(0)->setForeground(QColor(0xcccc88));
        off->setEnabled(false);
        for (QWidget *widget : QList<QWidget *>{label, check, button, edit, off})
            widget->setPalette(pale);
        for (QWidget *widget :
             QList<QWidget *>{label, good, off, check, button, edit, text, rich, list})
            layout->addWidget(widget);
        window.resize(300, 500);
        window.show();
        QTest::qWait(10); // the highlighter paints in the next turn
        const QString all = auditContrast(&window).join(QLatin1Char('\n'));
        for (const char *fault : {"pale label", "pale choice", "pale button", "pale field",
                                  "pale highlight", "pale paragraph", "pale row"})
            QVERIFY2(all.contains(QLatin1String(fault)), qPrintable(all + QLatin1String(fault)));
        QVERIFY2(!all.contains(QLatin1String("good")), qPrintable(all));
        QVERIFY2(!all.contains(QLatin1String("off and")), qPrintable(all));
    }
};
QTEST_MAIN(TestAudits)
#include "tst_audits.moc"
