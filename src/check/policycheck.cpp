// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The content of the served policy, and whether it covers the mail servers: RFC 8461 3.2, 4.1, 5.
#include "base/printable.h"
#include "check/judges.h"
#include "mail/tlsrptrecord.h"

namespace {

constexpr Group G = Group::Policy;
constexpr int LongTestingDays = 30; // STS-93

void judgeCoverage(const Survey &survey, const Policy &policy, Findings &findings)
{
    if (!survey.hostsKnown) {
        if (survey.finished)
            findings.add("STS-70.unknown", Severity::Unknown, G, survey.domain.display());
        return;
    }
    QStringList listed;
    for (const MxPattern &pattern : policy.mx)
        listed.append(QStringLiteral("mx: ") + QString::fromLatin1(pattern.text()));
    const QString evidence = listed.join(QLatin1Char('\n'));
    for (const MailHost &host : survey.hosts) {
        const QString name = QString::fromLatin1(host.name);
        // STS-67: the name in the MX record, never where an alias leads.
        const Issue issue = coverageOf(policy, host.name);
        const bool isFault =
                issue.severity == Severity::Error || issue.severity == Severity::Warning;
        findings.add({issue}, G, name, isFault ? evidence : QString());
    }
    if (survey.hosts.isEmpty() || survey.mx->cut)
        return; // the list of servers is not whole
    for (const MxPattern &pattern : policy.mx) {
        const auto isUsed = [&](const MailHost &host) { return pattern.matches(host.name); };
        const QString text = QString::fromLatin1(pattern.text());
        if (std::none_of(survey.hosts.begin(), survey.hosts.end(), isUsed))
            findings.add("STS-71", Severity::Info, G, text, {text});
    }
}

void judgeTestingTime(const Context &context, const QString &domain, Findings &findings)
{
    const LastSeen &last = context.lastSeen;
    const std::optional<Policy> before = readPolicy(last.policyBody).policy;
    const qint64 days = last.at.isValid() ? last.at.daysTo(context.survey.at) : 0;
    if (before && before->mode == Policy::Mode::Testing && days > LongTestingDays)
        findings.add("STS-93", Severity::Info, G, domain, {domain, QString::number(days)});
}

/// RFC 8461 3.4: a policy holds for exactly one domain.
void judgeScope(const DomainName &domain, Findings &findings)
{
    const QByteArray parent = organizationalDomain(domain.ascii());
    const QString shown = domain.display();
    if (!parent.isEmpty() && parent != domain.ascii())
        findings.add("STS-62.sub", Severity::Info, G, shown, {shown, QString::fromLatin1(parent)});
    else
        findings.add("STS-62", Severity::Info, G, shown, {shown});
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
    judgeTestingTime(context, domain, findings);
    if (survey.tlsRpt && survey.tlsRpt->isKnown() &&
        readTlsRptRecords(texts(*survey.tlsRpt), survey.domain.ascii()).outcome !=
                RecordOutcome::Valid)
        findings.add("STS-79", Severity::Warning, G, domain, {domain});
}

} // namespace

Issue coverageOf(const Policy &policy, const QByteArray &host)
{
    const QStringList values{printable(host)};
    if (anyMatches(policy.mx, host))
        return {"STS-70.ok", Severity::Ok, values};
    switch (policy.mode) {
    case Policy::Mode::None: // RFC 8461 5: as if there were no policy
        return {"STS-70.none", Severity::Info, values};
    case Policy::Mode::Testing:
        return {"STS-70.testing", Severity::Warning, values};
    case Policy::Mode::Enforce:
        break;
    }
    return {"STS-70", Severity::Error, values};
}

void judgePolicy(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    if (!context.policyHost.reading)
        return; // judgePolicyHost tells
    const QString host = QString::fromLatin1(survey.policyHost());
    const PolicyReading &reading = *context.policyHost.reading;
    for (const Issue &issue : reading.issues) {
        // The judge of the fetch has told the size already.
        const auto isTold = [&](const Issue &other) {
            return other.rule() == "STS-55" &&
                   (issue.rule() == "STS-55" || issue.rule() == "STS-43");
        };
        const QList<Issue> &told = context.policyHost.issues;
        if (std::none_of(told.begin(), told.end(), isTold))
            findings.add(issue.id, issue.severity, G, host, issue.values);
    }
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
    if (reading.policy->mode != Policy::Mode::None)
        judgeScope(survey.domain, findings);
    if (!survey.nullMx)
        judgeCoverage(survey, *reading.policy, findings);
}
