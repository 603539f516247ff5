// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// deSEC (desec.io): free, always signed. A token may be narrowed to single record sets there.

#include "provider/provider.h"
#include "provider/rest.h"

#include <memory>

inline constexpr char DeSecAddress[] = "https://desec.io/api/v1";

/// `api`: from apiAddress().
[[nodiscard]] std::unique_ptr<Provider> deSec(const QUrl &api, Secret token);
