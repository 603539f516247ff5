// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What F1 says: one short text for each page, every term explained where it first matters.

#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

struct HelpText
{
    QString title;
    QStringList paragraphs;
    QList<QPair<QString, QString>> terms; // a word, and what it means
};

/// Whether a page of this object name has a text of its own.
[[nodiscard]] bool hasHelp(const QString &objectName);
/// The text of a page, by its object name; for others the text about the whole program.
[[nodiscard]] HelpText helpFor(const QString &objectName);
/// Every object name that has a text.
[[nodiscard]] QStringList helpTopics();
