// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which addresses a check may contact: public ones, unless the user says otherwise (TLS-31, T-15).

#include <QHostAddress>

/// Private, loopback, link-local, documentation, benchmark, multicast and other special ranges of the
/// IANA registries, also behind an IPv4-mapped IPv6 address.
[[nodiscard]] bool isPublicAddress(const QHostAddress &address);
/// Whether this computer has a route to the IPv6 Internet (asks the kernel, sends nothing).
[[nodiscard]] bool hasIpv6Route();
