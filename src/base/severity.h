// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The five results of a check, and the form in which the format parsers say what they noticed.

#include <QByteArray>
#include <QList>
#include <QStringList>

enum class Severity {
    Ok,      // looked at and good
    Info,    // advice
    Warning, // works now, fragile or refused by some
    Error,   // protection is off for some senders, or mail can be delayed or lost
    Unknown, // could not be looked at; never counts as good or bad
};

/// Something noticed, without prose. `id` is a rule of the rule list, with a variant after a dot
/// where one rule has several sentences: "STS-8", "STS-8.length". check/words.cpp has the sentence
/// of every id, with %1.. standing for `values` (already printable).
struct Issue
{
    QByteArray id;
    Severity severity = Severity::Unknown;
    QStringList values;

    /// "STS-8" of "STS-8.length".
    [[nodiscard]] QByteArray rule() const
    {
        return id.left(id.indexOf('.') < 0 ? id.size() : id.indexOf('.'));
    }
    friend bool operator==(const Issue &, const Issue &) = default;
};
