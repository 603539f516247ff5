// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What Cloudflare tells of a Worker, and how its script travels: multipart/form-data (RFC 7578).

#include "provider/policyhost.h"
#include "provider/rest.h"

#include <optional>

namespace Cloudflare {

/// The request that replaces the whole script at `path` (".../workers/scripts/NAME").
[[nodiscard]] RestRequest uploadOf(const QByteArray &script, const QString &path);
/// The one module of a downloaded script; nothing when it has none or several: then it is not ours.
[[nodiscard]] std::optional<QByteArray> moduleOf(const RestReply &reply);

/// The answer to a request for the content; nothing when there is no such Worker.
[[nodiscard]] Result<std::optional<QByteArray>> contentFrom(const Result<RestReply> &reply);
/// What the script is to us: content and text are filled in.
[[nodiscard]] HostState stateOf(const std::optional<QByteArray> &script, const QByteArray &host);

struct AttachedDomain
{
    QByteArray id, service; // empty: none is attached
};
/// The answer to a request for the custom domain of one host.
[[nodiscard]] Result<AttachedDomain> domainFrom(const Result<RestReply> &reply);
/// The records at one name beside which no custom domain can stand.
[[nodiscard]] Result<QList<ZoneRecord>> conflictsFrom(const Result<RestReply> &reply);

} // namespace Cloudflare
