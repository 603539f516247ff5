// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a plan does to the policy host, as data: shown, agreed to, written down, done and taken back.

#include "deploy/deployment.h"
#include "provider/policyhost.h"

#include <QJsonObject>

struct HostStep
{
    enum class Action {
        Keep,     // serves the policy already
        Publish,  // before the records: senders must not find an old file under a new id (STS-83)
        Withdraw, // after the records: senders must not be sent where nothing is
    };
    Action action = Action::Keep;
    QByteArray host;  // mta-sts.example.com
    QByteArray text;  // the policy file that is to be served; Withdraw: that is served until then
    HostState before; // as it was seen; Withdraw: as it was before it was published
    /// Where this goes on with an earlier push that was left half-way: as that one found it.
    std::optional<HostState> origin = {};
    friend bool operator==(const HostStep &, const HostStep &) = default;

    [[nodiscard]] bool isWrite() const { return action != Action::Keep; }
    /// What an undo leads back to.
    [[nodiscard]] const HostState &cameFrom() const { return origin ? *origin : before; }
};

/// The step to serve what is wanted. Pure.
[[nodiscard]] HostStep hostStep(const Deployment &wanted, const HostState &state);
/// Why it cannot be done, if so.
[[nodiscard]] QList<Issue> hostBlockers(const HostStep &step, const Zone &zone);
/// Why no certificate would be issued for the host, if so: the CAA records in `answers`, as the DNS gives
/// them on the way up from it, allow none of `issuers`. What is not known is no reason.
[[nodiscard]] QList<Issue> certificateBlockers(const HostStep &step,
                                               const QList<CaaAnswer> &answers,
                                               const QList<QByteArray> &issuers);
/// Takes back what `done` did, while the host is still as it left it; nothing when it is not, or when
/// nothing was done.
[[nodiscard]] std::optional<HostStep> undoOf(const HostStep &done, const HostState &now);

/// For the journal, and read again; nothing when it is of a newer program.
[[nodiscard]] QJsonObject hostJson(const HostStep &step);
[[nodiscard]] std::optional<HostStep> hostFrom(const QJsonObject &object);
