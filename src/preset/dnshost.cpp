// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "preset/dnshost.h"

#include "preset/namesuffix.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace {

QString text(const QJsonObject &entry, const char *key)
{
    return entry.value(QLatin1String(key)).toString();
}

DnsHost read(const QJsonObject &entry)
{
    DnsHost host;
    host.id = text(entry, "id").toLatin1();
    host.name = text(entry, "name");
    for (const QJsonValue suffix : entry.value(QLatin1String("suffixes")).toArray())
        host.suffixes.append(suffix.toString().toLatin1());
    const QString names = text(entry, "names");
    if (names == QLatin1String("relative"))
        host.names = DnsHost::Names::Relative;
    else if (names == QLatin1String("absolute"))
        host.names = DnsHost::Names::Absolute;
    const QString quotes = text(entry, "quotes");
    if (quotes == QLatin1String("no"))
        host.quotes = DnsHost::Quotes::No;
    else if (quotes == QLatin1String("yes"))
        host.quotes = DnsHost::Quotes::Yes;
    const QJsonObject dnssec = entry.value(QLatin1String("dnssec")).toObject();
    const QString zones = text(dnssec, "zones");
    if (zones == QLatin1String("never"))
        host.signing = DnsHost::Signing::Never;
    else if (zones == QLatin1String("always"))
        host.signing = DnsHost::Signing::Always;
    else if (zones == QLatin1String("switch"))
        host.signing = DnsHost::Signing::Switch;
    host.signingSteps = text(dnssec, "steps");
    host.remark = text(entry, "remark");
    host.source = text(entry, "source");
    host.checked = QDate::fromString(text(entry, "checked"), Qt::ISODate);
    return host;
}

QList<DnsHost> readAll(const char *key)
{
    QList<DnsHost> hosts;
    const QJsonObject file = presetFile(":/preset/dns-hosts.json");
    for (const QJsonValue entry : file.value(QLatin1String(key)).toArray())
        hosts.append(read(entry.toObject()));
    return hosts;
}

bool answersFrom(const DnsHost &host, const QByteArray &nameServer)
{
    return std::any_of(host.suffixes.begin(), host.suffixes.end(), [&](const QByteArray &suffix) {
        return endsWithLabels(nameServer, suffix);
    });
}

} // namespace

const QList<DnsHost> &dnsHosts()
{
    static const QList<DnsHost> list = readAll("hosts");
    return list;
}

const QList<DnsHost> &nameServerPrograms()
{
    static const QList<DnsHost> list = readAll("programs");
    return list;
}

std::optional<DnsHost> recogniseDnsHost(const QList<QByteArray> &nameServers)
{
    if (nameServers.isEmpty())
        return std::nullopt;
    for (const DnsHost &host : dnsHosts()) {
        if (std::all_of(nameServers.begin(), nameServers.end(),
                        [&](const QByteArray &server) { return answersFrom(host, server); }))
            return host;
    }
    return std::nullopt;
}
