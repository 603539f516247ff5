// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which libunbound is in use, for reports of faults.

#include <QString>

/// "1.17.1", of the library that was loaded.
[[nodiscard]] QString unboundVersion();
