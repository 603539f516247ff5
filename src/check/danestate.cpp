// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/danestate.h"

std::optional<DnsAnswer> madeLookup(const Survey &survey, const std::optional<DnsAnswer> &answer)
{
    if (answer && survey.cancelled && !answer->isKnown() && !isFaultOfDomain(*answer))
        return std::nullopt;
    return answer;
}

namespace {

DaneHostFacts factsOf(const Survey &survey, const MailHost &host)
{
    DaneHostFacts facts;
    facts.name = host.name;
    facts.expanded = host.expandedName();
    facts.alias = daneLookup(madeLookup(survey, host.alias));
    facts.address = daneAddresses(madeLookup(survey, host.a), madeLookup(survey, host.aaaa));
    facts.tlsa = daneLookup(madeLookup(survey, host.tlsa));
    facts.tlsaAtExpanded = daneLookup(madeLookup(survey, host.tlsaAtAlias));
    facts.besideTlsa = daneLookup(madeLookup(survey, host.besideTlsa));
    return facts;
}

DaneDomainFacts factsOf(const Survey &survey)
{
    DaneDomainFacts facts;
    facts.validates = survey.validation == Validation::Works;
    facts.domain = survey.domain.ascii();
    if (survey.mx && survey.mx->isAlias())
        facts.expanded = survey.mx->canonicalName;
    facts.mx = daneLookup(madeLookup(survey, survey.mx));
    facts.alias = facts.mx; // the answer is as secure as its weakest alias (DANE-4)
    for (const MailHost &host : survey.hosts)
        facts.hosts.append(factsOf(survey, host));
    return facts;
}

/// Far enough to say whether TLS is offered. A firewall that hides the offer may be on this side.
bool wasSeen(const AddressLook &look, const SmtpFacts &facts)
{
    const auto isMasked = [](const Issue &issue) { return issue.rule() == "TLS-24"; };
    if (!look.done || look.skip != AddressLook::Skip::No ||
        std::any_of(facts.issues.begin(), facts.issues.end(), isMasked))
        return false;
    return facts.tls.established || facts.end == SmtpFacts::End::NoStartTls ||
           facts.end == SmtpFacts::End::TlsFailed;
}

} // namespace

bool isMxSetBroken(const Survey &survey)
{
    return survey.validation == Validation::Works && survey.mx && isFaultOfDomain(*survey.mx);
}

DaneDiscovery daneDiscovery(const Survey &survey)
{
    return discoverDane(factsOf(survey));
}

QList<TlsaRecord> daneRecords(const MailHost &host, const DaneHostPlan &plan)
{
    const auto &answer = plan.base == host.name ? host.tlsa : host.tlsaAtAlias;
    return answer ? tlsaRecords(*answer) : QList<TlsaRecord>();
}

const SmtpFacts &daneFacts(const MailHost &host, const DaneHostPlan &plan, const AddressLook &look)
{
    return plan.base != host.name && look.atBase ? *look.atBase : look.smtp;
}

DaneVerdict daneVerdict(const Survey &survey, const MailHost &host, const DaneHostPlan &plan,
                        const AddressLook &look)
{
    DaneVerdict verdict;
    if (plan.applies == DaneApplies::NotApplicable)
        verdict.result = DaneResult::NotApplicable;
    else if (plan.applies == DaneApplies::Unreachable)
        verdict.result = DaneResult::Unreachable;
    if (plan.applies != DaneApplies::Applies && plan.applies != DaneApplies::HostOnly)
        return verdict;
    DaneInput input;
    input.records = daneRecords(host, plan);
    input.names = plan.names;
    input.now = survey.at;
    const SmtpFacts &facts = daneFacts(host, plan, look);
    if (wasSeen(look, facts)) { // else only the records are judged
        input.chain = facts.tls.chain;
        input.startTls = facts.end != SmtpFacts::End::NoStartTls;
    }
    return judgeDane(input);
}

DaneResult daneResult(const Survey &survey, const MailHost &host, const DaneHostPlan &plan,
                      const AddressLook &look)
{
    const DaneResult result = daneVerdict(survey, host, plan, look).result;
    if (result != DaneResult::Authenticated || !look.otherKeyType ||
        look.otherKeyType->tls.chain.isEmpty())
        return result;
    AddressLook other = look;
    other.smtp = *look.otherKeyType;
    other.atBase.reset();
    return daneVerdict(survey, host, plan, other).result;
}

Report::Dane daneState(const Context &context)
{
    const Survey &survey = context.survey;
    if (survey.nullMx)
        return Report::Dane::Absent;
    if (!isMxSetBroken(survey) && (!survey.hostsKnown || survey.hosts.isEmpty()))
        return Report::Dane::Unknown;
    const DaneDiscovery discovery = daneDiscovery(survey);
    int authenticated = 0;
    int absent = 0;
    bool isUnknown = false;
    bool isBroken = discovery.applies == DaneApplies::Unreachable;
    for (qsizetype i = 0; i < survey.hosts.size(); ++i) {
        const MailHost &host = survey.hosts.at(i);
        const DaneHostPlan &plan = discovery.hosts.at(i);
        isUnknown |= !host.done || plan.applies == DaneApplies::Unknown;
        absent += plan.applies == DaneApplies::NotApplicable;
        isBroken |= plan.applies == DaneApplies::Unreachable;
        for (const AddressLook &look : host.addresses) {
            switch (daneResult(survey, host, plan, look)) {
            case DaneResult::Authenticated:
                ++authenticated;
                break;
            case DaneResult::Fail:
            case DaneResult::EncryptUnauthenticated:
            case DaneResult::Unreachable:
                isBroken = true;
                break;
            case DaneResult::Unknown:
                isUnknown = true;
                break;
            case DaneResult::NotApplicable:
                break;
            }
        }
    }
    if (isBroken)
        return Report::Dane::Broken;
    if (absent == survey.hosts.size())
        return Report::Dane::Absent;
    if (isUnknown)
        return Report::Dane::Unknown;
    // DANE-3: without a signed MX set only the hosts are protected, not the domain.
    const bool isWhole = absent == 0 && discovery.applies == DaneApplies::Applies;
    return authenticated == 0 ? Report::Dane::Absent
           : isWhole          ? Report::Dane::All
                              : Report::Dane::Some;
}

QByteArray daneWordOf(const Survey &survey, const MailHost &host, const AddressLook &look)
{
    if (survey.validation != Validation::Works)
        return "unknown"; // DNS-15
    const DaneHostPlan plan = discoverDaneHost(factsOf(survey), factsOf(survey, host));
    switch (daneResult(survey, host, plan, look)) {
    case DaneResult::Authenticated:
        return "authenticated";
    case DaneResult::Fail:
    case DaneResult::Unreachable:
        return "fail";
    case DaneResult::EncryptUnauthenticated:
        return "encrypt-unauthenticated";
    case DaneResult::NotApplicable: {
        const bool isInsecure =
                host.tlsa && host.tlsa->isFound() && host.tlsa->security == Security::Insecure;
        return isInsecure ? "insecure" : "absent";
    }
    case DaneResult::Unknown:
        break;
    }
    return "unknown";
}
