// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a push would do, as data: it is shown, agreed to, written down, done and compared afterwards
// (PUSH-1). Pure.

#include "deploy/deployment.h"
#include "deploy/recordchanges.h"
#include "provider/provider.h"
#include "push/hoststep.h"

#include <QJsonObject>

struct Plan
{
    DomainName domain;
    QByteArray provider; // id of its row in the catalogue
    Zone zone;
    /// What senders must be served before any record changes (STS-83); empty: nothing, because the mail
    /// provider serves it, or neither the file nor a record that makes senders look is written.
    QByteArray policyText;
    bool isServed = false; // seen so when the plan was made
    QList<Change> changes; // ours, in the order of publishing: what is shown
    QList<SetChange> sets; // the same as whole sets, with the texts of others: what is written
    QList<Issue> blockers; // why nothing can be written, if so
    std::optional<HostStep> host = {}; // where the service serves the policy file too
    int minimumTtl = 1;                // seconds: no shorter one is taken there (PUSH-13)

    /// Nothing to write.
    [[nodiscard]] bool isEmpty() const { return sets.isEmpty() && !writesHost(); }
    [[nodiscard]] bool writesHost() const { return host && host->isWrite(); }
};

/// The names whose records a plan reads, in the order of publishing.
[[nodiscard]] QList<QByteArray> namesToRead(const DomainName &domain);
/// Of the TLSA sets: their owners, and what stands between them and `zone`, where another may begin.
[[nodiscard]] QList<QByteArray> tlsaNamesToRead(const Deployment &wanted, const Zone &zone);
/// Both.
[[nodiscard]] QList<QByteArray> namesToRead(const Deployment &wanted, const Zone &zone);

/// `records`: everything that stands at those names in `zone`; `host`: what PolicyHost::look() saw, when
/// the service is to serve the policy file.
[[nodiscard]] Plan plan(const Deployment &wanted, const LiveState &live, const QByteArray &provider,
                        const Zone &zone, const QList<ZoneRecord> &records,
                        const ProviderTraits &traits, const HostState *host = nullptr);
/// The TLSA sets of `wanted` to the end of a plan of the same zone (DANE-34); plan() does it. An owner in
/// another zone is a blocker.
void addTlsa(Plan &made, const Deployment &wanted, const QList<ZoneRecord> &records,
             const ProviderTraits &traits);

/// The TTL that this change will have, seconds, where the zone takes none as short as the one wanted.
[[nodiscard]] std::optional<int> raisedTtl(const Plan &plan, const Change &change);

/// Each name once.
[[nodiscard]] QList<QByteArray> namesOf(const QList<SetChange> &sets);
/// How sets are compared: their data in one order.
[[nodiscard]] QList<QByteArray> sortedData(const QList<DnsRecord> &records);

/// The sets as they stand in `records`, for the comparison before and after writing (PUSH-3, 8). TTLs
/// do not count: services round them.
[[nodiscard]] bool standsAsBefore(const SetChange &change, const QList<ZoneRecord> &records);
[[nodiscard]] bool standsAsWanted(const SetChange &change, const QList<ZoneRecord> &records);

/// Puts back what `done` replaced; what stands now is `records`. Only sets that still stand as `done`
/// left them are in it.
[[nodiscard]] QList<SetChange> undoOf(const QList<SetChange> &done,
                                      const QList<ZoneRecord> &records);

/// "mta-sts-plan/1".
[[nodiscard]] QJsonObject planJson(const Plan &plan);
