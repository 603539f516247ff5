// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Help: a short text for each page, in a window beside the program's own.

#include <QString>

class QWidget;

/// F1 in this window shows the help of the page that is seen there.
void offerHelp(QWidget *window);
/// Shows it now. One help window for each `window`; it stays open while the user works.
void showHelp(QWidget *window);
/// The object name of the page that is seen in the window and has a text of its own; where several
/// are inside each other the innermost. Empty when there is none.
[[nodiscard]] QString helpTopicOf(const QWidget *window);
