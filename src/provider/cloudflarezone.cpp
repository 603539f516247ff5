// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/cloudflarezone.h"

#include "provider/cloudflareapi.h"

#include <algorithm>

namespace {

QString textAt(const QJsonValue &value, const char *key)
{
    return value[QLatin1String(key)].toString();
}

} // namespace

Zone Cloudflare::zoneOf(const QJsonValue &value)
{
    Zone zone;
    zone.name = normalName(textAt(value, "name").toLatin1());
    zone.handle = handleOf({textAt(value, "id"), textAt(value[QLatin1String("account")], "id")});
    const QString type = textAt(value, "type");
    if (type == QLatin1String("secondary"))
        zone.obstacle = "PUSH-2.secondary";
    else if (type != QLatin1String("full"))
        zone.obstacle = "PUSH-2.partial";
    else if (textAt(value, "status") != QLatin1String("active"))
        zone.obstacle = "PUSH-2.pending";
    if (value[QLatin1String("paused")].toBool())
        zone.hostObstacle = "PUSH-2.paused";
    return zone;
}

QList<Zone> Cloudflare::withoutIdle(const QList<Zone> &zones)
{
    QList<Zone> kept;
    for (const Zone &zone : zones) {
        const bool isIdle = zone.obstacle == "PUSH-2.pending" &&
                            std::any_of(zones.begin(), zones.end(), [&](const Zone &other) {
                                return other.name == zone.name && other.obstacle.isEmpty();
                            });
        if (!isIdle)
            kept.append(zone);
    }
    return kept;
}

TokenFacts::Signing Cloudflare::signingOf(const QByteArray &status)
{
    using Signing = TokenFacts::Signing;
    if (status == "active")
        return Signing::On;
    if (status == "pending")
        return Signing::Pending;
    return status == "disabled" ? Signing::Off : Signing::Unknown;
}

QList<QByteArray> Cloudflare::possibleZones(const QByteArray &name)
{
    QList<QByteArray> names;
    for (QByteArray above = name; above.contains('.'); above = above.mid(above.indexOf('.') + 1)) {
        if (!above.startsWith('_'))
            names.append(above);
    }
    return names;
}
