// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What all parts of Cloudflare's API have in common: its token, its envelope, its errors, its pages.

#include "provider/provider.h"
#include "provider/rest.h"

#include <QJsonArray>

namespace Cloudflare {

// Permissions, as the page that makes tokens calls them.
inline constexpr char ZoneRead[] = "Zone: Read";
inline constexpr char DnsEdit[] = "DNS: Edit";
inline constexpr char WorkersEdit[] = "Workers Scripts: Edit";

// Codes of errors that decide something; all others are only printed.
enum Code {
    InvalidToken = 1000,
    NoSuchScript = 10007,
    SameRecord = 81058,
    SameAddress = 81057,
    HostOfAnotherWorker = 100116,
    HostHasRecords = 100117,
};

/// What was pasted, without blanks, quotes and "Bearer" around it. Malformed: no token. Refused: the
/// global key, which may do everything.
[[nodiscard]] Result<Secret> token(Secret pasted);
/// Owned by an account and not by a user, as far as its prefix tells.
[[nodiscard]] bool isAccountToken(const Secret &token);

/// Whether the reply names this error, itself or in a chain.
[[nodiscard]] bool hasCode(const RestReply &reply, int code);
/// The envelope of a good answer. Refused, NotFound: it says no; `permission` is what the request needs.
/// Network: a fault of theirs. Malformed: no answer of this API.
[[nodiscard]] Result<QJsonObject> envelope(const Result<RestReply> &reply, const char *permission);

/// All of a list, every page of it (PUSH-17). `path` has a query already.
[[nodiscard]] Result<QJsonArray> allPages(Rest &rest, const QString &path, int perPage,
                                          const char *permission, const Cancel &cancel);

/// Zone::handle: the identifiers of the zone and of its account.
struct Place
{
    QString zone, account;
};
[[nodiscard]] QByteArray handleOf(const Place &place);
[[nodiscard]] Place placeOf(const Zone &zone);
[[nodiscard]] QString zonePath(const Zone &zone);    // "/zones/..."
[[nodiscard]] QString accountPath(const Zone &zone); // "/accounts/..."

/// A record of the API, and the other way: nothing when its type or data are not for us to write.
[[nodiscard]] std::optional<ZoneRecord> recordFrom(const QJsonObject &object);
[[nodiscard]] std::optional<QJsonObject> recordJson(const DnsRecord &record);
/// The record as it was: what recordFrom() read, with what else the service kept of it.
[[nodiscard]] std::optional<QJsonObject> recordAsItWas(const ZoneRecord &record);

} // namespace Cloudflare
