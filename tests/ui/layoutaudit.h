// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Faults that a person would see in a picture of the window, found without one: cut texts, widgets on
// each other, Alt letters used twice, focus without a name.

#include <QAbstractButton>
#include <QAccessible>
#include <QLabel>
#include <QLayout>
#include <QMap>
#include <QWidget>

inline QStringList auditLayout(QWidget *root)
{
    QStringList faults;
    QMap<QString, QStringList> mnemonics;
    const auto name = [](const QWidget *widget) {
        return QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char('#') +
               widget->objectName();
    };
    const auto isShown = [root](const QWidget *widget) {
        return widget->isVisibleTo(root) && !widget->objectName().startsWith(QLatin1String("qt_"));
    };
    const QList<QWidget *> all = root->findChildren<QWidget *>();
    for (QWidget *widget : all) {
        if (!isShown(widget))
            continue;
        QString text;
        const auto *label = qobject_cast<const QLabel *>(widget);
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if (label && !label->text().isEmpty()) {
            text = label->buddy() ? label->text() : QString();
            const QSize need = label->wordWrap() ? QSize(0, label->heightForWidth(label->width()))
                                                 : label->sizeHint();
            if (need.width() > label->width() + 1 || need.height() > label->height() + 1)
                faults << QStringLiteral("%1 is cut: needs %2x%3, has %4x%5: %6")
                                  .arg(name(label))
                                  .arg(need.width())
                                  .arg(need.height())
                                  .arg(label->width())
                                  .arg(label->height())
                                  .arg(label->text().left(50));
            if (label->textFormat() != Qt::PlainText)
                faults << name(label) + QStringLiteral(" may show markup");
        } else if (button) {
            text = button->text();
            if (!text.isEmpty() && button->sizeHint().width() > button->width() + 1)
                faults << name(button) + QStringLiteral(" is cut: ") + text;
        }
        const int amp = int(text.indexOf(QLatin1Char('&')));
        if (amp >= 0 && amp + 1 < text.size() && text.at(amp + 1).isLetter() && widget->isEnabled())
            mnemonics[text.mid(amp + 1, 1).toLower()] << name(widget);
        if (!widget->isWindow() && widget->parentWidget()->layout() &&
            !widget->parentWidget()->rect().adjusted(-1, -1, 1, 1).contains(widget->geometry()))
            faults << name(widget) + QStringLiteral(" reaches out of ") +
                              name(widget->parentWidget());
        if (widget->focusPolicy() & Qt::TabFocus && !widget->focusProxy()) {
            const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
            if (!spoken || spoken->text(QAccessible::Name).trimmed().isEmpty())
                faults << name(widget) + QStringLiteral(" takes the focus and has no name");
            if (widget->objectName().isEmpty())
                faults << name(widget) + QStringLiteral(" takes the focus and has no object name");
        }
        for (const QWidget *other : all) {
            if (other <= widget || other->parentWidget() != widget->parentWidget() ||
                !isShown(other) || !widget->parentWidget()->layout())
                continue;
            const QRect both = widget->geometry().intersected(other->geometry());
            if (both.width() > 1 && both.height() > 1)
                faults << name(widget) + QStringLiteral(" and ") + name(other) +
                                  QStringLiteral(" overlap");
        }
    }
    for (auto it = mnemonics.cbegin(); it != mnemonics.cend(); ++it)
        if (it.value().size() > 1)
            faults << QStringLiteral("Alt+%1 is used by %2")
                              .arg(it.key(), it.value().join(QStringLiteral(", ")));
    return faults;
}
