// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/journal.h"

#include <algorithm>

namespace {

bool holds(const QList<DnsRecord> &records, const QByteArray &data)
{
    return std::any_of(records.begin(), records.end(),
                       [&](const DnsRecord &record) { return record.data == data; });
}

/// Record by record, so that it reads like every other plan.
void addChanges(QList<Change> &changes, const SetChange &set)
{
    QList<DnsRecord> before, gone, come;
    for (const ZoneRecord &record : set.before)
        before.append(record.record);
    std::copy_if(before.begin(), before.end(), std::back_inserter(gone),
                 [&](const DnsRecord &record) { return !holds(set.after, record.data); });
    std::copy_if(set.after.begin(), set.after.end(), std::back_inserter(come),
                 [&](const DnsRecord &record) { return !holds(before, record.data); });
    while (!gone.isEmpty() || !come.isEmpty()) {
        Change change;
        if (!gone.isEmpty())
            change.before = gone.takeFirst();
        if (!come.isEmpty())
            change.after = come.takeFirst();
        change.kind = !change.before  ? Change::Kind::Add
                      : !change.after ? Change::Kind::Remove
                                      : Change::Kind::Replace;
        change.reason = "PUSH-9.undo";
        changes.append(change);
    }
}

} // namespace

Plan undoPlan(const JournalRecord &journal, const DomainName &domain,
              const QList<ZoneRecord> &records, const HostState *host)
{
    Plan plan;
    plan.domain = domain;
    plan.provider = journal.provider;
    plan.zone = journal.zone;
    if (!journal.wasSent())
        return plan; // nothing was done
    plan.sets = undoOf(journal.sets, records);
    for (const SetChange &set : plan.sets)
        addChanges(plan.changes, set);
    if (journal.host && host)
        plan.host = undoOf(*journal.host, *host);
    // What is announced again must be served again first (STS-83).
    if (plan.host && plan.host->action == HostStep::Action::Publish)
        plan.policyText = plan.host->text;
    return plan;
}
