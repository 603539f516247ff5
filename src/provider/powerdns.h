// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The HTTP API of the PowerDNS Authoritative Server. Its key may do everything on that server.

#include "provider/provider.h"
#include "provider/rest.h"

#include <memory>

/// `api`: as the server listens, such as http://127.0.0.1:8081; from apiAddress().
namespace PowerDns {

/// "/api/v1/servers/localhost/zones/..."
[[nodiscard]] QString zonePath(const Zone &zone);
/// What a reply that is not good says: {"error": "..."} or a line of text.
[[nodiscard]] tl::unexpected<Error> saysNo(const RestReply &reply);

} // namespace PowerDns

[[nodiscard]] std::unique_ptr<Provider> powerDns(const QUrl &api, Secret key);
