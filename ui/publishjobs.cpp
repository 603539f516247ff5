// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "publishjobs.h"

#include "push/guard.h"

#include <QCoreApplication>

namespace {

/// The push that would be undone: the newest to this domain, unless another is meant.
Result<JournalRecord> undone(const PushFacts &facts, const DomainName &domain)
{
    return facts.journal.isEmpty() ? lastPush(facts.journals, domain) : readJournal(facts.journal);
}

Result<Plan> planFor(Service &service, const PreparedPush &made, const Result<JournalRecord> &last,
                     const Cancel &cancel)
{
    switch (made.task) {
    case PreparedPush::Task::Publish:
        return planAt(service, made.wanted, made.live, cancel);
    case PreparedPush::Task::Undo:
        return last ? undoPlanAt(service, *last, made.wanted.domain, cancel)
                    : Result<Plan>(tl::unexpected(last.error()));
    case PreparedPush::Task::Remove:
        break;
    }
    if (made.removal.step == Removal::Step::Unknown)
        return failed(Error::Kind::Network,
                      QLatin1String(QT_TRANSLATE_NOOP("Error", "it could not be seen what the "
                                                               "domain publishes now")));
    if (made.removal.step == Removal::Step::Nothing) {
        Plan nothing;
        nothing.domain = made.wanted.domain;
        return nothing;
    }
    return removalPlanAt(service, made.removal.step, made.wanted, made.live, cancel);
}

QList<Finding> reasonsAgainst(const PreparedPush &made, const PushFacts &facts)
{
    switch (made.task) {
    case PreparedPush::Task::Publish:
        return reasonsAgainstEnforce(made.plan, made.wanted, facts.report, facts.advised);
    case PreparedPush::Task::Undo:
        return reasonsAgainstDeleting(made.plan, facts.heldUntil, facts.at);
    case PreparedPush::Task::Remove:
        break;
    }
    if (made.removal.step == Removal::Step::Wait && !made.plan.isEmpty())
        return {deletingTooEarly(made.wanted.domain, made.removal.until)};
    return {};
}

} // namespace

TestedToken testToken(const PublishDoors &doors, const Account &account, const Secret &secret,
                      const DomainName &domain, Service::Host host, const Cancel &cancel)
{
    TestedToken tested{account, {}, {}, {}};
    const Result<Service> service = doors.open(account, secret.copy());
    if (!service) {
        tested.error = service.error();
        return tested;
    }
    const bool needsHost = host == Service::Host::Service && service->policyHost;
    const Result<TokenFacts> facts = service->provider->token(
            domain.child("_mta-sts"), needsHost ? TokenUse::RecordsAndHost : TokenUse::Records,
            cancel);
    if (facts)
        tested.facts = *facts;
    else
        tested.error = facts.error();
    return tested;
}

PreparedPush preparePush(const PublishDoors &doors, const Account &account, const Secret &secret,
                         PreparedPush begun, const PushFacts &facts, const Cancel &cancel)
{
    PreparedPush made = std::move(begun);
    Result<Service> service = doors.open(account, secret.copy());
    if (!service) {
        made.error = service.error();
        return made;
    }
    service->host = facts.host;
    service->journals = facts.journals;
    if (made.task == PreparedPush::Task::Publish) {
        auto wanted =
                withPolicyPassedOn(std::move(made.wanted), made.live, doors.servedPolicy, cancel);
        if (!wanted) {
            made.error = wanted.error();
            return made;
        }
        made.wanted = std::move(*wanted);
    }
    const DomainName &domain = made.wanted.domain;
    const Result<JournalRecord> last = undone(facts, domain);
    made.canUndoLast = last && last->wasSent() && last->provider == account.provider;
    Result<Plan> planned = planFor(*service, made, last, cancel);
    if (!planned) {
        made.error = planned.error();
        return made;
    }
    made.plan = std::move(*planned);
    made.against = reasonsAgainst(made, facts);
    if (promisesKeys(made.plan))
        made.against +=
                reasonsAgainstTlsa(made.plan, doors.tlsaSights ? doors.tlsaSights(made.plan, cancel)
                                                               : QList<TlsaSight>());
    return made;
}

DonePush carryOut(const PublishDoors &doors, const Account &account, const Secret &secret,
                  const Plan &plan, const QString &journals, const QDateTime &at,
                  const QList<Finding> &overridden, const Cancel &cancel,
                  const std::function<void(const PushEvent &)> &onEvent)
{
    DonePush done;
    const Result<Service> service = doors.open(account, secret.copy());
    if (!service) {
        done.outcome.trouble = service.error();
        return done;
    }
    Result<Journal> journal = Journal::start(journals, plan, at, overridden);
    if (!journal) {
        done.outcome.trouble = journal.error();
        return done;
    }
    done.journal = journal->path();
    PushDoors pushDoors{*service->provider, doors.servedPolicy,
                        [&](const Cancel &stop) { return doors.nameServers(plan.zone.name, stop); },
                        service->policyHost.get()};
    if (doors.openTlsa && promisesKeys(plan))
        doors.openTlsa(pushDoors, overridden);
    done.outcome = push(plan, pushDoors, *journal, cancel, onEvent, doors.limits);
    return done;
}
