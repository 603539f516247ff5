// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "preset/mailprovider.h"

#include "mail/domainname.h"
#include "preset/namesuffix.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace {

QString text(const QJsonObject &entry, const char *key)
{
    return entry.value(QLatin1String(key)).toString();
}

MailProvider::InboundDane daneWord(const QString &word)
{
    if (word == QLatin1String("yes"))
        return MailProvider::InboundDane::Yes;
    if (word == QLatin1String("no"))
        return MailProvider::InboundDane::No;
    return MailProvider::InboundDane::Unknown;
}

MailProvider read(const QJsonObject &entry)
{
    MailProvider provider;
    provider.id = text(entry, "id").toLatin1();
    provider.name = text(entry, "name");
    for (const QJsonValue suffix : entry.value(QLatin1String("suffixes")).toArray())
        provider.suffixes.append(suffix.toString().toLatin1());
    for (const QJsonValue line : entry.value(QLatin1String("mx")).toArray()) {
        if (const auto pattern = MxPattern::parse(line.toString().toLatin1()))
            provider.patterns.append(*pattern);
    }
    provider.inboundDane = daneWord(text(entry, "inboundDane"));
    provider.remark = text(entry, "remark");
    provider.source = text(entry, "source");
    provider.checked = QDate::fromString(text(entry, "checked"), Qt::ISODate);
    provider.delegatedRecord = text(entry, "delegatedRecord").toLatin1();
    provider.delegatedHost = text(entry, "delegatedHost").toLatin1();
    provider.passedOn = text(entry, "passedOn").toLatin1();
    return provider;
}

bool runs(const MailProvider &provider, const QByteArray &host)
{
    return std::any_of(provider.suffixes.begin(), provider.suffixes.end(),
                       [&](const QByteArray &suffix) { return endsWithLabels(host, suffix); });
}

} // namespace

const QList<MailProvider> &mailProviders()
{
    static const QList<MailProvider> list = [] {
        QList<MailProvider> providers;
        const QJsonObject file = presetFile(":/preset/mail-providers.json");
        for (const QJsonValue entry : file.value(QLatin1String("providers")).toArray())
            providers.append(read(entry.toObject()));
        return providers;
    }();
    return list;
}

std::optional<MailProvider> recogniseMailProvider(const QList<QByteArray> &mxHosts)
{
    std::optional<MailProvider> best;
    qsizetype bestCount = 0;
    for (const QByteArray &first : mxHosts) {
        for (const MailProvider &provider : mailProviders()) {
            if (!runs(provider, first))
                continue;
            const auto count =
                    std::count_if(mxHosts.begin(), mxHosts.end(),
                                  [&](const QByteArray &h) { return runs(provider, h); });
            if (count > bestCount) {
                best = provider;
                bestCount = count;
            }
        }
    }
    return best;
}

QList<MxPattern> proposedPatterns(const QList<QByteArray> &mxHosts,
                                  const std::optional<MailProvider> &provider)
{
    QList<MxPattern> proposal;
    for (const MxPattern &pattern : provider ? provider->patterns : QList<MxPattern>()) {
        const bool used = std::any_of(mxHosts.begin(), mxHosts.end(), [&](const QByteArray &host) {
            return pattern.matches(host);
        });
        if (used && !proposal.contains(pattern))
            proposal.append(pattern);
    }
    for (const QByteArray &host : mxHosts) {
        if (anyMatches(proposal, host))
            continue;
        QByteArray name = host.toLower();
        if (name.endsWith('.'))
            name.chop(1);
        if (const auto pattern = MxPattern::parse(name))
            proposal.append(*pattern);
    }
    return proposal;
}

std::optional<MailProvider> providerBelow(const MxPattern &pattern)
{
    const auto recommended = [&pattern](const MailProvider &provider) {
        return std::any_of(provider.patterns.begin(), provider.patterns.end(),
                           [&](const MxPattern &own) {
                               return own.text().toLower() == pattern.text().toLower();
                           });
    };
    const QList<MailProvider> &all = mailProviders();
    if (!pattern.isWildcard() || std::any_of(all.begin(), all.end(), recommended))
        return std::nullopt;
    const QByteArray zone = pattern.text().mid(2).toLower();
    if (!zone.contains('.') || isPublicSuffix(zone))
        return std::nullopt; // wider than any provider: everybody's
    for (const MailProvider &provider : all) {
        const auto isWider = [&zone](const QByteArray &suffix) {
            return suffix != zone && endsWithLabels(suffix, zone);
        };
        if (std::any_of(provider.suffixes.begin(), provider.suffixes.end(), isWider))
            return provider;
    }
    return std::nullopt;
}
