// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the domain's records are signed, and whether this computer can tell (RFC 4035, DNS-15).
#include "check/judges.h"

#include <QMap>

/// The answers that only help to understand others: a failure of one is still something not seen.
static void judgeHelpers(const Survey &survey, Findings &findings)
{
    const QString domain = survey.domain.display();
    if (survey.ns)
        (void)judgeFailedLookup(*survey.ns, Group::Dns, domain, findings);
    if (survey.dnskey)
        (void)judgeFailedLookup(*survey.dnskey, Group::Dns, domain, findings);
}

/// DNS-10: a zone whose signatures are about to end was not signed anew when it was due. Services that
/// sign as they answer give short spans, so what is left is compared with the whole.
static void judgeSignatures(const Survey &survey, Findings &findings)
{
    constexpr qint64 Day = 86400;
    QMap<QByteArray, SignatureSpan> byZone;
    const auto note = [&byZone](const std::optional<DnsAnswer> &answer) {
        if (!answer || answer->security != Security::Secure || !answer->signature)
            return;
        const SignatureSpan &span = *answer->signature;
        const auto known = byZone.constFind(span.zone);
        if (known == byZone.constEnd() || span.until < known->until)
            byZone.insert(span.zone, span);
    };
    for (const auto &answer : {survey.mx, survey.sts, survey.tlsRpt, survey.policyA})
        note(answer);
    for (const MailHost &host : survey.hosts) {
        for (const auto &answer : {host.a, host.aaaa, host.tlsa, host.tlsaAtAlias})
            note(answer);
    }
    for (const SignatureSpan &span : std::as_const(byZone)) {
        const qint64 left = span.until - survey.at.toSecsSinceEpoch();
        if (left >= Day || left >= (span.until - span.from) / 4)
            continue;
        const QString zone = QString::fromLatin1(span.zone);
        const QString until = QDateTime::fromSecsSinceEpoch(span.until, Qt::UTC)
                                      .toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
        findings.add("DNS-10.ending", Severity::Warning, Group::Dns, zone, {zone, until});
    }
}

void judgeDnssec(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    const QString domain = survey.domain.display();
    if (survey.finished) {
        judgeHelpers(survey, findings);
        judgeSignatures(survey, findings);
    }
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
