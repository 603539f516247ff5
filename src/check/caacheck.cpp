// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// CAA for the certificate of the policy host: RFC 8659 3 (climbing), 4.
#include "check/judges.h"

void judgeCaaOfPolicyHost(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    const QString host = QString::fromLatin1(survey.policyHost());
    if (!survey.caaDone) {
        if (survey.finished)
            findings.add("DNS-1", Severity::Unknown, Group::Caa, host,
                         {QStringLiteral("CAA"), host});
        return;
    }
    for (const DnsAnswer &answer : survey.caa) {
        const QString at = QString::fromLatin1(answer.name);
        if (!answer.isKnown()) {
            // CAA-8: an authority must not issue when the look-up fails in a signed zone; elsewhere it
            // may, and from here nothing can be said.
            if (answer.security == Security::Bogus)
                findings.add("CAA-8", Severity::Error, Group::Caa, host, {host, at}, answer.why);
            else
                findings.add("DNS-1", Severity::Unknown, Group::Caa, host,
                             {QStringLiteral("CAA"), at}, answer.why);
            return;
        }
        const QList<CaaRecord> set = caaRecords(answer);
        if (set.isEmpty() && answer.isFound()) {
            findings.add("CAA-3.malformed", Severity::Warning, Group::Caa, host, {at});
            return;
        }
        if (set.isEmpty())
            continue;
        QStringList shown, issuers;
        for (const CaaRecord &record : set) {
            shown.append(QString::fromLatin1(caaToText(record)));
            const QByteArray issuer = record.value.left(record.value.indexOf(';')).trimmed();
            if (record.tag == "issue" && !issuer.isEmpty())
                issuers.append(QString::fromLatin1(issuer));
        }
        const QString evidence = shown.join(QLatin1Char('\n'));
        const bool restricts = std::any_of(set.begin(), set.end(), [](const CaaRecord &record) {
            return record.tag == "issue" || (record.flags & 0x80);
        });
        if (!restricts)
            findings.add("CAA-1.ok", Severity::Ok, Group::Caa, host, {host}, evidence);
        else if (issuers.isEmpty())
            findings.add("CAA-4", Severity::Error, Group::Caa, host, {host, at}, evidence);
        else
            findings.add("CAA-3.only", Severity::Info, Group::Caa, host,
                         {host, issuers.join(QStringLiteral(", ")), at}, evidence);
        return; // the first non-empty set is the only relevant one
    }
    findings.add("CAA-1.ok", Severity::Ok, Group::Caa, host, {host});
}
