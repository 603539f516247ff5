// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/linedifference.h"

#include <algorithm>
#include <vector>

namespace {

constexpr qsizetype MaxCells = 4'000'000;

struct Line
{
    QByteArray text, end;
    friend bool operator==(const Line &, const Line &) = default;
};

QList<Line> lines(const QByteArray &text)
{
    QList<Line> result;
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype feed = text.indexOf('\n', at);
        if (feed < 0) {
            result.append({text.mid(at), {}});
            break;
        }
        const bool carriage = feed > at && text.at(feed - 1) == '\r';
        const qsizetype stop = carriage ? feed - 1 : feed;
        result.append({text.mid(at, stop - at), text.mid(stop, feed + 1 - stop)});
        at = feed + 1;
    }
    return result;
}

/// length of the longest common subsequence of a[i..] and b[j..], row by row
class Table
{
public:
    Table(const QList<Line> &a, const QList<Line> &b)
        : m_width(b.size() + 1)
        , m_cells(size_t((a.size() + 1) * m_width))
    {
        for (qsizetype i = a.size() - 1; i >= 0; --i) {
            for (qsizetype j = b.size() - 1; j >= 0; --j)
                cell(i, j) = a.at(i) == b.at(j) ? cell(i + 1, j + 1) + 1
                                                : std::max(cell(i + 1, j), cell(i, j + 1));
        }
    }
    int &cell(qsizetype i, qsizetype j) { return m_cells[size_t(i * m_width + j)]; }

private:
    qsizetype m_width;
    std::vector<int> m_cells;
};

} // namespace

QList<LineChange> lineDifferences(const QByteArray &before, const QByteArray &after)
{
    const QList<Line> a = lines(before);
    const QList<Line> b = lines(after);
    QList<LineChange> changes;
    const auto add = [&](LineChange::Kind kind, const Line &line) {
        changes.append({kind, line.text, line.end});
    };
    if ((a.size() + 1) * (b.size() + 1) > MaxCells) {
        for (const Line &line : a)
            add(LineChange::Kind::Removed, line);
        for (const Line &line : b)
            add(LineChange::Kind::Added, line);
        return changes;
    }
    Table table(a, b);
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a.at(i) == b.at(j)) {
            add(LineChange::Kind::Same, a.at(i++));
            ++j;
        } else if (j == b.size() ||
                   (i < a.size() && table.cell(i + 1, j) >= table.cell(i, j + 1))) {
            add(LineChange::Kind::Removed, a.at(i++));
        } else {
            add(LineChange::Kind::Added, b.at(j++));
        }
    }
    return changes;
}
