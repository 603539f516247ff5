// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Texts that are hard to read: contrast below 4.5 to 1 (WCAG 2.1, 1.4.3) between a text and what is
// behind it. Measured in the picture that a widget paints; texts in many colours (explanations, files
// with highlighting) from their formats. Left out: what is disabled (1.4.3 does so too), and place
// holders of empty fields, which the platform paints.

#include "layoutaudit.h"

#include <QCheckBox>
#include <QHash>
#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QStyleOptionButton>
#include <QTextBlock>
#include <QTextEdit>
#include <QTextLayout>

#include <cmath>

inline constexpr double LeastContrast = 4.5;

[[nodiscard]] inline double luminance(const QColor &colour)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

[[nodiscard]] inline double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one), b = luminance(other);
    return (qMax(a, b) + 0.05) / (qMin(a, b) + 0.05);
}

class ContrastAudit
{
public:
    [[nodiscard]] static QStringList faultsIn(QWidget *root)
    {
        ContrastAudit audit(root);
        const QList<QWidget *> shown = LayoutAudit::shownIn(root);
        for (QWidget *widget : shown)
            if (widget->isEnabled())
                audit.lookAt(widget);
        audit.m_faults.removeDuplicates();
        return audit.m_faults;
    }

private:
    static constexpr int Scale = 3; // so that the strokes of letters are more than their edges

    explicit ContrastAudit(QWidget *root)
        : m_root(root)
        , m_picture(root->size() * Scale, QImage::Format_RGB32)
    {
        m_picture.setDevicePixelRatio(Scale);
        m_picture.fill(root->palette().color(QPalette::Window));
        root->render(&m_picture);
    }

    void lookAt(QWidget *widget)
    {
        if (auto *plain = qobject_cast<QPlainTextEdit *>(widget))
            return lookAtDocument(widget, plain->document());
        if (auto *rich = qobject_cast<QTextEdit *>(widget))
            return lookAtDocument(widget, rich->document());
        if (auto *header = qobject_cast<QHeaderView *>(widget))
            return lookAtHeader(header);
        if (auto *view = qobject_cast<QAbstractItemView *>(widget))
            return lookAtItems(view);
        if (auto *tabs = qobject_cast<QTabBar *>(widget)) {
            for (int i = 0; i < tabs->count(); ++i)
                if (tabs->isTabEnabled(i))
                    measure(tabs, tabs->tabRect(i).adjusted(6, 6, -6, -4), tabs->tabText(i));
            return;
        }
        const QString text = textOf(widget);
        if (!text.trimmed().isEmpty())
            measure(widget, placeOf(widget), text);
    }

    static QString textOf(const QWidget *widget)
    {
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            return label->text();
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            return button->text();
        if (const auto *edit = qobject_cast<const QLineEdit *>(widget))
            return edit->text();
        if (const auto *combo = qobject_cast<const QComboBox *>(widget))
            return combo->currentText();
        return {};
    }

    /// Where the text is, without frames and marks, whose contrast is another matter.
    static QRect placeOf(const QWidget *widget)
    {
        const QStyle *style = widget->style();
        QStyleOptionButton button;
        button.initFrom(widget);
        if (qobject_cast<const QCheckBox *>(widget))
            return style->subElementRect(QStyle::SE_CheckBoxContents, &button, widget);
        if (qobject_cast<const QRadioButton *>(widget))
            return style->subElementRect(QStyle::SE_RadioButtonContents, &button, widget);
        if (qobject_cast<const QAbstractButton *>(widget))
            return widget->rect().adjusted(5, 5, -5, -5);
        if (qobject_cast<const QComboBox *>(widget)) {
            QStyleOptionComboBox option;
            option.initFrom(widget);
            return style->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField,
                                         widget);
        }
        return qobject_cast<const QLineEdit *>(widget) ? widget->rect().adjusted(4, 4, -4, -4)
                                                       : widget->contentsRect();
    }

    void lookAtHeader(const QHeaderView *header)
    {
        for (int i = 0; header->model() && i < header->count(); ++i) {
            const QString text = header->model()->headerData(i, header->orientation()).toString();
            if (header->isSectionHidden(i) || text.isEmpty() ||
                header->orientation() != Qt::Horizontal)
                continue;
            const QRect place(header->sectionViewportPosition(i), 0, header->sectionSize(i),
                              header->height());
            measure(header->viewport(), place.adjusted(4, 4, -4, -4), text);
        }
    }

    void lookAtItems(const QAbstractItemView *view)
    {
        LayoutAudit::forEachItem(view, [&](const QModelIndex &index, const QRect &rect) {
            if (!(index.flags() & Qt::ItemIsEnabled))
                return;
            QRect place = rect.adjusted(2, 2, -2, -2);
            // The icon, or the tick of a checkable row, is not text.
            int marks = index.data(Qt::DecorationRole).isNull() ? 0 : view->iconSize().width();
            if (marks <= 0 && !index.data(Qt::DecorationRole).isNull())
                marks = view->style()->pixelMetric(QStyle::PM_SmallIconSize);
            if (!index.data(Qt::CheckStateRole).isNull())
                marks += view->style()->pixelMetric(QStyle::PM_IndicatorWidth) + 4;
            if (view->isRightToLeft())
                place.adjust(0, 0, -marks, 0);
            else
                place.adjust(marks, 0, 0, 0);
            measure(view->viewport(), place, index.data().toString(), view);
        });
    }

    void lookAtDocument(const QWidget *widget, const QTextDocument *document)
    {
        const QColor ink = widget->palette().color(QPalette::Text);
        const QColor ground = widget->palette().color(QPalette::Base);
        for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
            const QBrush blockBrush = block.blockFormat().background();
            const QColor blockGround =
                    blockBrush.style() == Qt::NoBrush ? ground : blockBrush.color();
            for (auto it = block.begin(); !it.atEnd(); ++it)
                compare(widget, it.fragment().charFormat(), ink, blockGround, it.fragment().text());
            const QList<QTextLayout::FormatRange> ranges = block.layout()->formats();
            for (const QTextLayout::FormatRange &range : ranges)
                compare(widget, range.format, ink, blockGround,
                        block.text().mid(range.start, range.length));
        }
    }

    void compare(const QWidget *widget, const QTextCharFormat &format, const QColor &usualInk,
                 const QColor &usualGround, const QString &text)
    {
        if (text.trimmed().isEmpty())
            return;
        const QColor ink =
                format.foreground().style() == Qt::NoBrush ? usualInk : format.foreground().color();
        const QColor ground = format.background().style() == Qt::NoBrush
                                      ? usualGround
                                      : format.background().color();
        judge(widget, ink, ground, text);
    }

    void measure(const QWidget *widget, const QRect &place, const QString &text,
                 const QWidget *named = nullptr)
    {
        const QRect seen = place.intersected(widget->visibleRegion().boundingRect());
        const QPoint corner = widget->mapTo(m_root, seen.topLeft());
        const QRect area = QRect(corner * Scale, seen.size() * Scale).intersected(m_picture.rect());
        QHash<QRgb, int> colours;
        for (int y = area.top(); y <= area.bottom(); ++y)
            for (int x = area.left(); x <= area.right(); ++x)
                ++colours[m_picture.pixel(x, y)];
        if (colours.isEmpty())
            return; // scrolled out of sight
        QRgb ground = 0;
        int most = 0;
        for (auto it = colours.cbegin(); it != colours.cend(); ++it)
            if (it.value() > most) {
                most = it.value();
                ground = it.key();
            }
        QColor ink(ground);
        for (auto it = colours.cbegin(); it != colours.cend(); ++it)
            if (it.value() >= Scale * Scale &&
                contrast(QColor(it.key()), QColor(ground)) > contrast(ink, QColor(ground)))
                ink = QColor(it.key());
        judge(named ? named : widget, ink, QColor(ground), text);
    }

    void judge(const QWidget *widget, const QColor &ink, const QColor &ground, const QString &text)
    {
        const double ratio = contrast(ink, ground);
        if (ratio < LeastContrast)
            m_faults << QStringLiteral("%1 is hard to read: %2 on %3 is %4 to 1: %5")
                                .arg(LayoutAudit::name(widget), ink.name(), ground.name())
                                .arg(ratio, 0, 'f', 1)
                                .arg(text.left(40));
    }

    QWidget *m_root;
    QImage m_picture;
    QStringList m_faults;
};

[[nodiscard]] inline QStringList auditContrast(QWidget *root)
{
    return ContrastAudit::faultsIn(root);
}
