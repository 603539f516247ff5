// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The TXT record at _mta-sts.<domain>: RFC 8461 3.1.
#include "base/printable.h"
#include "check/judges.h"
#include "mail/stsrecord.h"

namespace {

constexpr Group G = Group::Record;
constexpr int LongTtl = 86400; // STS-20

void judgeAbsence(const Context &context, const QString &name, Findings &findings)
{
    const Survey &survey = context.survey;
    bool isMisplaced = false;
    for (const DnsAnswer &answer : survey.misplaced) {
        for (const QByteArray &text : texts(answer)) {
            if (!text.contains("STSv1"))
                continue;
            isMisplaced = true;
            findings.add("STS-19", Severity::Error, G, name,
                         {QString::fromLatin1(answer.name), name}, printable(text));
        }
    }
    if (isMisplaced)
        return;
    if (context.policyHost.body)
        findings.add("STS-1.policy", Severity::Error, G, name, {name});
    else if (survey.policyDone || survey.finished)
        findings.add("STS-1.absent", Severity::Info, G, name, {name});
}

void judgeChange(const Context &context, const StsReading &reading, const QString &name,
                 Findings &findings)
{
    const LastSeen &last = context.lastSeen;
    const std::optional<QByteArray> &body = context.policyHost.body;
    if (last.stsId.isEmpty() || last.policyBody.isEmpty() || !body)
        return;
    const PolicyReading before = readPolicy(last.policyBody);
    const PolicyReading now = readPolicy(*body);
    const bool isSamePolicy = before.policy == now.policy;
    if (!isSamePolicy && reading.id == last.stsId)
        findings.add("STS-15", Severity::Error, G, name, {QString::fromLatin1(reading.id)});
    else if (isSamePolicy && reading.id != last.stsId)
        findings.add("STS-15.same", Severity::Info, G, name,
                     {QString::fromLatin1(last.stsId), QString::fromLatin1(reading.id)});
}

} // namespace

void judgeStsRecord(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    const QString name = QString::fromLatin1(survey.domain.child("_mta-sts"));
    if (!survey.sts) {
        if (survey.finished)
            findings.add("STS-18", Severity::Unknown, G, name, {name});
        return;
    }
    if (!survey.sts->isKnown()) { // RFC 8461 3.1: an answer that failed is not "no record"
        if (isFaultOfDomain(*survey.sts))
            (void)judgeFailedLookup(*survey.sts, G, name, findings);
        findings.add("STS-18", Severity::Unknown, G, name, {name}, survey.sts->why);
        return;
    }
    const QList<QByteArray> found = texts(*survey.sts);
    const StsReading reading = readStsRecords(found);
    QStringList shown;
    for (const QByteArray &text : found)
        shown.append(printable(text));
    const QString evidence = shown.join(QLatin1Char('\n'));
    if (survey.sts->cut)
        findings.add("DNS-14.cut", Severity::Unknown, G, name,
                     {QString::number(Limits::TxtRecords)});
    const bool isWildcard = survey.sts->isFound() && answersLikeWildcard(survey, *survey.sts);
    if (survey.sts->isFound() && survey.finished && survey.wildcard && !survey.wildcard->isKnown())
        findings.add("STS-17.unseen", Severity::Unknown, G, name, {name}, survey.wildcard->why);
    if (isWildcard)
        findings.add("STS-17", Severity::Warning, G, name, {name}, evidence);
    for (const Issue &issue : reading.issues) {
        // Absence is judged with the policy host in view; the wildcard is told once.
        if (issue.rule() == "STS-1" || (isWildcard && issue.rule() == "STS-17"))
            continue;
        findings.add(issue.id, issue.severity, G, name, issue.values, evidence);
    }
    if (reading.outcome == RecordOutcome::None) {
        if (survey.misplacedDone || survey.finished)
            judgeAbsence(context, name, findings);
        return;
    }
    if (reading.outcome != RecordOutcome::Valid)
        return;
    const auto isError = [](const Issue &issue) { return issue.severity == Severity::Error; };
    if (std::none_of(reading.issues.begin(), reading.issues.end(), isError))
        findings.add("STS-4.ok", Severity::Ok, G, name, {QString::fromLatin1(reading.id)},
                     evidence);
    if (survey.sts->ttl > LongTtl)
        findings.add("STS-20", Severity::Info, G, name, {QString::number(survey.sts->ttl)});
    judgeChange(context, reading, name, findings);
}
