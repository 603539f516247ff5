// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Faults that a person would see in a picture of the window, found without one: cut texts, widgets on
// each other, Alt letters used twice, focus without a name.

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QComboBox>
#include <QCommandLinkButton>
#include <QHeaderView>
#include <QLabel>
#include <QLayout>
#include <QMap>
#include <QScrollArea>
#include <QSplitterHandle>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QToolButton>
#include <QTreeView>
#include <QWidget>

class LayoutAudit
{
public:
    /// Everything that is shown in `root`; one line a fault.
    [[nodiscard]] static QStringList faultsIn(QWidget *root)
    {
        LayoutAudit audit(root);
        for (QWidget *widget : std::as_const(audit.m_shown)) {
            audit.lookAtText(widget);
            audit.lookAtItems(widget);
            audit.lookAtFocus(widget);
            audit.lookAtPlace(widget);
            audit.lookAtWidth(widget);
        }
        for (auto it = audit.m_mnemonics.cbegin(); it != audit.m_mnemonics.cend(); ++it)
            if (it.value().size() > 1)
                audit.m_faults << QStringLiteral("Alt+%1 is used by %2")
                                          .arg(it.key(), it.value().join(QStringLiteral(", ")));
        audit.m_faults.removeDuplicates();
        return audit.m_faults;
    }
    [[nodiscard]] static QString name(const QWidget *widget)
    {
        return QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char('#') +
               widget->objectName();
    }
    [[nodiscard]] static QList<QWidget *> shownIn(QWidget *root)
    {
        QList<QWidget *> shown;
        const QList<QWidget *> all = root->findChildren<QWidget *>();
        for (QWidget *widget : all)
            if (widget->window() == root && widget->isVisibleTo(root) &&
                !widget->objectName().startsWith(QLatin1String("qt_")))
                shown << widget;
        return shown;
    }

private:
    explicit LayoutAudit(QWidget *root)
        : m_shown(shownIn(root))
    {
    }

    void cut(const QWidget *widget, QSize need, QSize has, const QString &text)
    {
        m_faults << QStringLiteral("%1 is cut: needs %2x%3, has %4x%5: %6")
                            .arg(name(widget))
                            .arg(need.width())
                            .arg(need.height())
                            .arg(has.width())
                            .arg(has.height())
                            .arg(text.left(60));
    }

    void mnemonic(const QWidget *widget, const QString &text)
    {
        QString plain = text;
        plain.replace(QLatin1String("&&"), QLatin1String("+"));
        const int amp = int(plain.indexOf(QLatin1Char('&')));
        if (amp >= 0 && amp + 1 < plain.size() && plain.at(amp + 1).isLetter() &&
            widget->isEnabled())
            m_mnemonics[plain.mid(amp + 1, 1).toLower()] << name(widget);
    }

    void lookAtText(const QWidget *widget)
    {
        if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            if (label->text().isEmpty())
                return;
            const QSize need = label->wordWrap() ? QSize(longestWord(label),
                                                         label->heightForWidth(label->width()))
                                                 : label->sizeHint();
            if (need.width() > label->width() + 1 || need.height() > label->height() + 1)
                cut(label, need, label->size(), label->text());
            if (label->textFormat() != Qt::PlainText)
                m_faults << name(label) + QStringLiteral(" may show markup");
            if (label->buddy())
                mnemonic(label, label->text());
        } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            if (button->text().isEmpty())
                return;
            mnemonic(button, button->text());
            QSize need = button->sizeHint();
            if (const auto *link = qobject_cast<const QCommandLinkButton *>(button))
                need = QSize(0, link->heightForWidth(link->width())); // its text wraps
            if (need.width() > button->width() + 1 || need.height() > button->height() + 1)
                cut(button, need, button->size(), button->text());
        } else if (const auto *combo = qobject_cast<const QComboBox *>(widget)) {
            QStyleOptionComboBox option;
            option.initFrom(combo);
            const QRect field = combo->style()->subControlRect(QStyle::CC_ComboBox, &option,
                                                               QStyle::SC_ComboBoxEditField, combo);
            const int need = combo->fontMetrics().horizontalAdvance(combo->currentText());
            if (need > field.width() + 1)
                cut(combo, QSize(need, 0), field.size(), combo->currentText());
        } else if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            for (int i = 0; i < tabs->count(); ++i) {
                mnemonic(tabs, tabs->tabText(i));
                if (!tabs->rect().contains(tabs->tabRect(i)))
                    m_faults << name(tabs) + QStringLiteral(": a tab is cut: ") + tabs->tabText(i);
            }
        }
    }

    /// A wrapped label breaks at some places only: what stands between two can still be cut.
    static int longestWord(const QLabel *label)
    {
        return label->fontMetrics()
                .boundingRect(QRect(0, 0, 1, 100000), Qt::TextWordWrap, label->text())
                .width();
    }

    void lookAtItems(QWidget *widget)
    {
        if (auto *header = qobject_cast<QHeaderView *>(widget)) {
            for (int i = 0; header->model() && i < header->count(); ++i) {
                const QString text =
                        header->model()->headerData(i, header->orientation()).toString();
                if (!header->isSectionHidden(i) && !text.isEmpty() &&
                    header->sectionSizeHint(i) > header->sectionSize(i) + 1)
                    cut(header, QSize(header->sectionSizeHint(i), 0),
                        QSize(header->sectionSize(i), 0), text);
            }
            return;
        }
        const auto *view = qobject_cast<const QAbstractItemView *>(widget);
        if (!view || !view->model())
            return;
        forEachItem(view, [&](const QModelIndex &index, const QRect &rect) {
            const QString text = index.data().toString();
            const QSize need = view->sizeHintForIndex(index);
            // A cell may be short of room if the whole text can be had from it, escaped where others
            // wrote it.
            const QString tip = index.data(Qt::ToolTipRole).toString();
            if (need.width() > rect.width() + 1 && !tip.contains(text) &&
                !tip.contains(text.toHtmlEscaped()))
                cut(view, need, rect.size(), text);
            if (need.height() > rect.height() + 1)
                cut(view, need, rect.size(), text);
        });
    }

public:
    /// Every item with a text that is seen in the view, with its place in the viewport.
    template <class Visit>
    static void forEachItem(const QAbstractItemView *view, const Visit &visit,
                            const QModelIndex &parent = {})
    {
        const QAbstractItemModel *model = view->model();
        for (int row = 0; row < qMin(model->rowCount(parent), 400); ++row) {
            for (int column = 0; column < model->columnCount(parent); ++column) {
                const QModelIndex index = model->index(row, column, parent);
                const QRect rect = view->visualRect(index);
                if (!rect.isEmpty() && view->viewport()->rect().contains(rect) &&
                    !index.data().toString().isEmpty())
                    visit(index, rect);
                const auto *tree = qobject_cast<const QTreeView *>(view);
                if (column == 0 && tree && tree->isExpanded(index))
                    forEachItem(view, visit, index);
            }
        }
    }

private:
    void lookAtFocus(QWidget *widget)
    {
        if (!(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy())
            return;
        const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
        if (!qobject_cast<QTabBar *>(widget) && // its tabs have names
            (!spoken || spoken->text(QAccessible::Name).trimmed().isEmpty()))
            m_faults << name(widget) + QStringLiteral(" takes the focus and has no name");
        if (widget->objectName().isEmpty())
            m_faults << name(widget) + QStringLiteral(" takes the focus and has no object name");
    }

    /// Pages may scroll down, never sideways: nobody looks there.
    void lookAtWidth(const QWidget *widget)
    {
        const auto *area = qobject_cast<const QScrollArea *>(widget);
        if (area && area->widget() && area->widget()->width() > area->viewport()->width())
            m_faults << name(widget) + QStringLiteral(" scrolls sideways");
    }

    void lookAtPlace(QWidget *widget)
    {
        QWidget *parent = widget->parentWidget();
        if (widget->isWindow() || !parent->layout())
            return;
        if (!parent->rect().adjusted(-1, -1, 1, 1).contains(widget->geometry()))
            m_faults << name(widget) + QStringLiteral(" reaches out of ") + name(parent);
        for (const QWidget *other : std::as_const(m_shown)) {
            if (other <= widget || other->parentWidget() != parent)
                continue;
            const QRect both = widget->geometry().intersected(other->geometry());
            if (both.width() > 1 && both.height() > 1)
                m_faults << name(widget) + QStringLiteral(" and ") + name(other) +
                                    QStringLiteral(" overlap");
        }
    }

    const QList<QWidget *> m_shown;
    QStringList m_faults;
    QMap<QString, QStringList> m_mnemonics;
};

[[nodiscard]] inline QStringList auditLayout(QWidget *root)
{
    return LayoutAudit::faultsIn(root);
}
