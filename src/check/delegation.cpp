// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Aliases of the record and of the policy host that lead to a provider: RFC 8461 8.2. One that leads
// nowhere breaks the policy, and whoever registers its target can publish another.
#include "check/judges.h"

namespace {

void judgeRecordAlias(const Survey &survey, Findings &findings)
{
    const QString name = QString::fromLatin1(survey.domain.child("_mta-sts"));
    const DnsAnswer &answer = *survey.sts;
    const QString target = QString::fromLatin1(answer.canonicalName);
    if (answer.isFound())
        findings.add("STS-12", Severity::Info, Group::Record, name, {name, target});
    else if (answer.status == AnswerStatus::NoName)
        findings.add("STS-89.gone", Severity::Error, Group::Record, name, {name, target});
    else
        findings.add("STS-89", Severity::Error, Group::Record, name, {name, target});
}

void judgeHostAlias(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    const QString host = QString::fromLatin1(survey.policyHost());
    if (!isHostAliasDangling(survey))
        return;
    // A leftover hurts nobody before a record makes senders look there.
    findings.add("STS-89.host", context.stsIsAbsent ? Severity::Warning : Severity::Error,
                 Group::Host, host, {host, QString::fromLatin1(survey.policyA->canonicalName)});
}

} // namespace

bool isHostAliasDangling(const Survey &survey)
{
    const auto &a = survey.policyA, &aaaa = survey.policyAaaa;
    return a && aaaa && a->isAlias() && a->isAbsent() && aaaa->isAbsent() &&
           !answersLikeWildcard(survey, *a);
}

void judgeDelegation(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    // A wildcard that is an alias answers for every name; only the probe tells it apart.
    const bool isProbed = survey.wildcard || survey.finished;
    if (!isProbed)
        return;
    if (survey.sts && survey.sts->isKnown() && survey.sts->isAlias() &&
        !answersLikeWildcard(survey, *survey.sts))
        judgeRecordAlias(survey, findings);
    if (!survey.policyDone || !survey.policyA || !survey.policyAaaa || context.stsIsUndecided)
        return;
    judgeHostAlias(context, findings);
    if (context.stsIsAbsent)
        return;
    const QString host = QString::fromLatin1(survey.policyHost());
    for (const auto &answer : {survey.policyA, survey.policyAaaa}) {
        if (isFaultOfDomain(*answer)) {
            (void)judgeFailedLookup(*answer, Group::Host, host, findings);
            return;
        }
    }
}
