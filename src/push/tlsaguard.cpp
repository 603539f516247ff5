// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/tlsaguard.h"

#include "base/printable.h"
#include "dane/keysource.h"

#include <algorithm>

namespace {

bool isPromise(const SetChange &set)
{
    return set.type == RecordType::TLSA && !set.after.isEmpty();
}

QList<TlsaRecord> tlsaOf(const QList<DnsRecord> &records)
{
    QList<TlsaRecord> read;
    for (const DnsRecord &record : records) {
        if (const auto tlsa = readTlsa(record.data).record)
            read.append(*tlsa);
    }
    return read;
}

/// The fingerprints of the certificates that would be refused, one on a line.
QString refusedPrints(const QList<DnsRecord> &records, const TlsaSight &sight)
{
    QStringList prints;
    for (const QList<Certificate> &chain : sight.chains) {
        if (chain.isEmpty())
            continue;
        const QList<Issue> issues = judgePublishing(tlsaOf(records), chain);
        const bool isRefused = std::any_of(issues.begin(), issues.end(), [](const Issue &issue) {
            return issue.severity == Severity::Error;
        });
        if (isRefused)
            prints.append(fingerprintText(chain.constFirst().sha256()));
    }
    prints.removeDuplicates();
    prints.sort(); // addresses answer in any order
    return prints.join(QLatin1Char('\n'));
}

/// What was not seen is named by its first word, an address; the cause behind it changes from look to look.
QStringList namedBy(const Finding &finding)
{
    QStringList values = finding.values;
    if (finding.severity == Severity::Unknown) {
        for (QString &value : values)
            value = value.section(QLatin1Char(' '), 0, 0);
    }
    return values;
}

bool isSameReason(const Finding &one, const Finding &other)
{
    return one.id == other.id && one.subject == other.subject && one.evidence == other.evidence &&
           namedBy(one) == namedBy(other);
}

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
    input.records = tlsaOf(records);
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
        const TlsaSight sight =
                at == sights.end() ? TlsaSight{set.name, tlsaOwnerFrom(set.name).host} : *at;
        const auto add = [&](const Issue &issue, const QString &evidence) {
            const Finding finding = toFinding(issue, Group::Dane, printable(sight.host), evidence);
            if (!reasons.contains(finding))
                reasons.append(finding);
        };
        for (const Issue &issue : zoneReasons(sight))
            add(issue, {});
        const QString prints = refusedPrints(set.after, sight);
        for (const Issue &issue : keyReasons(set.after, sight))
            add(issue, issue.severity == Severity::Error ? prints : QString());
    }
    return reasons;
}

QList<Finding> newReasons(const QList<Finding> &now, const QList<Finding> &told)
{
    QList<Finding> fresh;
    std::copy_if(now.begin(), now.end(), std::back_inserter(fresh), [&](const Finding &finding) {
        return std::none_of(told.begin(), told.end(),
                            [&](const Finding &other) { return isSameReason(other, finding); });
    });
    return fresh;
}
