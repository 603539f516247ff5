// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the domain's records are signed, and whether this computer can tell (RFC 4035, DNS-15).
#include "check/judges.h"

/// The answers that only help to understand others: a failure of one is still something not seen.
static void judgeHelpers(const Survey &survey, Findings &findings)
{
    const QString domain = survey.domain.display();
    if (survey.ns)
        (void)judgeFailedLookup(*survey.ns, Group::Dns, domain, findings);
    if (survey.dnskey)
        (void)judgeFailedLookup(*survey.dnskey, Group::Dns, domain, findings);
}

void judgeDnssec(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    const QString domain = survey.domain.display();
    if (survey.finished)
        judgeHelpers(survey, findings);
    if (!survey.mx || !survey.mx->isKnown() || survey.mx->status == AnswerStatus::NoName)
        return; // judgeMx tells
    switch (survey.mx->security) {
    case Security::Secure:
        findings.add("DNS-9.ok", Severity::Ok, Group::Dns, domain, {domain});
        return;
    case Security::Insecure:
        if (!survey.dnskey) {
            if (!survey.finished)
                return;
            findings.add("DNS-10.unsigned", Severity::Info, Group::Dns, domain, {domain});
        } else if (survey.dnskey->isFound()) {
            findings.add("DNS-10.nods", Severity::Info, Group::Dns, domain, {domain});
        } else {
            findings.add("DNS-10.unsigned", Severity::Info, Group::Dns, domain, {domain});
        }
        return;
    case Security::Bogus:
    case Security::Unknown:
        break;
    }
    if (survey.validation == Validation::Stripped)
        findings.add("DNS-15", Severity::Unknown, Group::Dns, domain, {survey.resolver});
    else if (survey.finished)
        findings.add("DNS-15.failed", Severity::Unknown, Group::Dns, domain, {survey.resolver});
}
