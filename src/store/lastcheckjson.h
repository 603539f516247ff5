// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The last check inside the document of a kept domain.

#include "store/keptdomain.h"

[[nodiscard]] QJsonObject lastCheckJson(const LastCheck &check);
/// Nothing without a time: then it cannot be said what it still holds for.
[[nodiscard]] std::optional<LastCheck> lastCheckFrom(const QJsonObject &json);
