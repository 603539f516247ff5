// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What `mta-sts tlsa make` has made for one server or several, and one place for the records of all.

#include "cli/tlsamaketext.h"
#include "dane/sharedtlsa.h"

/// Servers that need the very same records.
struct SharingOffer
{
    QList<QByteArray> hosts;
    QByteArray place; // empty: the servers have no domain in common
};

struct TlsaShared
{
    QList<SharingOffer> offers;     // where nobody asked for a place
    QByteArray place;               // where somebody did
    std::optional<SharedTlsa> made; // with `place`
    QList<Finding> findings;
};

[[nodiscard]] QString tlsaMadeText(const QList<TlsaMade> &all, const TlsaShared &shared);
/// "mta-sts-tlsa-make/1" of one server, without a place; else "mta-sts-tlsa-make-list/1".
[[nodiscard]] QJsonObject tlsaMadeJson(const QList<TlsaMade> &all, const TlsaShared &shared);
