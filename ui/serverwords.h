// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DANE at one mail server in words.

#include "dane/serverdane.h"

/// One server as words, for a table, and how good it is.
struct ServerWords
{
    QString host, runner, zone, records, senders;
    Severity severity = Severity::Unknown;
};
[[nodiscard]] ServerWords wordsOf(const ServerDane &server);
