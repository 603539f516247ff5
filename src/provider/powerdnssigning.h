// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Signing a zone of PowerDNS.

#include "base/secret.h"
#include "provider/zonesigning.h"

#include <QUrl>

[[nodiscard]] std::unique_ptr<ZoneSigning> powerDnsSigning(const QUrl &api, Secret key);
