// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A saved result, mta-sts-check/1, back as a report. The file may come from anybody: its texts are made
// printable, its size is limited, and its verdict is never better than its findings.

#include "check/finding.h"
#include "survey/survey.h"

#include <QJsonObject>

struct SavedReport
{
    Report report;
    Port25 port25 = Port25::NotTested;
    bool cancelled = false;
    QString resolver, program; // printable; empty where the file does not say
    QJsonObject document;      // as it was read, for saving it again and for the table of servers
};

struct ReportReading
{
    enum class Fault {
        None,
        TooLarge,
        NotJson,    // broken, cut, or something else altogether
        NotAResult, // JSON, but not of mta-sts check
        Newer,      // mta-sts-check/2 or later
        Several,    // more than one domain
        Empty,      // of no domain
        Incomplete, // a member that is needed is missing or has another type
    };
    Fault fault = Fault::None;
    QString detail; // printable: the schema, the number of results, the member, the parser's words
    std::optional<SavedReport> saved; // set without a fault
};

/// One document, an array of one, or one line of JSON (`check --json`, `--json-lines`).
[[nodiscard]] ReportReading readReport(const QByteArray &octets);
