// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a kept domain stands and what to do next, as words: the one place for these sentences.

#include "store/nextstep.h"

#include <QIcon>
#include <QString>

/// "Protected, 2 warnings"
[[nodiscard]] QString stateText(const NextStep &step, const KeptDomain &kept);
[[nodiscard]] Severity stateSeverity(const NextStep &step, const KeptDomain &kept); // its icon
[[nodiscard]] QString modeText(const NextStep &step); // "testing"; "–" without one
[[nodiscard]] QString nextStepText(const NextStep &step, const QDateTime &now);
/// "today 09:12", "yesterday 09:12", then the date; by the user's locale. "never" when invalid.
[[nodiscard]] QString whenText(const QDateTime &time, const QDateTime &now);
