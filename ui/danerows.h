// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the DANE page shows, and what a tick there means. Pure.

#include "dane/serverdane.h"
#include "deploy/choices.h"

#include <QSet>

/// One TLSA record: needed, published or both.
struct DaneRow
{
    enum class Use {
        Current,     // for a key in use
        Next,        // for one that is to come
        Superfluous, // published, and for no key at all
        Chosen,      // ticked before; no server shows its key now
    };
    Use use = Use::Current;
    DnsRecord record;
    std::optional<SourceKey> of; // not known of Superfluous and Chosen
    bool isPublished = false;
    bool isConfirmed = false; // by fingerprint or file (T-33)
    bool isTicked = false;    // to be added; Superfluous: to be removed
    bool isOwn = false;       // in the zone of the mail domain: published from here
    [[nodiscard]] bool isTickable() const
    {
        if (use == Use::Chosen)
            return isTicked; // to be unticked
        return isOwn && (use == Use::Superfluous || !isPublished);
    }
};

/// What the user brought, beside what the servers show.
struct DaneKeys
{
    QHash<QByteArray, QList<SourceKey>> files; // in use, by server, where it could not be seen
    QHash<QByteArray, QList<SourceKey>> next;  // by server
    QSet<QString> confirmed;                   // fingerprints
    /// 2 1 1 of an issuer so far above the server's certificate (TlsaWish::issuer); nothing: 3 1 1.
    std::optional<int> issuer = {};
};

struct DaneRows
{
    QList<DaneRow> rows; // by server, in their order
    QList<Issue> issues; // of making them; each once
    /// Servers that need the very same records, which could stand in one place (RFC 7672 2.2.3).
    QList<QList<QByteArray>> sharing;
    QList<Issue> errors; // of what is ticked: with it, senders would refuse a server that was seen
};

/// Of the servers that somebody else's company does not run; none where the zone is not signed.
[[nodiscard]] DaneRows daneRows(const QList<ServerDane> &servers, const DaneKeys &keys,
                                const Choices &choices, const QDateTime &now);
/// The choices after a row's tick was changed.
[[nodiscard]] Choices ticked(Choices choices, const DaneRow &row, bool isOn);

/// Without removals of records that fit a key after all, or are not there: a server that was seen says so.
[[nodiscard]] Choices withoutStaleRemovals(Choices choices, const QList<ServerDane> &servers,
                                           const DaneRows &rows);

/// Whether the page has anything to offer, and why not, in a few words; empty: it has.
[[nodiscard]] QString daneSkipped(const QList<ServerDane> &servers);
