// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the check page hands to a report and a status line. Pure but for the language and the program's
// name.

#include "check/readreport.h"
#include "reportfile.h"

class Session;

[[nodiscard]] ReportContent contentOf(const Session &session);
[[nodiscard]] ReportContent contentOf(const SavedReport &saved);
[[nodiscard]] QString checkedText(const Survey &survey); // "Checked at 09:12, took 4.1 s."
[[nodiscard]] QString savedText(const QString &path);    // "Saved to …"
