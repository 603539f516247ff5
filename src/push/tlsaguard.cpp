// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/tlsaguard.h"

#include "base/printable.h"

#include <algorithm>

namespace {

bool isPromise(const SetChange &set)
{
    return set.type == RecordType::TLSA && !set.after.isEmpty();
}

/// "_25._tcp.mx1.example.com" is of "mx1.example.com".
/// What one look-up says against it; `what` for the sentence "no answer about WHAT of NAME".
void addReasons(const DaneLookup &lookup, const QString &what, const TlsaSight &sight,
                QList<Issue> &issues)
{
    const QString host = printable(sight.host);
    if (lookup.security == Security::Bogus)
        issues.append({"DANE-10", Severity::Error, {host}});
    else if (!lookup.asked || lookup.status != AnswerStatus::Found) // or no zone, no server there
        issues.append({"DNS-1", Severity::Unknown, {what, host}});
    else if (lookup.security == Security::Unknown)
        issues.append({"DANE-1", Severity::Unknown, {}});
    else if (lookup.security == Security::Insecure)
        issues.append({"DANE-5.publish", Severity::Error, {host}});
}

} // namespace

bool promisesKeys(const Plan &plan)
{
    return std::any_of(plan.sets.begin(), plan.sets.end(), isPromise);
}

QList<Issue> zoneReasons(const TlsaSight &sight)
{
    if (!sight.validates) // DNS-15: then everything looks unsigned
        return {{"DANE-1", Severity::Unknown, {}}};
    QList<Issue> issues;
    addReasons(sight.zone, QStringLiteral("SOA"), sight, issues);
    if (issues.isEmpty()) // RFC 7672 2.2.2: else this says no more
        addReasons(sight.address, QStringLiteral("A, AAAA"), sight, issues);
    return issues;
}

QList<Issue> keyReasons(const QList<DnsRecord> &records, const TlsaSight &sight)
{
    QList<Issue> issues;
    const QString host = printable(sight.host);
    for (const QString &what : sight.unseen)
        issues.append({"DANE-38.unseen", Severity::Unknown, {host, what}});
    if (sight.chains.isEmpty() && sight.unseen.isEmpty())
        issues.append({"DANE-1.unseen", Severity::Unknown, {host}});
    PublishingInput input;
    input.chains = sight.chains;
    input.host = sight.host;
    for (const DnsRecord &record : records) {
        if (const auto read = readTlsa(record.data).record)
            input.records.append(*read);
    }
    for (const Issue &issue : judgePublishing(input).issues) {
        if (issue.severity == Severity::Error)
            issues.append(issue);
    }
    return issues;
}

QList<Finding> reasonsAgainstTlsa(const Plan &plan, const QList<TlsaSight> &sights)
{
    QList<Finding> reasons;
    for (const SetChange &set : plan.sets) {
        if (!isPromise(set))
            continue;
        const auto at = std::find_if(sights.begin(), sights.end(), [&](const TlsaSight &sight) {
            return sight.owner == set.name;
        });
        const TlsaSight sight = at == sights.end() ? TlsaSight{set.name, tlsaOwnerFrom(set.name).host} : *at;
        for (const Issue &issue : zoneReasons(sight) + keyReasons(set.after, sight)) {
            const Finding finding = toFinding(issue, Group::Dane, printable(sight.host));
            if (!reasons.contains(finding))
                reasons.append(finding);
        }
    }
    return reasons;
}

QList<Finding> newReasons(const QList<Finding> &now, const QList<Finding> &told)
{
    QList<Finding> fresh;
    std::copy_if(now.begin(), now.end(), std::back_inserter(fresh), [&](const Finding &finding) {
        return std::none_of(told.begin(), told.end(), [&](const Finding &other) {
            return other.id == finding.id && other.subject == finding.subject;
        });
    });
    return fresh;
}
