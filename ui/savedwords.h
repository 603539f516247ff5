// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is said when files were saved, or were not. Pure.

#include "base/severity.h"
#include "deploy/writebundle.h"

struct SavedWords
{
    Severity severity = Severity::Error; // Ok only when every file is there as wanted
    QString text;
};

/// `folder` as it is shown.
[[nodiscard]] SavedWords savedWords(const Result<WrittenBundle> &result, const QString &folder);
