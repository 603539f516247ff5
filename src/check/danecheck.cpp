// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// DANE of every mail server: RFC 7672, RFC 7671 8 (what a publisher owes).
#include "check/danestate.h"

#include <algorithm>

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

bool isOfPublishing(const Issue &issue)
{
    const QByteArray rule = issue.rule();
    return rule == "DANE-27" || rule == "DANE-28" || rule == "DANE-32" || rule == "DANE-38";
}

/// DANE-42: the digest of the certificate published as that of the key, or the other way round.
QList<Issue> mistypedSelectors(const QList<TlsaRecord> &records, const Certificate &leaf)
{
    QList<Issue> issues;
    for (const TlsaRecord &record : records) {
        TlsaRecord meant = record;
        meant.selector = quint8(1 - record.selector);
        if (record.usage == 3 && record.selector <= 1 && record.matching <= 2 &&
            tlsaData(leaf, meant.selector, record.matching) == record.data)
            issues.append({"DANE-42.selector",
                           Severity::Error,
                           {QString::fromLatin1(tlsaToText(record)),
                            QString::fromLatin1(tlsaToText(meant))}});
    }
    return issues;
}

/// The verdict at one address. What the owner of the records owes is told once for all addresses.
DaneVerdict verdictAt(const Survey &survey, const MailHost &host, const DaneHostPlan &plan,
                      const AddressLook &look)
{
    DaneVerdict verdict = daneVerdict(survey, host, plan, look);
    verdict.issues.removeIf(isOfPublishing);
    const QList<Certificate> &chain = look.smtp.tls.chain;
    if (verdict.result == DaneResult::Fail && !chain.isEmpty())
        verdict.issues += mistypedSelectors(daneRecords(host, plan), chain.first());
    return verdict;
}

void judgeResult(const Context &context, const MailHost &host, const AddressLook &look,
                 DaneResult result, const QString &evidence, Findings &findings)
{
    const QString name = QString::fromLatin1(host.name);
    const QString subject = subjectOf(host, look);
    switch (result) {
    case DaneResult::Authenticated:
        findings.add("DANE-26.ok", Severity::Ok, G, subject, {name}, evidence);
        break;
    case DaneResult::Unknown:
        findings.add("DANE-1.unseen", Severity::Unknown, G, subject, {name}, evidence);
        break;
    case DaneResult::Fail: {
        // RFC 8461 2: MTA-STS never overrides a failing DANE check.
        const bool isOn = context.policy && context.policy->mode != Policy::Mode::None;
        if (isOn && look.smtp.tls.pkix.isValid())
            findings.add("STS-82", Severity::Error, G, subject, {name}, evidence);
        break;
    }
    default:
        break;
    }
}

void judgeRecords(const Context &context, const MailHost &host, const DaneHostPlan &plan,
                  Findings &findings)
{
    const QString name = QString::fromLatin1(host.name);
    const QString evidence = evidenceOf(daneRecords(host, plan));
    PublishingInput published;
    published.records = daneRecords(host, plan);
    QList<DaneVerdict> verdicts;
    for (const AddressLook &look : host.addresses) {
        verdicts.append(verdictAt(context.survey, host, plan, look));
        for (const TlsFacts &tls :
             {look.smtp.tls, look.otherKeyType ? look.otherKeyType->tls : TlsFacts()}) {
            if (tls.established && !tls.chain.isEmpty())
                published.chains.append(tls.chain);
        }
    }
    // What holds at every address is of the records, and told once.
    QList<Issue> shared = verdicts.isEmpty() ? QList<Issue>() : verdicts.first().issues;
    for (const DaneVerdict &verdict : verdicts)
        shared.removeIf([&](const Issue &issue) { return !verdict.issues.contains(issue); });
    findings.add(shared, G, name, evidence);
    for (qsizetype i = 0; i < verdicts.size(); ++i) {
        const AddressLook &look = host.addresses.at(i);
        QList<Issue> own = verdicts.at(i).issues;
        own.removeIf([&](const Issue &issue) { return shared.contains(issue); });
        findings.add(own, G, subjectOf(host, look), evidence);
        judgeResult(context, host, look, verdicts.at(i).result, evidence, findings);
    }
    if (!published.chains.isEmpty())
        findings.add(judgePublishing(published).issues, G, name, evidence);
}

/// What stands in the way before any record counts.
QList<Issue> issuesOfPlan(const Survey &survey, const MailHost &host, const DaneHostPlan &plan)
{
    QList<Issue> issues = withUnknown(plan.issues);
    const QString name = QString::fromLatin1(host.name);
    const auto has = [&](const QByteArray &rule) {
        return std::any_of(issues.begin(), issues.end(),
                           [&](const Issue &issue) { return issue.rule() == rule; });
    };
    const bool isUnsigned =
            host.tlsa && host.tlsa->isFound() && host.tlsa->security == Security::Insecure;
    if (isUnsigned && plan.applies == DaneApplies::NotApplicable) {
        // RFC 6698 4.1: published, and nobody uses it; that the zone is unsigned is the same news.
        issues.removeIf([](const Issue &issue) { return issue.rule() == "DANE-5"; });
        if (!has("DANE-2"))
            issues.append({"DANE-2", Severity::Error, {name}});
    } else if (plan.applies == DaneApplies::NotApplicable) {
        // Without records the alias is only what DNS-11 tells.
        issues.removeIf([](const Issue &issue) { return issue.rule() == "DANE-9"; });
    }
    // RFC 7672 2.2.2: some name servers drop or refuse the type, and answer others.
    const bool isTypeRefused = host.a && host.a->isKnown() &&
                               host.a->security == Security::Secure && host.tlsa &&
                               !host.tlsa->isKnown() && !isFaultOfDomain(*host.tlsa);
    if (isTypeRefused && !survey.cancelled)
        issues.append({"DANE-44", Severity::Error, {name}});
    return issues;
}

void judgeHost(const Context &context, const MailHost &host, const DaneHostPlan &plan,
               Findings &findings)
{
    const QString name = QString::fromLatin1(host.name);
    const QList<Issue> issues = issuesOfPlan(context.survey, host, plan);
    findings.add(issues, G, name);
    if (host.tlsa && isFaultOfDomain(*host.tlsa))
        (void)judgeFailedLookup(*host.tlsa, G, name, findings);
    switch (plan.applies) {
    case DaneApplies::NotApplicable:
        if (issues.isEmpty())
            findings.add("DANE-41.absent", Severity::Info, G, name, {name});
        break;
    case DaneApplies::Applies:
    case DaneApplies::HostOnly:
        judgeRecords(context, host, plan, findings);
        break;
    case DaneApplies::Unknown:
        if (context.survey.finished)
            findings.add("DANE-1.unseen", Severity::Unknown, G, name, {name});
        break;
    case DaneApplies::Partial:
    case DaneApplies::Unreachable:
        break;
    }
}

} // namespace

void judgeDaneOfHosts(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    if (!isMxSetBroken(survey) && (!survey.hostsKnown || survey.hosts.isEmpty()))
        return; // judgeMx tells
    if (!survey.finished && survey.validation == Validation::Unknown)
        return;
    const DaneDiscovery discovery = daneDiscovery(survey);
    const bool isWhole = std::all_of(survey.hosts.begin(), survey.hosts.end(),
                                     [](const MailHost &host) { return host.done; });
    if (isWhole || survey.finished) {
        QList<Issue> issues = withUnknown(discovery.issues);
        issues.removeIf([](const Issue &issue) { return issue.rule() == "DNS-9"; }); // judgeMx
        findings.add(issues, G, survey.domain.display());
    }
    // Without validation, or without an MX answer that counts, there is nothing to say of each.
    if (survey.validation != Validation::Works || !survey.mx || !survey.mx->isKnown())
        return;
    for (qsizetype i = 0; i < survey.hosts.size(); ++i) {
        if (survey.hosts.at(i).done || survey.finished)
            judgeHost(context, survey.hosts.at(i), discovery.hosts.at(i), findings);
    }
}
