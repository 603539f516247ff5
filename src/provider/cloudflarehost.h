// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A Cloudflare Worker with a custom domain as policy host: one Worker for each domain, served there and
// nowhere else.

#include "base/secret.h"
#include "provider/policyhost.h"

#include <QUrl>

#include <memory>

/// `api`: cloudflareAddress(); `token`: of Cloudflare::token().
[[nodiscard]] std::unique_ptr<PolicyHost> cloudflareHost(const QUrl &api, Secret token);
