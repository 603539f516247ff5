// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pushing.h"

#include "check/checks.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "mail/stsrecord.h"

namespace {

/// What the service says of the policy host, where the words and what is live leave it to the service.
Result<std::optional<HostState>> hostNow(PushWords &words, const Zone &zone,
                                         const Deployment &wanted, const LiveState &live,
                                         const Cancel &cancel)
{
    if (!words.policyHost || words.host == PushWords::Host::Elsewhere || wanted.isDelegated())
        return std::optional<HostState>();
    const Result<HostState> state =
            words.policyHost->look(zone, wanted.policyHost(), wanted.policyText, cancel);
    if (!state)
        return tl::unexpected(state.error());
    const bool isThere = state->content == HostState::Content::Ours;
    // Not known who serves it is not "nobody does": then the words must say so.
    const bool isFree = live.policyKnown && !live.policyBody;
    if (words.host == PushWords::Host::Service || isThere || isFree)
        return std::optional<HostState>(*state);
    return std::optional<HostState>();
}

Result<Plan> compared(PushWords &words, const Deployment &wanted, const LiveState &live,
                      bool withHost, const Cancel &cancel)
{
    const QByteArray name = wanted.domain.child("_mta-sts");
    const auto zones = words.service->zones(name, cancel);
    if (!zones)
        return tl::unexpected(zones.error());
    const Result<Zone> zone = zoneFor(name, *zones);
    if (!zone)
        return tl::unexpected(zone.error());
    const auto records = words.service->records(*zone, namesToRead(wanted.domain), cancel);
    if (!records)
        return tl::unexpected(records.error());
    std::optional<HostState> host;
    if (withHost) {
        auto state = hostNow(words, *zone, wanted, live, cancel);
        if (!state)
            return tl::unexpected(state.error());
        host = std::move(*state);
    }
    return plan(wanted, live, words.provider->id, *zone, *records, words.service->traits(),
                host ? &*host : nullptr);
}

} // namespace

Looked lookNow(PushWords &words, const Cancel &cancel)
{
    Looked looked;
    looked.kept.domain = words.domain;
    const DomainStore::Loaded loaded = words.store().load();
    for (const KeptDomain &kept : loaded.domains) {
        if (kept.domain == words.domain)
            looked.kept = kept;
    }
    for (const Error &error : loaded.errors)
        looked.problems.append(error.what);
    Network network(words.network);
    looked.problems += network.problems();
    {
        Progress progress;
        looked.survey = look(words.domain, network.options().look, network.doors(), cancel,
                             [&](const Survey &partial) { progress.show(partial); });
    }
    looked.report = judge(looked.survey, looked.kept.lastSeen());
    looked.live = liveState(looked.survey);
    looked.kept = afterCheck(looked.kept, looked.survey, looked.report);
    return looked;
}

void takeId(Choices &choices, const Looked &looked)
{
    const QByteArray digest = policyDigest(choices);
    const std::optional<Choices> &draft = looked.kept.draft;
    if (draft && draft->delivery.digest == digest)
        choices.delivery = draft->delivery;
    else if (looked.kept.sameId)
        choices.delivery = {newStsId(looked.survey.at, looked.live.stsId), digest, {}};
}

void keep(const PushWords &words, const KeptDomain &kept)
{
    if (kept.isFromNewer)
        return;
    if (const auto saved = words.store().save(kept); !saved)
        usageError(QStringLiteral("what was seen of %1 could not be kept: %2")
                           .arg(kept.domain.display(), saved.error().what));
}

Result<Plan> planAt(PushWords &words, const Deployment &wanted, const LiveState &live,
                    const Cancel &cancel)
{
    return compared(words, wanted, live, true, cancel);
}

Result<Plan> recordsPlanAt(PushWords &words, const Deployment &wanted, const LiveState &live,
                           const Cancel &cancel)
{
    return compared(words, wanted, live, false, cancel);
}
