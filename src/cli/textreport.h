// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reports and findings for people at a terminal.

#include "check/finding.h"

/// Headline, then groups in order, the worst of a group first. Remote text is already printable.
[[nodiscard]] QString reportText(const Report &report);
[[nodiscard]] QString findingsText(const QList<Finding> &findings);
