// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/correction.h"

#include "dns/record.h"

#include <QStringList>

#include <algorithm>

namespace {

/// The mail servers that an MX answer names, in an order of its own.
QList<QPair<int, QByteArray>> serversOf(const DnsAnswer &mx)
{
    QList<QPair<int, QByteArray>> servers;
    for (const MxRecord &record : mailExchangers(mx))
        servers.append({record.preference, record.host});
    std::sort(servers.begin(), servers.end());
    return servers;
}

} // namespace

bool namesOtherServers(const DnsAnswer &quick, const DnsAnswer &settled)
{
    return settled.isKnown() &&
           (settled.status != quick.status || serversOf(settled) != serversOf(quick));
}

bool hasOtherAddresses(const DnsAnswer &quick, const DnsAnswer &settled)
{
    const auto sorted = [](const DnsAnswer &answer) {
        QStringList all;
        for (const QHostAddress &address : addresses(answer))
            all.append(address.toString());
        all.sort();
        return all;
    };
    return settled.isKnown() &&
           (settled.canonicalName != quick.canonicalName || sorted(settled) != sorted(quick));
}
