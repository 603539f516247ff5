// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// CAA for the certificate of the policy host: RFC 8659 3 (climbing), 4. The authority is the one that
// issued the present certificate; without one it is judged what every authority must refuse.
#include "check/issuername.h"
#include "check/judges.h"

namespace {

constexpr Group G = Group::Caa;

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
        else if (isFaultOfDomain(answer))
            (void)judgeFailedLookup(answer, G, at, findings);
        else
            findings.add("DNS-1", Severity::Unknown, G, host, {QStringLiteral("CAA"), at},
                         answer.why);
        return;
    }
}

/// What the present certificate of the host says of its next one.
struct Renewal
{
    QList<QByteArray> issuers; // names of its authority; empty if not known
    CertificateKind kind = CertificateKind::Single;
};

Renewal renewalOf(const Survey &survey)
{
    const QString host = QString::fromLatin1(survey.policyHost());
    for (const PolicyFetch &fetch : survey.fetches) {
        if (!fetch.tls.pkix.isValid() || fetch.tls.chain.isEmpty())
            continue;
        const Certificate &leaf = fetch.tls.chain.first();
        const bool isSingle = leaf.dnsNames.contains(host, Qt::CaseInsensitive);
        return {issuerNames(leaf), isSingle ? CertificateKind::Single : CertificateKind::Wildcard};
    }
    return {};
}

QList<QByteArray> issuersIn(const QList<CaaRecord> &set)
{
    QList<QByteArray> issuers;
    for (const CaaRecord &record : set) {
        const QByteArray issuer = record.value.split(';').constFirst().trimmed().toLower();
        if (record.tag == "issue" && !issuer.isEmpty() && !issuers.contains(issuer))
            issuers.append(issuer);
    }
    return issuers;
}

/// The verdict for the best of the authority's names.
CaaVerdict bestVerdict(const RelevantCaaSet &relevant, const Renewal &renewal)
{
    CaaVerdict best = mayIssue(relevant, renewal.issuers.first(), renewal.kind);
    for (const QByteArray &issuer : renewal.issuers.mid(1)) {
        const CaaVerdict other = mayIssue(relevant, issuer, renewal.kind);
        if (other.mayIssue && (!best.mayIssue || other.issues.isEmpty()))
            best = other;
    }
    return best;
}

/// No certificate to go by: what every authority would have to refuse, and who may issue.
void judgeAnybody(const RelevantCaaSet &relevant, const QString &host, const QString &evidence,
                  Severity refused, Findings &findings)
{
    const QString at = QString::fromLatin1(relevant.name);
    const QList<QByteArray> issuers = issuersIn(relevant.set);
    // Would an authority that no record names be refused? Only then does the set restrict at all.
    const CaaVerdict nobody = mayIssue(relevant.set, "authority.invalid", CertificateKind::Single);
    const auto isCritical = [](const Issue &issue) { return issue.rule() == "CAA-6"; };
    const auto critical = std::find_if(nobody.issues.begin(), nobody.issues.end(), isCritical);
    if (critical != nobody.issues.end())
        findings.add("CAA-6.any", refused, Group::Caa, host, {host, critical->values.value(1), at},
                     evidence);
    else if (nobody.mayIssue)
        findings.add("CAA-1.ok", Severity::Ok, Group::Caa, host, {host}, evidence);
    else if (issuers.isEmpty())
        findings.add("CAA-4.all", refused, Group::Caa, host, {host, at}, evidence);
    else
        findings.add("CAA-3.only", Severity::Info, Group::Caa, host,
                     {host, QString::fromLatin1(issuers.join(", ")), at}, evidence);
    if (critical != nobody.issues.end())
        return;
    for (const QByteArray &issuer : issuers) // RFC 8657: conditions
        findings.add(mayIssue(relevant.set, issuer, CertificateKind::Single).issues, Group::Caa,
                     host, evidence);
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
    const RelevantCaaSet relevant = relevantCaaSet(survey.policyHost(), caaAnswers(survey.caa));
    if (relevant.isFailed) {
        judgeFailure(survey, host, findings);
        return;
    }
    if (!survey.policyDone && !survey.finished)
        return; // who issues is seen in the certificate
    QStringList shown;
    for (const CaaRecord &record : relevant.set)
        shown.append(QString::fromLatin1(caaToText(record)));
    const QString evidence = shown.join(QLatin1Char('\n'));
    // Before MTA-STS is set up nothing breaks; it is what to mend first.
    const bool isNeeded = !context.stsIsAbsent && !context.stsIsUndecided;
    const Renewal renewal = renewalOf(survey);
    if (renewal.issuers.isEmpty())
        return judgeAnybody(relevant, host, evidence,
                            isNeeded ? Severity::Error : Severity::Warning, findings);
    const CaaVerdict verdict = bestVerdict(relevant, renewal);
    findings.add(verdict.issues, G, host, evidence);
    if (verdict.mayIssue && verdict.issues.isEmpty())
        findings.add("CAA-3.ok", Severity::Ok, G, host,
                     {host, QString::fromLatin1(renewal.issuers.first())}, evidence);
}
