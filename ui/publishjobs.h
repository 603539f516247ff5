// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The work of publishing, blocking, for a worker thread: a token is tried, a plan is made, a plan is
// carried out.

#include "check/finding.h"
#include "publishdoors.h"

/// How a token was found; nothing of it is the token.
struct TestedToken
{
    Account account;
    std::optional<TokenFacts> facts;
    std::optional<Error> error;   // of the service, or of the key store that should have had it
    std::optional<Error> notKept; // it works, and is held for this run only
};
[[nodiscard]] TestedToken testToken(const PublishDoors &doors, const Account &account,
                                    const Secret &secret, const DomainName &domain,
                                    Service::Host host, const Cancel &cancel);

/// What is about to be done.
struct PreparedPush
{
    Plan plan;
    Deployment wanted; // from the choices, with mode none to remove; not what an undo puts back
    LiveState live;
    QList<Finding> against; // why a careful program does not do it without being told twice
    enum class Task { Publish, Undo, Remove };
    Task task = Task::Publish;
    Removal removal;            // for Task::Remove
    bool canUndoLast = false;   // an earlier push of this computer to this domain is written down
    std::optional<Error> error; // there is no plan

    [[nodiscard]] bool isUndo() const { return task == Task::Undo; }
    /// Record and file go; before that only the mode changes.
    [[nodiscard]] bool isDeletion() const
    {
        return task == Task::Remove && isAnnouncedOff(removal.step);
    }
};
/// What a plan is made from, besides the service.
struct PushFacts
{
    Service::Host host = Service::Host::Auto;
    QString journals; // the folder
    QString journal;  // of the push to undo, its path; empty: the newest
    Report report;
    QList<Finding> advised;
    QDateTime heldUntil; // senders may hold a policy until then, UTC; invalid: none
    QDateTime at;        // of the look, UTC
};
/// `begun` has what is wanted, what is live, and the task.
[[nodiscard]] PreparedPush preparePush(const PublishDoors &doors, const Account &account,
                                       const Secret &secret, PreparedPush begun,
                                       const PushFacts &facts, const Cancel &cancel);

/// What has come of it.
struct DonePush
{
    Outcome outcome;
    QString journal; // its path; empty: nothing was begun
};
/// `at`: of the journal. `overridden`: what it is done in spite of.
[[nodiscard]] DonePush carryOut(const PublishDoors &doors, const Account &account,
                                const Secret &secret, const Plan &plan, const QString &journals,
                                const QDateTime &at, const QList<Finding> &overridden,
                                const Cancel &cancel,
                                const std::function<void(const PushEvent &)> &onEvent);
