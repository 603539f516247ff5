// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a push does not do without being told twice, because mail could be lost (T-32). Pure.

#include "check/finding.h"
#include "push/plan.h"

/// STS-85: a plan that announces `enforce` while a mail server fails, or could not be looked at. The
/// reasons; empty where nothing is against it.
[[nodiscard]] QList<Finding> reasonsAgainstEnforce(const Plan &plan, const Deployment &wanted,
                                                   const Report &report,
                                                   const QList<Finding> &advice);

/// The first day on which nobody holds it any more, UTC; the last one counts whole, so never too early.
[[nodiscard]] QDate firstFreeDay(const QDateTime &heldUntil);
/// STS-88. `until`: when it may be deleted, UTC; invalid where nobody knows.
[[nodiscard]] Finding deletingTooEarly(const DomainName &domain, const QDateTime &until);
/// The same for a plan that takes the _mta-sts record away while senders may hold a policy.
[[nodiscard]] QList<Finding> reasonsAgainstDeleting(const Plan &plan, const QDateTime &heldUntil,
                                                    const QDateTime &now);

/// The dated way out of MTA-STS (RFC 8461 8.3, STS-87, 88).
struct Removal
{
    enum class Step {
        Nothing,   // no record and no policy: it is over
        SwitchOff, // publish mode none first, and let the record say so
        Wait,      // mode none is published; senders may hold an earlier policy
        Delete,    // nobody can hold one any more
        Unknown,   // what is published could not be seen
    };
    Step step = Step::Unknown;
    /// For Wait: when it may be deleted, UTC; invalid where it is not known what was served before.
    QDateTime until;
};

/// Record and file may go, or would go if senders did not hold a policy.
[[nodiscard]] inline bool isAnnouncedOff(Removal::Step step)
{
    return step == Removal::Step::Wait || step == Removal::Step::Delete;
}

struct RemovalFacts
{
    bool isAnnounced = false; // the record carries the id of the policy that says none
    QDateTime heldUntil; // KeptDomain::cachedUntil; invalid: no sender is known to hold a policy
    bool wasOn = false;  // KeptDomain::wasOn
};
[[nodiscard]] Removal removalOf(const LiveState &live, const RemovalFacts &facts,
                                const QDateTime &now);
