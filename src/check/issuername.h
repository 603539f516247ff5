// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Certificate authorities by the names that CAA records have for them (RFC 8659 4.2).

#include "net/certificate.h"

/// The names by which the authority of a certificate may stand in CAA records; empty if it is not one
/// of the large ones. The first is the usual one.
[[nodiscard]] QList<QByteArray> issuerNames(const Certificate &certificate);
