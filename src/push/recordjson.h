// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Records and sets in the journal.

#include "provider/provider.h"

#include <QJsonObject>

[[nodiscard]] QJsonObject setJson(const SetChange &change);
/// Nothing for a type that this program knows nothing of.
[[nodiscard]] std::optional<SetChange> setFromJson(const QJsonObject &object);
/// One record of any name and type.
[[nodiscard]] QJsonObject recordJson(const ZoneRecord &record);
[[nodiscard]] std::optional<ZoneRecord> recordFromJson(const QJsonObject &object);
