// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// All prose about findings, in one place: whole sentences for translators, one voice for every screen.

#include "check/finding.h"

struct Words
{
    QString title;     // one line: what is so
    QString why;       // why it matters
    QString fix;       // what to do; empty where there is nothing to do
    QString reference; // "RFC 8461 3.3"
};

/// Ends the id of a finding that was read from a file of another version, whose rule has no sentence
/// here; its title is its first value.
inline constexpr char ForeignSuffix[] = ".file";
[[nodiscard]] bool hasWords(const QByteArray &id);
[[nodiscard]] Words wordsFor(const Finding &finding);
[[nodiscard]] QString groupTitle(Group group);
[[nodiscard]] QString severityWord(Severity severity); // "Passed", "Not tested"
/// The order in which results are shown: 0 is the worst.
[[nodiscard]] int severityRank(Severity severity);
/// One line for the whole: "example.org: 1 problem, 2 not tested"; `direction` is that of the language.
[[nodiscard]] QString headline(const Report &report,
                               Qt::LayoutDirection direction = Qt::LeftToRight);
