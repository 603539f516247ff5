// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What every command does with its words, its findings and its way out.

#include "base/error.h"
#include "check/finding.h"
#include "cli/command.h"

#include <QCommandLineParser>
#include <QJsonArray>
#include <QJsonObject>

/// One line on standard error that names the way out; returns ExitUsage.
int usageError(const QString &sentence);
/// Parses; on wrong words or --help prints and returns the exit status, else nothing.
[[nodiscard]] std::optional<int> parseWords(QCommandLineParser &parser,
                                            const Invocation &invocation);
void writeOut(const QByteArray &octets);
void writeJson(const QJsonObject &object);
[[nodiscard]] QJsonArray findingsJson(const QList<Finding> &findings);
[[nodiscard]] int exitStatusOf(const QList<Finding> &findings);
/// A file, or standard input for "-", up to `limit` octets.
[[nodiscard]] Result<QByteArray> readInput(const QString &path, qint64 limit);
