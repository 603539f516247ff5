// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the sources of readKeySource() share. Private to keysource*.cpp.

#include "dane/keysource.h"

/// Kind and fingerprint from the public key alone.
[[nodiscard]] SourceKey describedKey(SourceKey::From from, const QByteArray &publicKey,
                                     const QStringList &names);
/// A key for each server certificate with the way up from it; what is left over goes to `others`.
void sortIntoChains(const QList<Certificate> &certificates, KeySource &source);
