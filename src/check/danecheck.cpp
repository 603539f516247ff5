// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// DANE of every mail server: RFC 7672, RFC 7671 8 (what a publisher owes).
#include "check/danestate.h"

namespace {

constexpr Group G = Group::Dane;

QString evidenceOf(const QList<TlsaRecord> &records)
{
    QStringList shown;
    for (const TlsaRecord &record : records)
        shown.append(QString::fromLatin1(tlsaToText(record)));
    return shown.join(QLatin1Char('\n'));
}

/// DANE-1 and its kind are what could not be judged, and must keep the verdict from being green.
QList<Issue> withUnknown(QList<Issue> issues)
{
    for (Issue &issue : issues) {
        if (issue.rule() == "DANE-1")
            issue.severity = Severity::Unknown;
    }
    return issues;
}

void judgeAddress(const Context &context, const MailHost &host, const DaneHostPlan &plan,
                  const AddressLook &look, const QString &evidence, Findings &findings)
{
    const QString name = QString::fromLatin1(host.name);
    const QString subject = host.addresses.size() < 2
                                    ? name
                                    : QStringLiteral("%1 [%2]").arg(name, look.address.toString());
    const DaneVerdict verdict = daneVerdict(context.survey, host, plan, look);
    findings.add(verdict.issues, G, subject, evidence);
    switch (verdict.result) {
    case DaneResult::Authenticated:
        findings.add("DANE-26.ok", Severity::Ok, G, subject, {name}, evidence);
        break;
    case DaneResult::Unknown:
        findings.add("DANE-1.unseen", Severity::Unknown, G, subject, {name}, evidence);
        break;
    case DaneResult::Fail:
        // RFC 8461 2: MTA-STS never overrides a failing DANE check.
        if (context.policy && look.smtp.tls.pkix.isValid())
            findings.add("STS-82", Severity::Error, G, subject, {name}, evidence);
        break;
    default:
        break;
    }
}

void judgeHost(const Context &context, const MailHost &host, const DaneHostPlan &plan,
               Findings &findings)
{
    const QString name = QString::fromLatin1(host.name);
    findings.add(withUnknown(plan.issues), G, name);
    if (plan.applies == DaneApplies::NotApplicable && plan.issues.isEmpty())
        findings.add("DANE-41.absent", Severity::Info, G, name, {name});
    if (plan.applies != DaneApplies::Applies && plan.applies != DaneApplies::HostOnly)
        return;
    const QList<TlsaRecord> records = daneRecords(host, plan);
    const QString evidence = evidenceOf(records);
    PublishingInput published;
    published.records = records;
    for (const AddressLook &look : host.addresses) {
        judgeAddress(context, host, plan, look, evidence, findings);
        for (const TlsFacts &tls :
             {look.smtp.tls, look.otherKeyType ? look.otherKeyType->tls : TlsFacts()}) {
            if (tls.established && !tls.chain.isEmpty())
                published.chains.append(tls.chain);
        }
    }
    if (!published.chains.isEmpty())
        findings.add(judgePublishing(published).issues, G, name, evidence);
}

} // namespace

void judgeDaneOfHosts(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    if (!survey.hostsKnown || survey.hosts.isEmpty())
        return; // judgeMx tells
    if (!survey.finished && survey.validation == Validation::Unknown)
        return;
    const DaneDiscovery discovery = daneDiscovery(survey);
    const bool isWhole = std::all_of(survey.hosts.begin(), survey.hosts.end(),
                                     [](const MailHost &host) { return host.done; });
    if (isWhole || survey.finished)
        findings.add(withUnknown(discovery.issues), G, survey.domain.display());
    for (qsizetype i = 0; i < survey.hosts.size(); ++i) {
        if (survey.hosts.at(i).done || survey.finished)
            judgeHost(context, survey.hosts.at(i), discovery.hosts.at(i), findings);
    }
}
