// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What screen readers are told of scroll areas. Qt's own answer (6.4) reads past its list when a reader
// asks for a child that has just gone, as a scroll bar does, and the program would end there.

class QAccessibleInterface;
class QObject;
class QString;

/// For QAccessible::installFactory(); nothing for other classes than QScrollArea.
[[nodiscard]] QAccessibleInterface *accessibleScrollArea(const QString &className, QObject *object);
