// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the words of `tlsa roll` say.

#include "push/rolloverlook.h"

class QCommandLineParser;

struct RollWords
{
    RolloverPlace place; // without a host: all are listed
    QStringList nextFiles;
    QByteArray replaces;
    QString calendar;
    bool isForget = false;
    bool isJson = false;
    QString folder; // of the changes of keys that are kept
};

void addRollOptions(QCommandLineParser &parser);
/// Malformed: one line that names the way out.
[[nodiscard]] Result<RollWords> rollWords(const QCommandLineParser &parser);
