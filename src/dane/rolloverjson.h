// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is kept of a rollover, as a document "mta-sts-rollover/1". No key is in it, only digests.

#include "base/error.h"
#include "dane/rollover.h"

namespace RolloverLimits {
inline constexpr qsizetype File = 1048576; // octets of one document
inline constexpr int Ttl = 2147483647;     // seconds, RFC 2181 8
} // namespace RolloverLimits

[[nodiscard]] QByteArray writeRollover(const KeptRollover &kept);

/// Malformed where a member is not what writeRollover() writes: half a rollover would be a wrong date.
/// A time that lacks the one before it is dropped: nothing counts as done by a file alone.
[[nodiscard]] Result<KeptRollover> readRollover(const QByteArray &octets);

/// A document of a later program: not for this one to change.
[[nodiscard]] bool isRolloverOfNewer(const QByteArray &octets);
