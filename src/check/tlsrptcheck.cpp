// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The TXT record at _smtp._tls.<domain>: RFC 8460 3.
#include "base/printable.h"
#include "check/judges.h"
#include "mail/tlsrptrecord.h"

namespace {

constexpr Group G = Group::Report;
constexpr int LongTtl = 86400; // RPT-16

/// RFC 8460 7: who can keep the record from senders keeps the owner from learning of the attack.
void judgeSuppression(const DnsAnswer &answer, const QString &name, Findings &findings)
{
    if (answer.security == Security::Insecure && answer.ttl < LongTtl)
        findings.add("RPT-16", Severity::Info, G, name, {QString::number(answer.ttl)});
}

/// RFC 8460 1.1: for DANE the policy domain is the mail server's name. Told once; the other servers are
/// meant as well.
void judgeHostRecords(const Context &context, Findings &findings)
{
    for (const MailHost &host : context.survey.hosts) {
        if (!host.tlsRpt || !host.tlsRpt->isKnown())
            continue;
        const QString name = QString::fromLatin1(host.name);
        const auto outcome = readTlsRptRecords(texts(*host.tlsRpt), host.name).outcome;
        if (outcome == RecordOutcome::Valid)
            continue;
        findings.add(outcome == RecordOutcome::None ? "RPT-20" : "RPT-20.invalid", Severity::Info,
                     G, name, {name});
        return;
    }
}

void judgeAbsence(const Context &context, const QString &name, Findings &findings)
{
    const Survey &survey = context.survey;
    for (const DnsAnswer &answer : survey.misplaced) {
        for (const QByteArray &text : texts(answer)) {
            if (!text.contains("TLSRPTv1"))
                continue;
            findings.add("RPT-1.misplaced", Severity::Error, G, name,
                         {QString::fromLatin1(answer.name), name}, printable(text));
            return;
        }
    }
    if (!survey.finished && !(survey.policyDone && survey.misplacedDone))
        return; // whether it is missed is known when the rest is
    const bool isMissed = context.hasStsRecord() || context.policy || context.daneIsActive;
    findings.add(isMissed ? "RPT-1.active" : "RPT-1", isMissed ? Severity::Warning : Severity::Info,
                 G, name, {name});
}

} // namespace

void judgeTlsRptRecord(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    const QString name = QString::fromLatin1(survey.domain.child("_smtp._tls"));
    if (!survey.tlsRpt) {
        if (survey.finished)
            findings.add("DNS-1", Severity::Unknown, G, name, {QStringLiteral("TXT"), name});
        return;
    }
    if (judgeFailedLookup(*survey.tlsRpt, G, name, findings))
        return;
    const QList<QByteArray> found = texts(*survey.tlsRpt);
    const TlsRptReading reading = readTlsRptRecords(found, survey.domain.ascii());
    QStringList shown;
    for (const QByteArray &text : found)
        shown.append(printable(text));
    const QString evidence = shown.join(QLatin1Char('\n'));
    if (survey.tlsRpt->cut)
        findings.add("DNS-14.cut", Severity::Unknown, G, name,
                     {QString::number(Limits::TxtRecords)});
    for (const Issue &issue : reading.issues) {
        if (issue.rule() != "RPT-1") // absence is judged with the rest in view
            findings.add(issue.id, issue.severity, G, name, issue.values, evidence);
    }
    if (reading.outcome == RecordOutcome::None) {
        judgeAbsence(context, name, findings);
        return;
    }
    const auto isError = [](const Issue &issue) { return issue.severity == Severity::Error; };
    if (reading.outcome == RecordOutcome::Valid &&
        std::none_of(reading.issues.begin(), reading.issues.end(), isError)) {
        QStringList rua;
        for (const QByteArray &uri : reading.rua)
            rua.append(QString::fromLatin1(uri));
        findings.add("RPT-2.ok", Severity::Ok, G, name, {rua.join(QStringLiteral(", "))}, evidence);
        judgeSuppression(*survey.tlsRpt, name, findings);
        judgeHostRecords(context, findings);
    }
}
