// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scrollareaaccess.h"

#include <QAccessibleWidget>
#include <QScrollArea>

QAccessibleInterface *accessibleScrollArea(const QString &className, QObject *object)
{
    auto *area = className == QLatin1String("QScrollArea") ? qobject_cast<QScrollArea *>(object)
                                                           : nullptr;
    // The base class knows the same children, and looks whether the one asked for is among them.
    return area ? new QAccessibleWidget(area, QAccessible::Client) : nullptr;
}
