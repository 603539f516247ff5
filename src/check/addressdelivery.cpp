// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// First what the server shows, then what the sender demands: DANE where it applies, then MTA-STS.
#include "check/addressdelivery.h"

#include "check/servercertificate.h"

#include <algorithm>

namespace {

using End = SmtpFacts::End;
using State = PolicyInUse::State;

AddressDelivery unknown(const QByteArray &id, const QStringList &values)
{
    return {Handling::Unknown, {{id, Severity::Unknown, values}}};
}

AddressDelivery refused(const QByteArray &id, const QStringList &values)
{
    return {Handling::Deferred, {{id, Severity::Error, values}}};
}

bool wasReached(const AddressLook &look)
{
    return look.smtp.stage > SmtpFacts::Stage::Connect;
}

bool isSomethingReached(const Survey &survey)
{
    return std::any_of(survey.hosts.begin(), survey.hosts.end(), [](const MailHost &host) {
        return std::any_of(host.addresses.begin(), host.addresses.end(), wasReached);
    });
}

/// Why the address says nothing; empty where the server was talked to.
std::optional<AddressDelivery> unseen(const Survey &survey, const MailHost &host,
                                      const AddressLook &look)
{
    using Skip = AddressLook::Skip;
    const QString name = QString::fromLatin1(host.name);
    const QStringList both{name, look.address.toString()};
    switch (look.skip) {
    case Skip::No:
        break;
    case Skip::Private: // TLS-31: nobody on the Internet gets there
        return refused("TLS-31", both);
    case Skip::NoIpv6:
        return unknown("TLS-29", both);
    case Skip::SmtpOff:
        return unknown("TLS-22.off", both);
    case Skip::TooMany:
        return unknown("TLS-1.cut", both);
    }
    if (!look.done || look.smtp.end == End::NotTried || look.smtp.end == End::Cancelled)
        return unknown("TLS-3.stopped", {name});
    if (wasReached(look))
        return std::nullopt;
    // RFC 5321 5.1: a server that does not answer is passed over, if it is the server.
    if (isSomethingReached(survey))
        return AddressDelivery{Handling::Deferred, {{"TLS-28", Severity::Warning, both}}};
    switch (survey.port25) {
    case Port25::Open:
        return refused("TLS-28.all", {name});
    case Port25::Blocked:
        return unknown("TLS-22", {name});
    case Port25::NoNetwork:
        return unknown("TLS-22.nonetwork", {name});
    case Port25::NotTested:
        break;
    }
    return unknown("TLS-22.unsure", {name});
}

/// What the server offers everybody: Encrypted, Plain, or unknown; with the reason of the latter two.
AddressDelivery offered(const MailHost &host, const AddressLook &look)
{
    const QString name = QString::fromLatin1(host.name);
    const SmtpFacts &facts = look.smtp;
    const bool isMasked = std::any_of(facts.issues.begin(), facts.issues.end(),
                                      [](const Issue &issue) { return issue.rule() == "TLS-24"; });
    switch (facts.end) {
    case End::Done:
        return {Handling::Encrypted, {}};
    case End::NoStartTls:
        if (isMasked) // the firewall may be on this side
            return unknown("TLS-24.unseen", {name});
        return {Handling::Plain, {{"STS-77.end", Severity::Error, {name}}}};
    case End::TlsFailed: // RFC 7435: opportunistic senders go on without
        return {Handling::Plain, {{"STS-77.handshake", Severity::Error, {name, facts.tls.alert}}}};
    case End::StartTlsRefused:
        return {Handling::Plain, {{"TLS-8.end", Severity::Error, {name, facts.problem}}}};
    case End::NotSmtp:
        if (facts.foreign)
            return refused("TLS-3.foreign", {name, look.address.toString(), facts.problem});
        break;
    case End::Injection:
        return unknown("TLS-9.end", {name});
    default:
        break;
    }
    return unknown("TLS-3.unfinished", {name, facts.problem});
}

/// The certificate as RFC 8461 4.2 wants it: Verified, Deferred, or unknown.
AddressDelivery certified(const SenderSight &sight, const MailHost &host, const AddressLook &look)
{
    const TlsFacts &tls = look.smtp.tls;
    QList<Finding> list;
    Findings findings(list);
    const LastSeen nothing;
    const Context context{
            .survey = sight.survey, .lastSeen = nothing, .policyHost = {}, .policy = {}};
    judgeServerCertificate(context, host, look, QString::fromLatin1(host.name), findings);
    AddressDelivery result;
    for (const Finding &finding : list) {
        if (finding.severity == Severity::Error || finding.severity == Severity::Unknown)
            result.reasons.append({finding.id, finding.severity, finding.values});
    }
    const auto has = [&](Severity severity, const QByteArray &rule) {
        return std::any_of(result.reasons.begin(), result.reasons.end(), [&](const Issue &issue) {
            return issue.severity == severity && (rule.isEmpty() || issue.rule() == rule);
        });
    };
    const bool isOnlyWeak =
            has(Severity::Error, "TLS-19") &&
            std::count_if(result.reasons.begin(), result.reasons.end(), [](const Issue &issue) {
                return issue.severity == Severity::Error;
            }) == 1;
    // Weak keys are refused by some only; a root of this computer alone says nothing of others.
    if (isOnlyWeak || (has(Severity::Unknown, {}) && !has(Severity::Error, {})))
        result.delivery = Handling::Unknown;
    else if (result.reasons.isEmpty() && tls.pkix.isValid())
        result.delivery = Handling::Verified;
    else if (has(Severity::Error, {}))
        result.delivery = Handling::Deferred;
    if (result.delivery == Handling::Verified)
        for (const Finding &finding : list)
            if (finding.id == "STS-74.ok")
                result.reasons.append({finding.id, finding.severity, finding.values});
    return result;
}

/// RFC 8461 4, 5: what the policy makes of what the server offers.
AddressDelivery underPolicy(const SenderSight &sight, const MailHost &host, const AddressLook &look,
                            const AddressDelivery &open)
{
    const PolicyInUse &use = sight.policy;
    const QString name = QString::fromLatin1(host.name);
    if (!sight.mtaSts || use.state == State::None)
        return open;
    if (use.state == State::Unknown)
        return {Handling::Unknown, use.reasons + open.reasons};
    if (use.policy.mode == Policy::Mode::None)
        return open;
    const bool isListed = anyMatches(use.policy.mx, host.name);
    if (use.policy.mode == Policy::Mode::Testing) { // RFC 8461 5: delivered all the same
        AddressDelivery result = open;
        result.reasons.prepend({"STS-79.testing", Severity::Info, {sight.survey.domain.display()}});
        if (!isListed)
            result.reasons.append({"STS-70.testing", Severity::Warning, {name}});
        return result;
    }
    if (!isListed)
        return refused("STS-70.enforce", {name});
    if (open.delivery == Handling::Plain)
        return {Handling::Deferred, open.reasons};
    return open.delivery == Handling::Encrypted ? certified(sight, host, look) : open;
}

const DaneHostPlan *planOf(const SenderSight &sight, const MailHost &host)
{
    for (const DaneHostPlan &plan : sight.discovery.hosts) {
        if (plan.name == host.name)
            return &plan;
    }
    return nullptr;
}

/// RFC 7672 2.2; empty where DANE has no say and the policy decides.
std::optional<AddressDelivery> byDane(const SenderSight &sight, const MailHost &host,
                                      const AddressLook &look, const AddressDelivery &open)
{
    const QString name = QString::fromLatin1(host.name);
    const DaneHostPlan *plan = planOf(sight, host);
    if (!plan || plan->applies == DaneApplies::Unknown)
        return unknown("DANE-1.unseen", {name});
    if (plan->applies == DaneApplies::Unreachable)
        return refused("DANE-10", {name});
    const bool isHostOnly = plan->applies == DaneApplies::HostOnly;
    if (plan->applies == DaneApplies::NotApplicable || (isHostOnly && !sight.daneForUnsignedMx))
        return std::nullopt;
    if (open.delivery == Handling::Plain) // TLSA records promise TLS; no fall back to clear text
        return AddressDelivery{Handling::Deferred,
                               open.reasons + QList<Issue>{{"DANE-13", Severity::Error, {name}}}};
    const DaneVerdict verdict = daneVerdict(sight.survey, host, *plan, look);
    if (daneResult(sight.survey, host, *plan, look) != verdict.result) // whichever they are shown
        return unknown("DANE-38", {name});
    switch (verdict.result) {
    case DaneResult::Authenticated:
        if (isHostOnly) // RFC 7672 2.2.1: whose host it is nobody has proven
            return AddressDelivery{
                    Handling::Encrypted,
                    {{"DANE-3", Severity::Warning, {sight.survey.domain.display(), name}}}};
        return AddressDelivery{Handling::Verified, {{"DANE-26.ok", Severity::Ok, {name}}}};
    case DaneResult::Fail: {
        QList<Issue> reasons;
        for (const Issue &issue : verdict.issues)
            if (issue.severity == Severity::Error)
                reasons.append(issue);
        return AddressDelivery{Handling::Deferred, reasons};
    }
    case DaneResult::EncryptUnauthenticated: { // TLS is a must, and DANE verifies nothing
        AddressDelivery result = underPolicy(sight, host, look, open);
        result.reasons.append({"DANE-12", Severity::Error, {name}});
        return result;
    }
    case DaneResult::NotApplicable:
        return std::nullopt;
    case DaneResult::Unreachable:
        return refused("DANE-10", {name});
    case DaneResult::Unknown:
        break;
    }
    return unknown("DANE-1.unseen", {name});
}

} // namespace

/// DANE has a say, or may have one.
static bool mayUseDane(const SenderSight &sight, const MailHost &host)
{
    const DaneHostPlan *plan = sight.dane ? planOf(sight, host) : nullptr;
    return sight.dane &&
           (!plan || (plan->applies != DaneApplies::NotApplicable &&
                      (plan->applies != DaneApplies::HostOnly || sight.daneForUnsignedMx)));
}

/// RFC 8461 4.1: a host that an enforced policy does not list is not even connected to.
static bool isRuledOut(const SenderSight &sight, const MailHost &host)
{
    const PolicyInUse &use = sight.policy;
    return sight.mtaSts && use.state == State::Known && use.policy.mode == Policy::Mode::Enforce &&
           !anyMatches(use.policy.mx, host.name);
}

bool isDaneUnreachable(const SenderSight &sight, const MailHost &host)
{
    const DaneHostPlan *plan = planOf(sight, host);
    return plan && plan->applies == DaneApplies::Unreachable;
}

AddressDelivery deliveryTo(const SenderSight &sight, const MailHost &host, const AddressLook &look)
{
    if (sight.dane && isDaneUnreachable(sight, host))
        return refused("DANE-10", {QString::fromLatin1(host.name)});
    if (isRuledOut(sight, host) && !mayUseDane(sight, host))
        return refused("STS-70.enforce", {QString::fromLatin1(host.name)});
    if (const auto nothing = unseen(sight.survey, host, look))
        return *nothing;
    const AddressDelivery open = offered(host, look);
    if (open.delivery == Handling::Unknown || open.delivery == Handling::Deferred)
        return open;
    const std::optional<AddressDelivery> dane =
            sight.dane ? byDane(sight, host, look, open) : std::nullopt;
    if (!dane)
        return underPolicy(sight, host, look, open);
    if (dane->delivery == Handling::Deferred) {
        // RFC 8461 2: MTA-STS never overrides a failing DANE check.
        AddressDelivery result = *dane;
        const AddressDelivery alone = underPolicy(sight, host, look, open);
        if (alone.delivery == Handling::Verified)
            result.reasons.prepend({"STS-82", Severity::Error, {QString::fromLatin1(host.name)}});
        return result;
    }
    if (dane->delivery == Handling::Verified && sight.mtaSts) {
        // RFC 8461 says nothing of the other direction, and no sender of both has written down
        // whether it still delivers when only DANE holds.
        const AddressDelivery alone = underPolicy(sight, host, look, open);
        if (alone.delivery == Handling::Deferred)
            return {Handling::Unknown, dane->reasons + alone.reasons};
    }
    return *dane;
}
