// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A technical word inside a sentence keeps its direction in right-to-left languages (UAX #9: LRI, PDI).

#include <QString>

/// `direction`: that of the sentence. Unchanged from left to right.
[[nodiscard]] inline QString isolated(const QString &word, Qt::LayoutDirection direction)
{
    if (direction != Qt::RightToLeft)
        return word;
    return QChar(0x2066) + word + QChar(0x2069);
}
