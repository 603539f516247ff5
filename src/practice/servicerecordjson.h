// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Records as the practice service writes them in JSON, in the shape of Cloudflare's API, and reads them.

#include "dns/record.h"
#include "practice/serviceanswer.h"

/// What the API calls proxiable: what leads to a web server.
[[nodiscard]] bool isAddressOrAlias(RecordType type);
/// Managed: the service's own, for an attached host, answered by its edge.
[[nodiscard]] QJsonObject serviceRecordJson(const QString &id, const DnsRecord &record,
                                            bool isManaged);
/// The record that a request asks for. Refused: its type is not written here, its name is not in the
/// zone, or its data cannot stand.
[[nodiscard]] ServiceAnswer<DnsRecord> serviceRecordFrom(const QJsonObject &wanted,
                                                         const QByteArray &zone);
