// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DNS at Cloudflare. What it hosts besides: cloudflarehost.h.

#include "base/secret.h"
#include "provider/provider.h"

#include <QUrl>

#include <memory>

/// `api`: cloudflareAddress(); `token`: of Cloudflare::token().
[[nodiscard]] std::unique_ptr<Provider> cloudflare(const QUrl &api, Secret token);

/// Where the API is: it has one address (T-8). Another is taken only on this computer, for tests.
[[nodiscard]] Result<QUrl> cloudflareAddress(const QString &text);

/// The page that makes a token, filled in with the permissions that are needed and no more. Which zone
/// it is for is chosen there.
[[nodiscard]] QUrl cloudflareTokenLink(bool withWorker);
