// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The first page of a change of keys: what goes, what comes and what stays, from one whole look at name
// servers and addresses and from the next key. Pure.

#include "dane/keysource.h"
#include "dane/rollover.h"

struct RolloverWish
{
    QByteArray host; // lower case, no final dot
    quint16 port = 25;
    RolloverSight seen;    // now; a gap in it is a reason to begin nothing
    QList<SourceKey> next; // one for each kind of key that changes
    /// SHA-256 of the certificate in use whose key goes, 32 octets. Empty: the keys in use of the kind of
    /// the next one go; where there are none, the only kind that is in use.
    QByteArray replaces;
};

struct RolloverBeginning
{
    std::optional<KeptRollover> kept; // nothing: not begun, and `issues` say why
    QList<Issue> issues;              // DANE-2, 18, 29.issuer, 32.*
};

[[nodiscard]] RolloverBeginning beginRollover(const RolloverWish &wish);
