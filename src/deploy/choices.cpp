// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/choices.h"

#include "base/limits.h"

namespace {

constexpr qint64 Day = 86400;

struct NamedHosting
{
    Hosting hosting;
    const char *name;
};

constexpr NamedHosting Names[] = {
        {Hosting::CloudflareWorker, "worker"}, {Hosting::Nginx, "nginx"},
        {Hosting::Apache, "apache"},           {Hosting::Caddy, "caddy"},
        {Hosting::FilesOnly, "files"},
};

} // namespace

const QList<Hosting> &allHostings()
{
    static const QList<Hosting> list = [] {
        QList<Hosting> hostings;
        for (const NamedHosting &named : Names)
            hostings.append(named.hosting);
        return hostings;
    }();
    return list;
}

QByteArray hostingName(Hosting hosting)
{
    for (const NamedHosting &named : Names) {
        if (named.hosting == hosting)
            return named.name;
    }
    return {};
}

std::optional<Hosting> hostingFromName(const QByteArray &name)
{
    for (const NamedHosting &named : Names) {
        if (name == named.name)
            return named.hosting;
    }
    return std::nullopt;
}

qint64 defaultMaxAge(Policy::Mode mode)
{
    return mode == Policy::Mode::Enforce ? 7 * Day : Day;
}

const QList<qint64> &offeredMaxAges()
{
    // RFC 8461 3.2: at most 31557600 seconds.
    static const QList<qint64> list = {Day, 7 * Day, 14 * Day, 30 * Day, 180 * Day, Limits::MaxAge};
    return list;
}
