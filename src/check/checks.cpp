// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The table of judges, and what their findings amount to.
#include "check/checks.h"

#include "check/danestate.h"
#include "check/judges.h"
#include "mail/stsrecord.h"
#include "mail/tlsrptrecord.h"

#include <algorithm>
#include <array>

namespace {

using Judge = void (*)(const Context &, Findings &);
constexpr std::array<Judge, 10> Judges{
        judgeMx,     judgeDnssec,    judgeStsRecord,   judgeDelegation,   judgePolicyHost,
        judgePolicy, judgeMailHosts, judgeDaneOfHosts, judgeTlsRptRecord, judgeCaaOfPolicyHost,
};

Context contextOf(const Survey &survey, const LastSeen &lastSeen)
{
    Context context{.survey = survey, .lastSeen = lastSeen, .policyHost = {}, .policy = {}};
    if (survey.sts && survey.sts->isKnown())
        context.stsRecord = readStsRecords(texts(*survey.sts)).outcome;
    context.policyHost = judgePolicyHost(survey);
    if (context.policyHost.reading)
        context.policy = context.policyHost.reading->policy;
    // Without a record no sender looks for a policy, whatever its host answers.
    // An alias that leads nowhere was meant; that of a wildcard was not, which only the probe tells.
    const bool isDangling = survey.sts && survey.sts->isAlias() && survey.sts->isAbsent();
    const bool isBrokenDelegation = isDangling && !answersLikeWildcard(survey, *survey.sts);
    context.stsIsAbsent = context.stsRecord == RecordOutcome::None && survey.policyDone &&
                          !context.policyHost.body && !isBrokenDelegation;
    context.stsIsUndecided =
            !survey.finished && (context.stsRecord == RecordOutcome::Unknown ||
                                 !survey.policyDone || (isDangling && !survey.wildcard));
    for (const MailHost &host : survey.hosts) {
        for (const auto &tlsa : {host.tlsa, host.tlsaAtAlias})
            context.daneIsActive |= tlsa && tlsa->isFound() && tlsa->security == Security::Secure;
    }
    return context;
}

Report::Sts stsState(const Context &context)
{
    if (context.stsIsAbsent)
        return Report::Sts::Absent;
    if (context.stsRecord == RecordOutcome::Unknown || !context.survey.policyDone)
        return Report::Sts::Unknown;
    if (!context.hasStsRecord())
        return Report::Sts::Broken;
    if (context.policyHost.outcome == PolicyHostOutcome::Unknown)
        return Report::Sts::Unknown;
    if (context.policyHost.outcome != PolicyHostOutcome::Policy || !context.policy)
        return Report::Sts::Broken;
    switch (context.policy->mode) {
    case Policy::Mode::None:
        return Report::Sts::None;
    case Policy::Mode::Testing:
        return Report::Sts::Testing;
    case Policy::Mode::Enforce:
        return Report::Sts::Enforce;
    }
    return Report::Sts::Unknown;
}

Report::TlsRpt tlsRptState(const Survey &survey)
{
    if (!survey.tlsRpt || !survey.tlsRpt->isKnown())
        return Report::TlsRpt::Unknown;
    switch (readTlsRptRecords(texts(*survey.tlsRpt), survey.domain.ascii()).outcome) {
    case RecordOutcome::None:
        return Report::TlsRpt::Absent;
    case RecordOutcome::Valid:
        return Report::TlsRpt::Present;
    case RecordOutcome::Unknown:
        return Report::TlsRpt::Unknown;
    default:
        return Report::TlsRpt::Broken;
    }
}

Verdict verdictOf(const Report &report)
{
    // T-45: the worst that is known; without one, anything not seen keeps it from being green.
    if (report.count(Severity::Error) > 0)
        return Verdict::Error;
    if (!report.finished)
        return Verdict::Unknown;
    if (report.sts == Report::Sts::Absent)
        return Verdict::NotDeployed;
    const bool isOpen = report.sts == Report::Sts::Unknown ||
                        report.tlsRpt == Report::TlsRpt::Unknown ||
                        report.count(Severity::Unknown) > 0;
    if (isOpen || report.findings.isEmpty())
        return Verdict::Unknown;
    return report.count(Severity::Warning) > 0 ? Verdict::Warning : Verdict::Ok;
}

} // namespace

Report judge(const Survey &survey, const LastSeen &lastSeen)
{
    Report report;
    report.domain = survey.domain;
    report.at = survey.at;
    report.finished = survey.finished;
    const Context context = contextOf(survey, lastSeen);
    Findings findings(report.findings);
    for (const Judge judgeSubject : Judges)
        judgeSubject(context, findings);
    report.sts = stsState(context);
    report.dane = daneState(context);
    report.tlsRpt = tlsRptState(survey);
    report.verdict = verdictOf(report);
    return report;
}
