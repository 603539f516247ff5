// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// JSON documents mta-sts-check/1 and FINDING, the same from the window and the command line.

#include "base/jsonwriter.h"
#include "check/finding.h"
#include "survey/survey.h"

void writeFindings(JsonWriter &json, const char *name, const QList<Finding> &findings);
/// One line, without its end.
[[nodiscard]] QByteArray checkJson(const Survey &survey, const Report &report);

// The words of the documents, for reading them again.
[[nodiscard]] QString stsWord(Report::Sts state);       // "enforce"
[[nodiscard]] QString daneWord(Report::Dane state);     // "some"
[[nodiscard]] QString tlsRptWord(Report::TlsRpt state); // "present"
[[nodiscard]] QString port25Word(Port25 port);          // "blocked"
