// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The content of the served policy, and whether it covers the mail servers: RFC 8461 3.2, 4.1, 5.
#include "check/judges.h"
#include "mail/tlsrptrecord.h"

namespace {

constexpr Group G = Group::Policy;

Severity uncoveredSeverity(Policy::Mode mode)
{
    switch (mode) { // STS-70
    case Policy::Mode::Enforce:
        return Severity::Error;
    case Policy::Mode::Testing:
        return Severity::Warning;
    case Policy::Mode::None:
        break;
    }
    return Severity::Info;
}

void judgeCoverage(const Survey &survey, const Policy &policy, Findings &findings)
{
    if (!survey.hostsKnown) {
        if (survey.finished)
            findings.add("STS-70.unknown", Severity::Unknown, G, survey.domain.display());
        return;
    }
    for (const MailHost &host : survey.hosts) {
        const QString name = QString::fromLatin1(host.name);
        // STS-67: the name in the MX record, never where an alias leads.
        if (anyMatches(policy.mx, host.name))
            findings.add("STS-70.ok", Severity::Ok, G, name, {name});
        else if (policy.mode == Policy::Mode::None)
            findings.add("STS-70.none", Severity::Info, G, name, {name});
        else
            findings.add("STS-70", uncoveredSeverity(policy.mode), G, name, {name});
    }
    for (const MxPattern &pattern : policy.mx) {
        const auto isUsed = [&](const MailHost &host) { return pattern.matches(host.name); };
        const QString text = QString::fromLatin1(pattern.text());
        if (std::none_of(survey.hosts.begin(), survey.hosts.end(), isUsed))
            findings.add("STS-71", Severity::Info, G, text, {text});
    }
}

void judgeMode(const Context &context, const Policy &policy, Findings &findings)
{
    const Survey &survey = context.survey;
    const QString domain = survey.domain.display();
    switch (policy.mode) {
    case Policy::Mode::None:
        findings.add("STS-80", Severity::Info, G, domain, {domain});
        return;
    case Policy::Mode::Enforce:
        findings.add("STS-78.ok", Severity::Ok, G, domain, {domain});
        return;
    case Policy::Mode::Testing:
        break;
    }
    findings.add("STS-79.testing", Severity::Info, G, domain, {domain});
    if (survey.tlsRpt && survey.tlsRpt->isKnown() &&
        readTlsRptRecords(texts(*survey.tlsRpt), survey.domain.ascii()).outcome !=
                RecordOutcome::Valid)
        findings.add("STS-79", Severity::Warning, G, domain, {domain});
}

} // namespace

void judgePolicy(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    if (!context.policyHost.reading)
        return; // judgePolicyHost tells
    const QString host = QString::fromLatin1(survey.policyHost());
    const PolicyReading &reading = *context.policyHost.reading;
    findings.add(reading.issues, G, host);
    if (!reading.policy)
        return;
    findings.add(adviseOnPolicy(*reading.policy, survey.domain.ascii()), G, host);
    const auto isError = [](const Issue &issue) { return issue.severity == Severity::Error; };
    if (std::none_of(reading.issues.begin(), reading.issues.end(), isError))
        findings.add("STS-22.ok", Severity::Ok, G, host,
                     {QString::fromLatin1(modeName(reading.policy->mode)),
                      QString::number(reading.policy->maxAge)},
                     QString::fromUtf8(*context.policyHost.body));
    judgeMode(context, *reading.policy, findings);
    if (!survey.nullMx)
        judgeCoverage(survey, *reading.policy, findings);
}
