// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Steps in the reading of a typed domain: clean the text, then find the one host name in it.

#include "base/severity.h"

#include <QList>
#include <QString>

#include <optional>

/// NAME-2, NAME-3: white space at the ends goes silently, ignorable characters with a notice.
[[nodiscard]] QString cleaned(const QString &typed, QList<Issue> &issues);
/// The first character that a reader cannot see, as a visible escape; empty if there is none.
[[nodiscard]] QString firstHidden(const QString &text);
/// NAME-7: at least two parts that could each be a domain.
[[nodiscard]] bool isSeveralNames(const QString &text);
/// NAME-4, NAME-5: the host in an address or a URL, and a notice that something was left out. No URL
/// parser does this, they are too helpful with numbers (NAME-11). Empty with an error in `issues`.
[[nodiscard]] std::optional<QString> hostIn(QString text, QList<Issue> &issues);
