// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Signing a zone of Cloudflare.

#include "base/secret.h"
#include "provider/zonesigning.h"

#include <QUrl>

[[nodiscard]] std::unique_ptr<ZoneSigning> cloudflareSigning(const QUrl &api, Secret token);
