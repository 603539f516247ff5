// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A TLSA record in OpenSSL's hands. For sources of this room only.

#include "mail/tlsarecord.h"
#include "net/openssl.h"

/// An SSL that never connects and holds this one record; null if OpenSSL cannot use the record.
[[nodiscard]] SslPointer sslHolding(const TlsaRecord &record);
