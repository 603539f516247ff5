// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// CAA for the certificate of the policy host: RFC 8659 3 (climbing), 4. Which authority the host will
// use is not known here; what every authority must refuse is.
#include "check/judges.h"

namespace {

constexpr Group G = Group::Caa;

QList<CaaAnswer> climbed(const Survey &survey)
{
    QList<CaaAnswer> answers;
    for (const DnsAnswer &answer : survey.caa)
        answers.append({answer.name, !answer.isKnown(),
                        answer.isAlias() ? answer.canonicalName : QByteArray(),
                        caaRecords(answer)});
    return answers;
}

/// CAA-8: an authority must not issue when the look-up fails in a signed zone. Elsewhere it may, and
/// a look-up that fails from here says nothing.
void judgeFailure(const Survey &survey, const QString &host, Findings &findings)
{
    for (const DnsAnswer &answer : survey.caa) {
        if (answer.isKnown())
            continue;
        const QString at = QString::fromLatin1(answer.name);
        if (answer.security == Security::Bogus)
            findings.add("CAA-8.signed", Severity::Error, G, host, {host, at}, answer.why);
        else
            findings.add("DNS-1", Severity::Unknown, G, host, {QStringLiteral("CAA"), at},
                         answer.why);
        return;
    }
}

} // namespace

void judgeCaaOfPolicyHost(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    const QString host = QString::fromLatin1(survey.policyHost());
    if (!survey.caaDone) {
        if (survey.finished)
            findings.add("DNS-1", Severity::Unknown, G, host, {QStringLiteral("CAA"), host});
        return;
    }
    const RelevantCaaSet relevant = relevantCaaSet(survey.policyHost(), climbed(survey));
    if (relevant.isFailed) {
        judgeFailure(survey, host, findings);
        return;
    }
    QStringList shown, issuers;
    for (const CaaRecord &record : relevant.set) {
        shown.append(QString::fromLatin1(caaToText(record)));
        const QByteArray issuer = record.value.split(';').constFirst().trimmed();
        if (record.tag == "issue" && !issuer.isEmpty() &&
            !issuers.contains(QString::fromLatin1(issuer)))
            issuers.append(QString::fromLatin1(issuer));
    }
    const QString evidence = shown.join(QLatin1Char('\n'));
    const QString at = QString::fromLatin1(relevant.name);
    if (!issuers.isEmpty())
        findings.add("CAA-3.only", Severity::Info, G, host,
                     {host, issuers.join(QStringLiteral(", ")), at}, evidence);
    // Would an authority that no record names be refused? Only then does the set restrict at all.
    else if (mayIssue(relevant.set, "authority.invalid", CertificateKind::Single).mayIssue)
        findings.add("CAA-1.ok", Severity::Ok, G, host, {host}, evidence);
    else
        findings.add("CAA-4.all", Severity::Error, G, host, {host, at}, evidence);
}
