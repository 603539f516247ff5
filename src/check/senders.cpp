// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 5321 5.1 (order of the hosts), RFC 7672 (DANE), RFC 8461 4, 5 (MTA-STS).
#include "check/senders.h"

#include "check/addressdelivery.h"

#include <algorithm>

namespace {

/// Several addresses or hosts of which the sender takes any: those that refuse are passed over, one
/// that was not seen leaves it open, else the worst that can happen.
Handling anyOf(const QList<Handling> &all)
{
    Handling worst = Handling::Deferred;
    for (const Handling delivery : all) {
        if (delivery == Handling::Unknown)
            return Handling::Unknown;
        if (delivery > Handling::Deferred)
            worst = worst == Handling::Deferred ? delivery : std::min(worst, delivery);
    }
    return worst;
}

void addOnce(QList<Issue> &list, const QList<Issue> &more)
{
    for (const Issue &issue : more) {
        if (!list.contains(issue))
            list.append(issue);
    }
}

bool isOutOfReach(const AddressLook &look)
{
    return look.skip == AddressLook::Skip::NoIpv6 || look.skip == AddressLook::Skip::TooMany;
}

/// What can be said of a host before any address is tried.
std::optional<AddressDelivery> withoutAddresses(const SenderSight &sight, const MailHost &host)
{
    const QString name = QString::fromLatin1(host.name);
    if (!host.addresses.isEmpty())
        return std::nullopt;
    if (host.a && host.aaaa && host.a->isKnown() && host.aaaa->isKnown() && !host.a->isFound() &&
        !host.aaaa->isFound())
        return AddressDelivery{Handling::Deferred, {{"DNS-12", Severity::Error, {name}}}};
    if (sight.dane && isDaneUnreachable(sight, host))
        return AddressDelivery{Handling::Deferred, {{"DANE-10", Severity::Error, {name}}}};
    return AddressDelivery{Handling::Unknown,
                           {{"DNS-1", Severity::Unknown, {QStringLiteral("A"), name}}}};
}

SenderStep stepOf(const SenderSight &sight, const MailHost &host)
{
    SenderStep step;
    step.host = host.name;
    step.preference = host.preference;
    if (const auto early = withoutAddresses(sight, host)) {
        step.delivery = step.seen = early->delivery;
        step.reasons = early->reasons;
        return step;
    }
    QList<Handling> all, tested;
    for (const AddressLook &look : host.addresses) {
        const AddressDelivery one = deliveryTo(sight, host, look);
        all.append(one.delivery);
        if (!isOutOfReach(look))
            tested.append(one.delivery);
        addOnce(step.reasons, one.reasons);
    }
    step.delivery = anyOf(all);
    step.seen = tested.isEmpty() ? Handling::Unknown : anyOf(tested);
    return step;
}

/// RFC 5321 5.1: the lowest preference first, within one any order; the next when all of it refuse.
Handling inOrder(const QList<SenderStep> &steps, Handling SenderStep::*of, QList<QByteArray> *hosts)
{
    for (qsizetype i = 0; i < steps.size();) {
        QList<Handling> group;
        QList<QByteArray> taken;
        const int preference = steps.at(i).preference;
        for (; i < steps.size() && steps.at(i).preference == preference; ++i) {
            group.append(steps.at(i).*of);
            if (group.last() > Handling::Deferred)
                taken.append(steps.at(i).host);
        }
        const Handling delivery = anyOf(group);
        if (delivery == Handling::Deferred)
            continue;
        if (hosts && delivery != Handling::Unknown)
            *hosts = taken;
        return delivery;
    }
    return Handling::Deferred;
}

/// What decides before any host is tried; empty where there are hosts to try.
std::optional<SenderOutcome> withoutHosts(const Survey &survey, const SenderTraits &sender)
{
    const QString domain = survey.domain.display();
    const auto ended = [](Handling delivery, Issue reason) {
        SenderOutcome outcome;
        outcome.delivery = outcome.asFarAsSeen = delivery;
        outcome.reasons.append(std::move(reason));
        return outcome;
    };
    if (survey.nullMx) // RFC 7505 3: returned at once
        return ended(Handling::NoMail, {"NMX-1", Severity::Info, {domain}});
    if (isMxSetBroken(survey)) {
        // RFC 7672 2.1.2. Others fail too where their resolver validates, which is not known of them.
        const Issue bogus{"DNS-9", Severity::Error, {QStringLiteral("MX"), domain}};
        return ended(sender.dane ? Handling::Deferred : Handling::Unknown, bogus);
    }
    if (survey.mx && survey.mx->status == AnswerStatus::NoName)
        return ended(Handling::NoMail, {"DNS-1.noname", Severity::Error, {domain}});
    if (!survey.hostsKnown || survey.hosts.isEmpty())
        return ended(Handling::Unknown,
                     {"DNS-1", Severity::Unknown, {QStringLiteral("MX"), domain}});
    const MailHost &first = survey.hosts.first();
    const bool isHomeless = survey.implicitMx && first.addresses.isEmpty() && first.a &&
                            first.aaaa && first.a->isAbsent() && first.aaaa->isAbsent();
    if (isHomeless)
        return ended(Handling::NoMail, {"NMX-6", Severity::Info, {domain}});
    return std::nullopt;
}

SenderOutcome outcomeOf(const Survey &survey, const SenderTraits &sender, const PolicyInUse &policy)
{
    if (const auto early = withoutHosts(survey, sender))
        return *early;
    SenderOutcome outcome;
    const SenderSight sight{survey, sender.mtaSts,        sender.dane, sender.daneForUnsignedMx,
                            policy, daneDiscovery(survey)};
    QList<MailHost> hosts = survey.hosts;
    std::stable_sort(hosts.begin(), hosts.end(), [](const MailHost &a, const MailHost &b) {
        return a.preference < b.preference;
    });
    for (const MailHost &host : hosts)
        outcome.steps.append(stepOf(sight, host));
    outcome.delivery = inOrder(outcome.steps, &SenderStep::delivery, &outcome.hosts);
    outcome.asFarAsSeen = inOrder(outcome.steps, &SenderStep::seen,
                                  outcome.delivery == Handling::Unknown ? &outcome.hosts : nullptr);
    if (survey.mx && survey.mx->cut) { // there are hosts that nobody looked at
        outcome.reasons.append(
                {"DNS-14.cut", Severity::Unknown, {QString::number(Limits::MxRecords)}});
        outcome.delivery = Handling::Unknown;
    }
    return outcome;
}

/// The policy that a sender without one in its memory finds now.
PolicyInUse policyFoundNow(const Survey &survey, const Report &report)
{
    const QString domain = survey.domain.display();
    const PolicyHostJudgement judgement = judgePolicyHost(survey);
    PolicyInUse use;
    switch (report.sts) {
    case Report::Sts::Absent:
        use.state = PolicyInUse::State::None;
        return use;
    case Report::Sts::Broken: {
        // Deployed senders refuse it, and some do not: what both do alike is known all the same.
        const bool isDisputed = judgement.outcome == PolicyHostOutcome::PolicyWithError;
        use.state = isDisputed ? PolicyInUse::State::Unknown : PolicyInUse::State::None;
        use.reasons.append({"STS-57", Severity::Error, {domain}});
        return use;
    }
    case Report::Sts::None:
    case Report::Sts::Testing:
    case Report::Sts::Enforce:
        if (judgement.reading && judgement.reading->policy) {
            use.state = PolicyInUse::State::Known;
            use.policy = *judgement.reading->policy;
            return use;
        }
        break;
    case Report::Sts::Unknown:
        break;
    }
    use.reasons.append(
            {"STS-18", Severity::Unknown, {QString::fromLatin1(survey.domain.child("_mta-sts"))}});
    return use;
}

bool actsAs(const Policy &a, const Policy &b)
{
    return a.mode == b.mode && a.mx == b.mx;
}

/// Those that may still be held and do something else than what is found now, each once, the one that
/// is held longest first. RFC 8461 3.3, 5.1: neither a missing record nor a failed fetch ends a policy
/// that is held.
QList<CachedPolicy> othersThan(const PolicyInUse &now, const QList<CachedPolicy> &held,
                               const QDateTime &at)
{
    QList<CachedPolicy> sorted = held;
    std::stable_sort(
            sorted.begin(), sorted.end(),
            [](const CachedPolicy &a, const CachedPolicy &b) { return a.until > b.until; });
    QList<CachedPolicy> others;
    for (const CachedPolicy &one : std::as_const(sorted)) {
        const bool isFoundNow =
                now.state == PolicyInUse::State::Known && actsAs(now.policy, one.policy);
        const bool isTold =
                std::any_of(others.cbegin(), others.cend(), [&](const CachedPolicy &other) {
                    return actsAs(other.policy, one.policy);
                });
        if (one.until > at && !isFoundNow && !isTold)
            others.append(one);
    }
    return others;
}

/// Of what a policy does. Mail that certainly waits is worse than what nobody knows.
std::pair<int, int> harm(const SenderOutcome &outcome)
{
    const auto rank = [](Handling delivery) {
        switch (delivery) {
        case Handling::Deferred:
            return 4;
        case Handling::Unknown:
            return 3;
        case Handling::Plain:
            return 2;
        case Handling::Encrypted:
            return 1;
        case Handling::Verified:
        case Handling::NoMail: // whatever the policy says
            break;
        }
        return 0;
    };
    return {rank(outcome.delivery), rank(outcome.asFarAsSeen)};
}

} // namespace

const QList<SenderTraits> &knownSenders()
{
    // Gmail: an audit of September 2024. Microsoft: the same for MTA-STS; that both are validated by
    // default in outbound mail is what Microsoft wrote of Exchange Online up to March 2026.
    static const QList<SenderTraits> all{
            {SenderKind::Gmail, true, false, false, QDate(2024, 9, 1)},
            // Exchange Online needs MX, host and TLSA all signed.
            {SenderKind::Microsoft365, true, true, false, QDate(2026, 3, 1)},
            {SenderKind::PostfixMtaSts, true, false, false, {}},
            // smtp_tls_dane_insecure_mx_policy = dane is its default.
            {SenderKind::PostfixDane, false, true, true, {}},
            {SenderKind::Neither, false, false, false, {}},
    };
    return all;
}

QList<SenderView> whatSendersDo(const Survey &survey, const Report &report,
                                const QList<CachedPolicy> &held)
{
    const PolicyInUse now = policyFoundNow(survey, report);
    const QList<CachedPolicy> others = othersThan(now, held, survey.at);
    QList<SenderView> views;
    for (const SenderTraits &sender : knownSenders()) {
        SenderView view{sender, outcomeOf(survey, sender, now), {}, {}, 0};
        for (const CachedPolicy &cached : sender.mtaSts ? others : QList<CachedPolicy>()) {
            PolicyInUse use;
            use.state = PolicyInUse::State::Known;
            use.policy = cached.policy;
            const SenderOutcome outcome = outcomeOf(survey, sender, use);
            if (view.withCached && harm(outcome) <= harm(*view.withCached))
                continue;
            view.withCached = outcome;
            view.cached = cached;
        }
        view.othersHeld = view.withCached ? int(others.size()) - 1 : 0;
        views.append(view);
    }
    return views;
}
