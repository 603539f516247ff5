// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/choices.h"

#include "base/limits.h"

#include <QCryptographicHash>

#include <algorithm>

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
        {Hosting::GithubPages, "github"},      {Hosting::Netlify, "netlify"},
        {Hosting::CloudflarePages, "pages"},   {Hosting::Delegated, "delegate"},
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

QList<QByteArray> patternSet(const QList<MxPattern> &patterns)
{
    QList<QByteArray> set;
    for (const MxPattern &pattern : patterns)
        set.append(pattern.text().toLower());
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
    return set;
}

QByteArray policyDigest(const Choices &choices)
{
    QByteArray text = modeName(choices.mode) + ' ' + QByteArray::number(choices.maxAge);
    for (const QByteArray &pattern : patternSet(choices.mx))
        text += ' ' + pattern;
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex();
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
