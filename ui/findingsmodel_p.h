// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the tree of findings is made of; for its own file alone.

#include "check/words.h"
#include "findingsmodel.h"

#include <algorithm>

struct FindingsModel::Row
{
    Finding finding;
    int occurrence = 0;          // tells apart findings with one id about one subject
    bool stale = false;          // from the check before
    std::optional<Severity> was; // in the check before, where that is another result
    mutable QString shown;       // made when first asked for: most rows are never in sight
    [[nodiscard]] const QString &title() const
    {
        if (shown.isEmpty())
            shown = wordsFor(finding).title;
        return shown;
    }
    struct Key
    {
        QByteArray id;
        QString subject;
        int occurrence = 0;
        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, key.id, key.subject, key.occurrence);
        }
    };
    [[nodiscard]] Key key() const { return {finding.id, finding.subject, occurrence}; }
};

struct FindingsModel::Node
{
    Group group = Group::Input;
    std::vector<Row> rows;
    [[nodiscard]] int worst() const
    {
        int least = 5;
        for (const Row &row : rows)
            least = std::min(least, severityRank(row.finding.severity));
        return least;
    }
    [[nodiscard]] Severity severity() const
    {
        for (const Row &row : rows)
            if (severityRank(row.finding.severity) == worst())
                return row.finding.severity;
        return Severity::Unknown;
    }
};
