// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "previewitem.h"

#include "base/printable.h"
#include "deploy/linedifference.h"
#include "plainlabel.h"
#include "texts.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSyntaxHighlighter>

namespace {

/// + and − stand in front of each line; the colour only helps.
class DifferenceColours : public QSyntaxHighlighter
{
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString &text) override
    {
        const bool dark = QGuiApplication::palette().color(QPalette::Base).lightness() < 128;
        if (text.startsWith(QLatin1Char('+')))
            setFormat(0, int(text.size()), QColor(dark ? 0x57ab5a : 0x116329));
        else if (text.startsWith(QChar(0x2212)))
            setFormat(0, int(text.size()), QColor(dark ? 0xff7b72 : 0xb31d28));
    }
};

QString differenceText(const PreviewPart &part)
{
    QStringList lines;
    for (const LineChange &change : lineDifferences(part.before, part.after)) {
        QString sign = QStringLiteral("  ");
        if (change.kind == LineChange::Kind::Added)
            sign = QStringLiteral("+ ");
        else if (change.kind == LineChange::Kind::Removed)
            sign = QChar(0x2212) + QStringLiteral(" ");
        lines << sign + printable(change.line);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

PreviewItem::PreviewItem(const PreviewPart &part, int number, QWidget *parent)
    : QFrame(parent)
{
    setObjectName(QStringLiteral("previewItem%1").arg(number));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 4, 0, 4);
    grid->setColumnStretch(0, 1);
    const QString what = part.isFile ? tr("Policy file") : tr("%1 record").arg(part.type);
    QLabel *heading = plainLabel(tr("%1: %2").arg(kindWord(part.kind), what), this);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    QLabel *where = plainLabel(isolated(part.where), this);
    where->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    where->setTextInteractionFlags(Qt::TextSelectableByMouse);
    grid->addWidget(heading, 0, 0);
    grid->addWidget(where, 1, 0);
    showDifference(part, what + QLatin1Char(' ') + part.where);
    if (!part.after.isEmpty() && part.isFile)
        addCopyButton(tr("Copy file"), tr("Copy the policy file"),
                      QStringLiteral("copyButton%1").arg(number), part.after);
    if (!part.after.isEmpty() && !part.isFile) {
        addCopyButton(tr("Copy name"), tr("Copy the name %1").arg(part.where),
                      QStringLiteral("copyNameButton%1").arg(number), part.where.toUtf8());
        addCopyButton(tr("Copy value"), tr("Copy the value of %1").arg(part.where),
                      QStringLiteral("copyButton%1").arg(number), part.after);
    }
}

QString PreviewItem::kindWord(PreviewPart::Kind kind)
{
    switch (kind) {
    case PreviewPart::Kind::Keep:
        return tr("Unchanged");
    case PreviewPart::Kind::Add:
        return tr("New");
    case PreviewPart::Kind::Replace:
        return tr("Changed");
    case PreviewPart::Kind::Remove:
        return tr("To remove");
    case PreviewPart::Kind::NotCompared:
        break;
    }
    return tr("Not compared");
}

void PreviewItem::showDifference(const PreviewPart &part, const QString &name)
{
    auto *view = new QPlainTextEdit(this);
    view->setObjectName(QStringLiteral("differenceView"));
    view->setAccessibleName(tr("Difference of %1").arg(name));
    view->setReadOnly(true);
    view->setTabChangesFocus(true);
    view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    view->setLayoutDirection(Qt::LeftToRight);
    new DifferenceColours(view->document());
    view->setPlainText(differenceText(part));
    const QFontMetrics metrics(view->font());
    int widest = 0;
    const QStringList lines = view->toPlainText().split(QLatin1Char('\n'));
    for (const QString &line : lines)
        widest = qMax(widest, metrics.horizontalAdvance(line));
    // All lines without scrolling up and down; a long record can be scrolled sideways.
    const int frame = 2 * view->frameWidth() + int(2 * view->document()->documentMargin());
    const int bar = widest > 560 ? view->horizontalScrollBar()->sizeHint().height() : 0;
    view->setFixedHeight(metrics.lineSpacing() * qMin(int(lines.size()), 40) + frame + bar + 2);
    static_cast<QGridLayout *>(layout())->addWidget(view, 2, 0, 1, 3);
}

void PreviewItem::addCopyButton(const QString &text, const QString &name, const QString &objectName,
                                const QByteArray &content)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(objectName);
    button->setAccessibleName(name);
    button->setAutoDefault(true);
    auto *grid = static_cast<QGridLayout *>(layout());
    grid->addWidget(button, 0, grid->itemAtPosition(0, 1) ? 2 : 1, 2, 1, Qt::AlignVCenter);
    connect(button, &QPushButton::clicked, this, [this, content, name] {
        QString copy = QString::fromUtf8(content);
        copy.replace(QLatin1String("\r\n"), QLatin1String("\n"));
        QGuiApplication::clipboard()->setText(copy);
        Q_EMIT copied(name);
    });
}
