// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What changes from one text to another, line by line, by the longest common subsequence.

#include <QByteArray>
#include <QList>

struct LineChange
{
    enum class Kind { Same, Removed, Added };
    Kind kind = Kind::Same;
    QByteArray line;       // without its end
    QByteArray terminator; // "\r\n", "\n" or empty; part of the comparison
    friend bool operator==(const LineChange &, const LineChange &) = default;
};

/// In reading order; where lines are exchanged the removed ones come first. Texts too large for the
/// table (hostile bodies) are shown as removed and added as a whole.
[[nodiscard]] QList<LineChange> lineDifferences(const QByteArray &before, const QByteArray &after);
