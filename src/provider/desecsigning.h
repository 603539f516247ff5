// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The keys of a zone of deSEC, which is always signed.

#include "base/secret.h"
#include "provider/zonesigning.h"

#include <QUrl>

[[nodiscard]] std::unique_ptr<ZoneSigning> deSecSigning(const QUrl &api, Secret token);
