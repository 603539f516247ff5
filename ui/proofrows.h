// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whether a deployment has arrived: the few rows of the check that matter for it, and when to look
// again. Pure. Nothing counts as seen that was not seen in this very look.

#include "check/finding.h"
#include "deploy/deployment.h"

#include <chrono>

struct ProofRow
{
    enum class Kind { Host, File, Reports, Record, Tlsa, MailServers };
    enum class State {
        Waiting,   // it is not there yet
        Seen,      // exactly what is wanted
        Other,     // something else is there
        NotTested, // could not be looked at
    };
    Kind kind = Kind::Host;
    State state = State::NotTested;
    QStringList seen;    // printable: addresses, an id, sentences of the check
    qint64 ttl = 0;      // seconds for which caches may keep what was seen; 0: not known
    QString aliasWanted; // printable; the alias leads elsewhere in the end, perhaps by way of this
    qsizetype untried = 0; // addresses that could not be tried from this computer
    /// Servers of the domain that were asked themselves; printable.
    struct AtServers
    {
        QStringList with, without, silent; // have what is wanted, do not, could not be asked
        friend bool operator==(const AtServers &, const AtServers &) = default;
    };
    AtServers servers = {}; // empty: not asked
    QString about = {};     // of Tlsa: the mail server; printable
    friend bool operator==(const ProofRow &, const ProofRow &) = default;
};

/// In the order of publishing. Before a look has ended everything that is not seen counts as not tested.
[[nodiscard]] QList<ProofRow> proofRows(const Deployment &wanted, const Survey &survey,
                                        const Report &report);
/// The rows that the deployment itself can fill: all but the mail servers.
[[nodiscard]] bool isPublished(const QList<ProofRow> &rows);

/// When to look again by itself: nothing once it is published; a minute while DNS needs time; five
/// minutes where fetching the file failed (RFC 8461 3.3).
[[nodiscard]] std::optional<std::chrono::seconds> nextLookIn(const QList<ProofRow> &rows,
                                                             const Survey &survey);
