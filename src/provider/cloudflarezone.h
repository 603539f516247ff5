// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Zones as Cloudflare's API has them.

#include "provider/provider.h"

#include <QJsonValue>

namespace Cloudflare {

[[nodiscard]] Zone zoneOf(const QJsonValue &value);
/// Of two zones of one name only one can be in use; the other waits for name servers that it never gets.
[[nodiscard]] QList<Zone> withoutIdle(const QList<Zone> &zones);
/// The names at and above `name` that can be zones: labels with an underscore and the ends of all names
/// are none.
[[nodiscard]] QList<QByteArray> possibleZones(const QByteArray &name);

/// What its DNSSEC status means; "pending-disabled" and "error" are no state to build on.
[[nodiscard]] TokenFacts::Signing signingOf(const QByteArray &status);

} // namespace Cloudflare
