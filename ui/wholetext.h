// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A text that is too long for where it belongs, whole, in a window of its own.

#include <QString>

class QWidget;

/// Plain text, fixed font, left to right; can be selected and copied. Does not wait.
void showWholeText(const QString &title, const QString &text, QWidget *parent);
