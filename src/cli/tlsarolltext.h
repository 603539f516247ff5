// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What `tlsa roll` has to tell, as text and as JSON.

#include "push/rolloverrun.h"

#include <QJsonObject>

[[nodiscard]] QString rollText(const RollTold &told);
[[nodiscard]] QJsonObject rollJson(const RollTold &told);
[[nodiscard]] QJsonObject rollForgottenJson(const RolloverPlace &place, bool wasThere);

/// What is kept, without a look: the next date of each.
[[nodiscard]] QString rollListText(const QList<KeptRollover> &kept, const QDateTime &now);
[[nodiscard]] QJsonObject rollListJson(const QList<KeptRollover> &kept, const QDateTime &now);
