// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/nextstep.h"

#include "check/servercertificate.h"
#include "deploy/advice.h"

#include <algorithm>

namespace {

using Act = NextStep::Act;
using Sts = Report::Sts;

/// What the steps are chosen from, read once.
struct View
{
    const KeptDomain &kept;
    const QDateTime &now;
    std::optional<Policy> policy; // that senders can fetch, as last seen
    QByteArray uncovered;         // first MX that the policy leaves out
    QByteArray idle;              // first pattern that covers no MX
};

Sts modeOf(const Policy &policy)
{
    switch (policy.mode) {
    case Policy::Mode::None:
        return Sts::None;
    case Policy::Mode::Testing:
        return Sts::Testing;
    case Policy::Mode::Enforce:
        break;
    }
    return Sts::Enforce;
}

View viewOf(const KeptDomain &kept, const QDateTime &now)
{
    View view{kept, now, {}, {}, {}};
    if (kept.served && !kept.served->gone.isValid())
        view.policy = readPolicy(kept.served->body).policy;
    if (!view.policy || view.policy->mode == Policy::Mode::None || !kept.lastCheck)
        return view;
    const QList<QByteArray> &servers = kept.lastCheck->mx;
    for (const QByteArray &server : servers) {
        if (view.uncovered.isEmpty() && !anyMatches(view.policy->mx, server))
            view.uncovered = server;
    }
    for (const MxPattern &pattern : view.policy->mx) {
        const auto isCovered = [&](const QByteArray &server) { return pattern.matches(server); };
        if (view.idle.isEmpty() && !servers.isEmpty() &&
            std::none_of(servers.cbegin(), servers.cend(), isCovered))
            view.idle = pattern.text();
    }
    return view;
}

bool isLater(const QDateTime &time, const QDateTime &now)
{
    return time.isValid() && time > now;
}

/// RFC 8461 8.3: the record or the file is gone, and some sender still enforces what it holds.
bool isDeletedTooEarly(const View &view)
{
    const LastCheck &check = *view.kept.lastCheck;
    return check.sts == Sts::Absent && isLater(view.kept.enforcedUntil, view.now);
}

/// Zero when it is not known, or the times lie in the future.
int testedDays(const View &view)
{
    const QDateTime &since = view.kept.testingSince;
    return since.isValid() && since <= view.now ? int(since.secsTo(view.now) / 86400) : 0;
}

bool isOld(const LastCheck &check, const QDateTime &now)
{
    // An hour of difference is a clock that was set, not one that is wrong.
    return check.at.addDays(CheckHoldsDays) < now || check.at > now.addSecs(3600);
}

const KeptCertificate *endingFirst(const LastCheck &check)
{
    const auto first = std::min_element(check.certificates.cbegin(), check.certificates.cend(),
                                        [](const KeptCertificate &a, const KeptCertificate &b) {
                                            return a.notAfter < b.notAfter;
                                        });
    return first == check.certificates.cend() ? nullptr : &*first;
}

/// One that has ended since it was seen was renewed or was not: only a check can tell.
bool hasEndedSince(const LastCheck &check, const QDateTime &now)
{
    return std::any_of(check.certificates.cbegin(), check.certificates.cend(),
                       [&](const KeptCertificate &one) {
                           return one.notAfter > check.at && one.notAfter <= now;
                       });
}

bool isEndingSoon(const View &view, const KeptCertificate *certificate)
{
    if (!certificate || certificate->notAfter <= view.now)
        return false; // ended: the check has told, or a new one must
    Certificate dates;
    dates.notBefore = certificate->notBefore.isValid() ? certificate->notBefore
                                                       : certificate->notAfter.addDays(-90);
    dates.notAfter = certificate->notAfter;
    return endsSoon(dates, view.now);
}

/// STS-85: two weeks of testing, reports asked for, and nothing wrong or unseen in the last check.
bool isReady(const View &view)
{
    const LastCheck &check = *view.kept.lastCheck;
    return testedDays(view) >= TestingDays && check.problems == 0 && check.notTested == 0 &&
           check.tlsRpt == Report::TlsRpt::Present && view.uncovered.isEmpty();
}

DomainState stateOf(const View &view)
{
    const KeptDomain &kept = view.kept;
    if (!kept.lastCheck)
        return kept.draft ? DomainState::Draft : DomainState::NotTested;
    const LastCheck &check = *kept.lastCheck;
    if (check.verdict == Verdict::Error || isDeletedTooEarly(view))
        return DomainState::Problem;
    if (isOld(check, view.now) || hasEndedSince(check, view.now))
        return DomainState::NotTested;
    if (check.verdict == Verdict::Unknown || check.sts == Sts::Unknown || check.sts == Sts::Broken)
        return DomainState::NotTested;
    if (kept.draft)
        return DomainState::Draft;
    switch (check.sts) {
    case Sts::None:
        return DomainState::Removing;
    case Sts::Testing:
        return isReady(view) ? DomainState::ReadyToEnforce : DomainState::Testing;
    case Sts::Enforce:
        return DomainState::Protected;
    default:
        break;
    }
    // DANE stands by itself (RFC 7672), where every mail server has it and every one was seen.
    const bool isByDane = check.dane == Report::Dane::All && check.notTested == 0;
    return isByDane ? DomainState::Protected : DomainState::NotSetUp;
}

/// The steps that come before those of the state; true when one was found.
bool urgentStep(const View &view, NextStep &step)
{
    const KeptDomain &kept = view.kept;
    if (kept.lastCheck && isDeletedTooEarly(view)) {
        step.act = Act::Restore;
        step.date = kept.enforcedUntil;
    } else if (kept.draft) {
        const bool isHandedOver = !kept.draft->delivery.id.isEmpty() &&
                                  kept.draft->delivery.digest == policyDigest(*kept.draft);
        step.act = isHandedOver ? Act::Publish : Act::Continue;
    } else if (!kept.lastCheck || isOld(*kept.lastCheck, view.now) ||
               hasEndedSince(*kept.lastCheck, view.now)) {
        step.act = Act::Check;
        step.date = kept.lastCheck ? kept.lastCheck->at : QDateTime();
    } else if (!view.uncovered.isEmpty()) {
        step.act = Act::AddMailServer;
        step.subject = view.uncovered;
    } else if (kept.lastCheck->problems > 0 && kept.lastCheck->worst) {
        step.act = Act::Mend;
        step.finding = kept.lastCheck->worst;
    } else if (const KeptCertificate *first = endingFirst(*kept.lastCheck);
               isEndingSoon(view, first)) {
        step.act = Act::RenewCertificate;
        step.subject = first->host;
        step.date = first->notAfter;
    } else if (step.state == DomainState::NotTested) {
        step.act = Act::SeeNotTested;
        step.count = kept.lastCheck->notTested;
    }
    return step.act != Act::Nothing;
}

void testingStep(const View &view, NextStep &step)
{
    const int days = testedDays(view);
    if (view.kept.lastCheck->tlsRpt != Report::TlsRpt::Present) {
        step.act = Act::AskForReports; // RFC 8461 5: failures are only reported
    } else if (days < TestingDays) {
        step.act = Act::Wait;
        step.count = TestingDays - days;
    } else {
        step.act = Act::SeeNotTested;
        step.count = view.kept.lastCheck->notTested;
    }
}

/// RFC 8461 8.3: mode none is served; the rest may go when every earlier policy has run out.
void removalStep(const View &view, NextStep &step)
{
    const QDateTime &until = view.kept.cachedUntil;
    const bool isOver = until.isValid() ? until <= view.now : view.kept.wasOn;
    step.act = isOver ? Act::Delete : Act::WaitToDelete;
    step.date = until;
}

void calmStep(const View &view, NextStep &step)
{
    const LastCheck &check = *view.kept.lastCheck;
    switch (step.state) {
    case DomainState::ReadyToEnforce:
        step.act = Act::Enforce;
        step.count = testedDays(view);
        return;
    case DomainState::Testing:
        testingStep(view, step);
        return;
    case DomainState::Removing:
        removalStep(view, step);
        return;
    case DomainState::NotSetUp:
        step.act = Act::SetUp;
        return;
    default:
        break;
    }
    if (check.worst) {
        step.act = Act::Mend;
        step.finding = check.worst;
    } else if (!view.idle.isEmpty()) {
        step.act = Act::DropPattern;
        step.subject = view.idle;
    }
}

} // namespace

NextStep nextStep(const KeptDomain &kept, const QDateTime &now)
{
    const View view = viewOf(kept, now);
    NextStep step;
    step.state = stateOf(view);
    if (kept.lastCheck && kept.lastCheck->sts != Sts::Unknown)
        step.mode = kept.lastCheck->sts;
    else if (view.policy)
        step.mode = modeOf(*view.policy);
    step.isByDane = step.state == DomainState::Protected && step.mode != Sts::Enforce;
    if (!urgentStep(view, step))
        calmStep(view, step);
    return step;
}
