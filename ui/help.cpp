// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "help.h"

#include "helpdialog.h"
#include "helptexts.h"

#include <QShortcut>

namespace {

int depth(const QWidget *widget)
{
    int levels = 0;
    for (; widget; widget = widget->parentWidget())
        ++levels;
    return levels;
}

} // namespace

QString helpTopicOf(const QWidget *window)
{
    const QWidget *best = hasHelp(window->objectName()) ? window : nullptr;
    const QList<QWidget *> inside = window->findChildren<QWidget *>();
    for (const QWidget *widget : inside)
        if (widget->window() == window && widget->isVisibleTo(window) &&
            hasHelp(widget->objectName()) && depth(widget) > depth(best))
            best = widget;
    return best ? best->objectName() : QString();
}

void showHelp(QWidget *window)
{
    auto *dialog = window->findChild<HelpDialog *>(QString(), Qt::FindDirectChildrenOnly);
    if (!dialog)
        dialog = new HelpDialog(window);
    dialog->explain(helpFor(helpTopicOf(window)));
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void offerHelp(QWidget *window)
{
    auto *shortcut = new QShortcut(QKeySequence::HelpContents, window);
    QObject::connect(shortcut, &QShortcut::activated, window, [window] { showHelp(window); });
}
