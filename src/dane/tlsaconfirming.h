// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whether keys are the ones that people have seen at the server itself (T-33).

#include "base/severity.h"
#include "dane/keysource.h"

struct KeyConfirmation
{
    bool isConfirmed = false; // every key was expected
    bool hasOther = false; // some were expected, and another was there: nothing is to be published
    QList<Issue> issues;   // DANE-29.other, DANE-29.missing
};

/// `expected`: SHA-256 digests as in SourceKey::fingerprint, octets. Without any nothing is confirmed.
[[nodiscard]] KeyConfirmation confirmKeys(const QList<SourceKey> &keys,
                                          const QList<QByteArray> &expected);
