// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One slip in a TLSA record, one finding: the one that names the cause.

#include "net/dane.h"

/// DANE-42: the digest of the certificate published as that of the key, or the other way round.
[[nodiscard]] QList<Issue> mistypedSelectors(const QList<TlsaRecord> &records,
                                             const Certificate &leaf);
/// `issues` without those that only say again what one of `causes`, at least as grave, says of the same
/// record: that it matches nothing (DANE-28) or is bound to a certificate (DANE-31).
[[nodiscard]] QList<Issue> withoutFollowers(const QList<Issue> &issues, const QList<Issue> &causes,
                                            const QList<TlsaRecord> &records);
