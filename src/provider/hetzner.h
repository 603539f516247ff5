// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DNS of Hetzner Cloud. Its token is that of a project and may change everything in it; tokens of the old
// DNS Console are of no use here. Nothing is signed there, so TLSA records would do nothing.

#include "base/limits.h"
#include "provider/provider.h"
#include "provider/rest.h"

#include <memory>

inline constexpr char HetznerAddress[] = "https://api.hetzner.cloud/v1";

/// `api`: from apiAddress(). `actionMs`: how long the work behind one answer is waited for.
[[nodiscard]] std::unique_ptr<Provider> hetzner(const QUrl &api, Secret token,
                                                int actionMs = Limits::ApiActionMs);
