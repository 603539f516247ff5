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
    QList<SourceKey> unseen = {}; // of files, and not shown: they may be in use here all the same
};

/// `expected`: SHA-256 digests as in SourceKey::fingerprint, octets. Without any nothing is confirmed.
[[nodiscard]] KeyConfirmation confirmKeys(const QList<SourceKey> &keys,
                                          const QList<QByteArray> &expected);

/// What people know from a server itself: its files, and fingerprints as above.
struct KnownKeys
{
    QList<SourceKey> inFiles;
    QList<QByteArray> expected;
};
/// What one server shows against that. A key in a file confirms every certificate that has it: a renewed one
/// has another fingerprint. Where nothing is shown, what is in the files is confirmed. `all`: the keys of every
/// server that is looked at, so that the fingerprint of another one is not missed here, and its key not taken for one of this
/// server.
[[nodiscard]] KeyConfirmation confirmKeys(const QList<SourceKey> &shown, const KnownKeys &known,
                                          const QList<SourceKey> &all);
