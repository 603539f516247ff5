// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the window program and the same window on fakes (tests) have in common.

#include "session.h"

class QCommandLineParser;

namespace Program {

void prepare(); // names, and the texts of the user's language; needs a QApplication
[[nodiscard]] QString description();
void addOptions(QCommandLineParser &parser);
[[nodiscard]] int practise(const QCommandLineParser &parser);
[[nodiscard]] int run(const QCommandLineParser &parser, EngineMaker makeEngine);

} // namespace Program
