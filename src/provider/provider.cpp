// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/provider.h"

#include "base/printable.h"

Result<Zone> zoneFor(const QByteArray &name, const QList<Zone> &zones)
{
    const Zone *best = nullptr;
    bool isAmbiguous = false;
    for (const Zone &zone : zones) {
        if (!isWithin(name, zone.name))
            continue;
        if (!best || zone.name.size() > best->name.size()) {
            best = &zone;
            isAmbiguous = false;
        } else if (zone.name == best->name && zone.handle != best->handle) {
            isAmbiguous = true;
        }
    }
    if (!best)
        return failed(Error::Kind::NotFound,
                      QStringLiteral("no zone of this account holds %1").arg(printable(name)));
    if (isAmbiguous)
        return failed(
                Error::Kind::Refused,
                QStringLiteral("this account has two zones named %1; use a token for one of them")
                        .arg(printable(best->name)));
    return *best;
}

Result<TokenFacts> Provider::token(const QByteArray &name, TokenUse, const Cancel &cancel)
{
    const Result<QList<Zone>> found = zones(name, cancel);
    if (!found)
        return tl::unexpected(found.error());
    if (const Result<Zone> zone = zoneFor(name, *found); !zone)
        return tl::unexpected(zone.error());
    return TokenFacts();
}
