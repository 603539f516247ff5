// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/address.h"

#include <QUdpSocket>

#include <algorithm>
#include <array>

namespace {

// IANA IPv4 and IPv6 Special-Purpose Address Registries, those that are not globally reachable.
constexpr std::array SpecialRanges{
        "0.0.0.0/8",       "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8",    "169.254.0.0/16",
        "172.16.0.0/12",   "192.0.0.0/24",   "192.0.2.0/24",  "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",   "240.0.0.0/4",    "::/128",
        "::1/128",         "64:ff9b:1::/48", "100::/64",      "2001:2::/48",    "2001:db8::/32",
        "3fff::/20",       "fc00::/7",       "fe80::/10",     "fec0::/10",      "ff00::/8",
};

} // namespace

bool isPublicAddress(const QHostAddress &address)
{
    bool isMapped = false;
    const quint32 v4 = address.toIPv4Address(&isMapped);
    const QHostAddress plain = isMapped ? QHostAddress(v4) : address;
    if (plain.isNull())
        return false;
    return std::none_of(SpecialRanges.begin(), SpecialRanges.end(), [&](const char *range) {
        return plain.isInSubnet(QHostAddress::parseSubnet(QString::fromLatin1(range)));
    });
}

bool hasIpv6Route()
{
    QUdpSocket socket; // connecting a datagram socket only looks up the route
    socket.connectToHost(QHostAddress(QStringLiteral("2001:500:2::c")), 53);
    return socket.waitForConnected(100) && isPublicAddress(socket.localAddress());
}
