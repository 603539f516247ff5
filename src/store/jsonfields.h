// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Fields of kept documents: what is not of its kind reads as not there.

#include <QDateTime>
#include <QJsonArray>

namespace KeptLimits {
inline constexpr qsizetype File = 1048576; // octets of one domain's document
inline constexpr int Names = 300;          // mail servers, patterns, addresses in it
} // namespace KeptLimits

[[nodiscard]] QJsonValue timeJson(const QDateTime &time); // ISO 8601, UTC; null when invalid
/// Unset where it is no time, or one that no clock can have meant.
[[nodiscard]] QDateTime timeFrom(const QJsonValue &json);
[[nodiscard]] QJsonArray namesJson(const QList<QByteArray> &names);
/// At most KeptLimits::Names, none empty or over Limits::ShownText.
[[nodiscard]] QList<QByteArray> namesFrom(const QJsonValue &json);
