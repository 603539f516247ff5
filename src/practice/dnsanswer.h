// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is answered to one message: as by a recursive resolver that passes DNSSEC through (RFC 4035 3.2), or
// where no recursion is asked for, as by a name server of the zone.

#include "practice/zonetree.h"

enum class DnsTransport { Udp, Tcp };

/// The answer in wire form; empty where the message is none that gets one. An answer that does not fit
/// into a datagram has the TC bit and nothing else.
[[nodiscard]] QByteArray dnsAnswer(const ZoneTree &zones, const QByteArray &message,
                                   DnsTransport transport);
