// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What one name server of a zone itself says, without any resolver's memory in between (PUSH-8).

#include "base/cancel.h"
#include "base/error.h"
#include "dns/record.h"
#include "dns/unboundcontext.h"

/// The set as the server gives it, with its TTL; empty when the server says that there is none. Refused
/// when it is not authoritative for the name. Over TCP, without recursion.
[[nodiscard]] Result<QList<DnsRecord>> askNameServerRecords(const ServerAddress &server,
                                                            const QByteArray &name, RecordType type,
                                                            const Cancel &cancel);
/// The data alone, as DnsRecord has them.
[[nodiscard]] Result<QList<QByteArray>> askNameServer(const ServerAddress &server,
                                                      const QByteArray &name, RecordType type,
                                                      const Cancel &cancel);
