// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What people type or paste where the name of a mail server is asked for.

#include "base/severity.h"
#include "mail/mxpattern.h"

#include <QString>

struct TypedPattern
{
    QString typed;                    // this item, trimmed
    std::optional<MxPattern> pattern; // lower case, A-labels, no final dot; empty: issues say why
    QList<Issue> issues;              // STS-31, 32, 44
};

/// Names, patterns, "mx:" lines of a policy and MX records ("10 mx1.example.org."), one or several in
/// one text. Empty for a text without any.
[[nodiscard]] QList<TypedPattern> parseTypedPatterns(const QString &typed);
