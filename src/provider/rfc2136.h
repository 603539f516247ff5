// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DNS UPDATE (RFC 2136) signed with a TSIG key: BIND, Knot and others.

#include "provider/provider.h"
#include "provider/tsigexchange.h"

[[nodiscard]] std::unique_ptr<Provider> rfc2136(ServerAddress server, TsigKey key);
