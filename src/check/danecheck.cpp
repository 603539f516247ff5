// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// DANE of every mail server: RFC 7672, RFC 7671 8 (what a publisher owes).
#include "base/limits.h"
#include "check/danecauses.h"
#include "check/danestate.h"

#include <QMap>

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

/// The verdict at one address. What the owner of the records owes is told once for all addresses.
DaneVerdict verdictAt(const Survey &survey, const MailHost &host, const DaneHostPlan &plan,
                      const AddressLook &look)
{
    DaneVerdict verdict = daneVerdict(survey, host, plan, look);
    verdict.issues.removeIf(isOfPublishing);
    const QList<Certificate> &chain = daneFacts(host, plan, look).tls.chain;
    if (verdict.result == DaneResult::Fail && !chain.isEmpty())
        verdict.issues += mistypedSelectors(daneRecords(host, plan), chain.first());
    verdict.issues = withoutFollowers(verdict.issues, verdict.issues, daneRecords(host, plan));
    return verdict;
}

void judgeResult(const Context &context, const MailHost &host, const AddressLook &look,
                 DaneResult result, bool isForAll, const QString &evidence, Findings &findings)
{
    const QString name = QString::fromLatin1(host.name);
    const QString subject = subjectOf(host, look);
    switch (result) {
    case DaneResult::Authenticated:
        if (!isForAll) // DANE-38 tells
            break;
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
    published.host = host.name;
    QList<DaneVerdict> verdicts;
    QList<Issue> causes;
    for (const AddressLook &look : host.addresses) {
        verdicts.append(verdictAt(context.survey, host, plan, look));
        causes += verdicts.last().issues;
        for (const TlsFacts &tls : {daneFacts(host, plan, look).tls,
                                    look.otherKeyType ? look.otherKeyType->tls : TlsFacts()}) {
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
        const DaneResult result = verdicts.at(i).result;
        const bool isForAll = daneResult(context.survey, host, plan, look) == result;
        judgeResult(context, host, look, result, isForAll, evidence, findings);
    }
    if (!published.chains.isEmpty())
        findings.add(withoutFollowers(judgePublishing(published).issues, causes, published.records),
                     G, name, evidence);
}

/// DANE-33, DANE-45: what is right today and makes a slip of tomorrow hurt.
void adviseOnRecords(const Survey &survey, const MailHost &host, const DaneHostPlan &plan,
                     Findings &findings)
{
    constexpr int Day = 86400;
    const QString name = QString::fromLatin1(host.name);
    const auto &answer = plan.base == host.name ? host.tlsa : host.tlsaAtAlias;
    if (answer && answer->cut) // one that was left out may be the one that matches
        findings.add("DNS-14.cut", Severity::Unknown, G, name,
                     {QString::number(Limits::TlsaRecords)});
    if (answer && answer->ttl > Day)
        findings.add("DANE-33", Severity::Info, G, name, {name, QString::number(answer->ttl)});
    QList<TlsaRecord> usable = daneRecords(host, plan);
    usable.removeIf([](const TlsaRecord &record) { return !whyUnusable(record).isEmpty(); });
    // Only what works can stop to work: an issuer that anybody trusts is a public authority.
    const auto isPublic = [&](const AddressLook &look) {
        return look.smtp.tls.pkix.trusted &&
               daneResult(survey, host, plan, look) == DaneResult::Authenticated;
    };
    if (usable.size() == 1 && usable.first().usage == 2 &&
        std::any_of(host.addresses.begin(), host.addresses.end(), isPublic))
        findings.add("DANE-45.one", Severity::Info, G, name, {name});
}

/// DANE-42: senders look at the names of the mail servers only.
void judgeMisplaced(const Survey &survey, Findings &findings)
{
    const auto &answer = survey.tlsaAtDomain;
    if (!answer || answersLikeWildcard(survey, *answer) ||
        judgeFailedLookup(*answer, G, QString::fromLatin1(answer->name), findings))
        return;
    const QList<TlsaRecord> records = tlsaRecords(*answer);
    const bool isMissing =
            std::all_of(survey.hosts.begin(), survey.hosts.end(), [](const MailHost &host) {
                return host.tlsa && host.tlsa->isAbsent() &&
                       (!host.tlsaAtAlias || host.tlsaAtAlias->isAbsent());
            });
    if (!isMissing || records.isEmpty())
        return;
    QStringList right;
    for (const MailHost &host : survey.hosts)
        right.append(QString::fromLatin1(tlsaOwner(host.name)));
    findings.add("DANE-42.place", Severity::Error, G, survey.domain.display(),
                 {QString::fromLatin1(answer->name), right.join(QStringLiteral(", "))},
                 evidenceOf(records));
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
    // RFC 7672 2.2.2: some name servers drop or refuse the type, and answer others at the same name.
    const bool isTypeRefused = host.a && host.a->isKnown() &&
                               host.a->security == Security::Secure && host.tlsa &&
                               !host.tlsa->isKnown() && !isFaultOfDomain(*host.tlsa) &&
                               host.besideTlsa && host.besideTlsa->isKnown();
    if (isTypeRefused && !survey.cancelled) {
        // It says what DANE-10 says, with the cause.
        issues.removeIf([](const Issue &issue) { return issue.rule() == "DANE-10"; });
        issues.append({"DANE-44", Severity::Error, {name}});
    }
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
        adviseOnRecords(context.survey, host, plan, findings);
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

/// The keys that the server's addresses show, each once, in an order of their own.
QList<QByteArray> keysOf(const MailHost &host)
{
    QList<QByteArray> keys;
    for (const AddressLook &look : host.addresses) {
        const QList<Certificate> &chain = look.smtp.tls.chain;
        if (look.smtp.tls.established && !chain.isEmpty() &&
            !keys.contains(chain.first().publicKey))
            keys.append(chain.first().publicKey);
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

/// RFC 7672 2.2.3: servers whose TLSA names are aliases of one place should have one key.
void judgeSharedRecords(const Survey &survey, Findings &findings)
{
    QMap<QByteArray, QList<const MailHost *>> byPlace;
    for (const MailHost &host : survey.hosts) {
        const bool isShared = host.tlsa && host.tlsa->isAlias() && host.tlsa->isFound() &&
                              host.tlsa->security == Security::Secure;
        const QList<TlsaRecord> records = isShared ? tlsaRecords(*host.tlsa) : QList<TlsaRecord>();
        if (std::any_of(records.begin(), records.end(),
                        [](const TlsaRecord &record) { return record.usage == 3; }) &&
            !keysOf(host).isEmpty())
            byPlace[host.tlsa->canonicalName].append(&host);
    }
    for (auto place = byPlace.cbegin(); place != byPlace.cend(); ++place) {
        QStringList names;
        bool isUnlike = false;
        for (const MailHost *host : place.value()) {
            names.append(QString::fromLatin1(host->name));
            isUnlike |= keysOf(*host) != keysOf(*place.value().first());
        }
        if (isUnlike)
            findings.add("DANE-35.unlike", Severity::Warning, G, survey.domain.display(),
                         {names.join(QStringLiteral(", ")), QString::fromLatin1(place.key())});
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
        if (survey.validation == Validation::Works)
            judgeSharedRecords(survey, findings);
        judgeMisplaced(survey, findings);
    }
    // Without validation, or without an MX answer that counts, there is nothing to say of each.
    if (survey.validation != Validation::Works || !survey.mx || !survey.mx->isKnown())
        return;
    for (qsizetype i = 0; i < survey.hosts.size(); ++i) {
        if (survey.hosts.at(i).done || survey.finished)
            judgeHost(context, survey.hosts.at(i), discovery.hosts.at(i), findings);
    }
}
