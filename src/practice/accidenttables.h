// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tables of accidents.h, one file a group, and what they share. A new one goes to the end of its group,
// and its rule into tests/data/practice/error-rules.txt.

#include "practice/accidents.h"

#include <QtGlobal>

namespace Practice {

[[nodiscard]] const QList<Accident> &recordAccidents();
[[nodiscard]] const QList<Accident> &hostAccidents();
[[nodiscard]] const QList<Accident> &fileAccidents();
[[nodiscard]] const QList<Accident> &mxAccidents();
[[nodiscard]] const QList<Accident> &mailServerAccidents();
[[nodiscard]] const QList<Accident> &reportsAccidents();
[[nodiscard]] const QList<Accident> &dnssecAccidents();

/// What is switched on for a domain that has no policy host yet finds nothing to break there.
[[nodiscard]] PolicyServer &host(Scene &scene);
void replaceInFile(Scene &scene, const char *before, const char *after);
[[nodiscard]] MailServer &lastServer(Scene &scene);

} // namespace Practice
