// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a survey has seen, in one line each, for the assistant's first page. The order of the rows never
// changes. No judging: that is the check's.

#include "base/severity.h"

#include <QString>

#include <optional>

struct Survey;

struct FoundRow
{
    QString name;
    QString text;
    std::optional<Severity> result; // nothing: still on its way
    QList<FoundRow> parts;          // the mail servers one by one
};

[[nodiscard]] QList<FoundRow> foundRows(const Survey &survey, bool looking);
