// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whether the records have arrived at the name servers of the domain themselves, however long resolvers
// still remember what was there before.

#include "proofrows.h"
#include "publishdoors.h"

/// One of the records, at every server; the servers are printable.
struct RecordAtServers
{
    ProofRow::Kind kind = ProofRow::Kind::Record;
    ProofRow::AtServers servers;
    QString about = {}; // ProofRow::about
};
/// Blocking: asks every server of the zone that the domain is in. Empty where none was found.
[[nodiscard]] QList<RecordAtServers> lookAtServers(const PublishDoors &doors,
                                                   const Deployment &wanted, const Cancel &cancel);

/// The rows that this can tell more about: records that a resolver does not give as wanted.
[[nodiscard]] bool wantServers(const QList<ProofRow> &rows);
[[nodiscard]] QList<ProofRow> withServers(QList<ProofRow> rows,
                                          const QList<RecordAtServers> &records);
