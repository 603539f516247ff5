// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What Hetzner Cloud's answers and requests hold. Pure.

#include "provider/provider.h"
#include "provider/rest.h"

/// "locked", "uniqueness_error", …; empty when the reply is no error of theirs.
[[nodiscard]] QString hetznerErrorCode(const RestReply &reply);
/// {"code": "…", "message": "…", "details": {"fields": [{"name": "…", "messages": ["…"]}]}}, printable.
[[nodiscard]] QString hetznerErrorText(const QJsonValue &error);
[[nodiscard]] tl::unexpected<Error> hetznerRefusal(const RestReply &reply);
[[nodiscard]] tl::unexpected<Error> notHetzner();

/// The record as the service writes it rides along as `extra`, so that what stays in a set goes back
/// exactly as it came, its comment included.
[[nodiscard]] ZoneRecord hetznerRecord(const QJsonObject &item, const QByteArray &name,
                                       RecordType type, int ttl);
[[nodiscard]] QJsonArray hetznerRecords(const SetChange &change);
/// The set stands as wanted but for its TTL.
[[nodiscard]] bool hasWantedData(const SetChange &change);
