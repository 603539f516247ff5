// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/service.h"

#include "base/printable.h"
#include "mail/passedon.h"
#include "push/resumed.h"

#include <algorithm>

namespace {

/// What the service says of the policy host, where the words and what is live leave it to the service.
Result<std::optional<HostState>> hostNow(Service &service, const Zone &zone,
                                         const Deployment &wanted, const LiveState &live,
                                         const Cancel &cancel)
{
    if (!service.policyHost || service.host == Service::Host::Elsewhere || wanted.isAliased())
        return std::optional<HostState>();
    const Result<HostState> state =
            service.policyHost->look(zone, wanted.policyHost(), wanted.policyText, cancel);
    if (!state)
        return tl::unexpected(state.error());
    const bool isThere = state->content == HostState::Content::Ours;
    // Not known who serves it is not "nobody does": then the words must say so.
    const bool isFree = live.policyKnown && !live.policyBody;
    if (service.host == Service::Host::Service || isThere || isFree)
        return std::optional<HostState>(*state);
    return std::optional<HostState>();
}

/// The newest push to this domain, where its journals are known.
std::optional<JournalRecord> lastOf(const Service &service, const DomainName &domain)
{
    if (service.journals.isEmpty())
        return std::nullopt;
    const auto last = lastPush(service.journals, domain);
    return last ? std::optional(*last) : std::nullopt;
}

/// What a plan compares with, and what goOnFrom() does.
QList<QByteArray> namesFor(const Deployment &wanted, const Zone &zone,
                           const std::optional<JournalRecord> &last)
{
    QList<QByteArray> names = namesToRead(wanted, zone);
    for (const QByteArray &other : last ? namesOf(last->sets) : QList<QByteArray>()) {
        if (!names.contains(other) && isWithin(other, zone.name))
            names.append(other);
    }
    return names;
}

Result<Plan> compared(Service &service, const Deployment &wanted, const LiveState &live,
                      bool withHost, const Cancel &cancel)
{
    const QByteArray name = wanted.domain.child("_mta-sts");
    const auto zones = service.provider->zones(name, cancel);
    if (!zones)
        return tl::unexpected(zones.error());
    const Result<Zone> zone = zoneFor(name, *zones);
    if (!zone)
        return tl::unexpected(zone.error());
    const std::optional<JournalRecord> last = lastOf(service, wanted.domain);
    const auto records = service.provider->records(*zone, namesFor(wanted, *zone, last), cancel);
    if (!records)
        return tl::unexpected(records.error());
    std::optional<HostState> host;
    if (withHost) {
        auto state = hostNow(service, *zone, wanted, live, cancel);
        if (!state)
            return tl::unexpected(state.error());
        host = std::move(*state);
    }
    Plan made = plan(wanted, live, service.info->id, *zone, *records, service.provider->traits(),
                     host ? &*host : nullptr);
    if (last)
        goOnFrom(*last, *records, made);
    return made;
}

/// After the record: what the service serves for us goes, and nothing is put in its place.
Result<std::optional<HostStep>> withdrawal(Service &service, const Zone &zone,
                                           const QByteArray &host, const Cancel &cancel)
{
    if (!service.policyHost || service.host == Service::Host::Elsewhere)
        return std::optional<HostStep>();
    const Result<HostState> state = service.policyHost->look(zone, host, {}, cancel);
    if (!state)
        return tl::unexpected(state.error());
    if (state->content != HostState::Content::Ours)
        return std::optional<HostStep>();
    HostState nothing;
    nothing.content = HostState::Content::Absent;
    return std::optional(HostStep{HostStep::Action::Withdraw, host, state->text, nothing});
}

} // namespace

Result<Service> openService(const ProviderInfo &info, const QString &address, Secret secret)
{
    Service service;
    service.info = &info;
    auto policyHost = makePolicyHost(info, address, secret.copy());
    if (!policyHost)
        return tl::unexpected(policyHost.error());
    service.policyHost = std::move(*policyHost);
    auto signing = makeZoneSigning(info, address, secret.copy());
    if (!signing)
        return tl::unexpected(signing.error());
    service.signing = std::move(*signing);
    auto provider = makeProvider(info, address, std::move(secret));
    if (!provider)
        return tl::unexpected(provider.error());
    service.provider = std::move(*provider);
    return service;
}

Result<Deployment> withPolicyPassedOn(
        Deployment wanted, const LiveState &live,
        const std::function<Result<QByteArray>(const DomainName &, const Cancel &)> &served,
        const Cancel &cancel)
{
    const QString other = QString::fromLatin1(passedOnDomain(wanted.policyText));
    if (other.isEmpty())
        return wanted;
    const auto text = served(DomainName::parse(other).domain, cancel);
    if (!text)
        return failed(text.error().kind,
                      QStringLiteral("the policy of %1 could not be read: %2")
                              .arg(other, text.error().what),
                      text.error().detail);
    const auto policy = readPolicy(*text).policy;
    if (!policy)
        return failed(
                Error::Kind::Malformed,
                QStringLiteral("what %1 serves is no policy; it cannot be passed on").arg(other));
    for (const QByteArray &server : live.mailServers) {
        const bool isCovered =
                std::any_of(policy->mx.begin(), policy->mx.end(),
                            [&](const MxPattern &pattern) { return pattern.matches(server); });
        if (!isCovered)
            return failed(
                    Error::Kind::Refused,
                    QStringLiteral("the policy of %1 does not cover the mail server %2; publish "
                                   "a policy of your own")
                            .arg(other, printable(server)));
    }
    wanted.policy = *policy;
    return wanted;
}

Result<Plan> planAt(Service &service, const Deployment &wanted, const LiveState &live,
                    const Cancel &cancel)
{
    return compared(service, wanted, live, true, cancel);
}

Result<Plan> removalPlanAt(Service &service, Removal::Step step, const Deployment &wanted,
                           const LiveState &live, const Cancel &cancel)
{
    if (!isAnnouncedOff(step))
        return compared(service, wanted, live, true, cancel);
    Result<Plan> made = compared(service, withoutPolicy(wanted), live, false, cancel);
    if (!made)
        return made;
    auto host = withdrawal(service, made->zone, wanted.policyHost(), cancel);
    if (!host)
        return tl::unexpected(host.error());
    made->host = std::move(*host);
    return made;
}

Result<Plan> undoPlanAt(Service &service, const JournalRecord &journal, const DomainName &domain,
                        const Cancel &cancel)
{
    const auto records = service.provider->records(journal.zone, namesOf(journal.sets), cancel);
    if (!records)
        return tl::unexpected(records.error());
    std::optional<HostState> host;
    if (journal.host && service.policyHost) {
        const auto state = service.policyHost->look(journal.zone, journal.host->host,
                                                    journal.host->text, cancel);
        if (!state)
            return tl::unexpected(state.error());
        host = *state;
    }
    return undoPlan(journal, domain, *records, host ? &*host : nullptr);
}
