// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A DNS service with its doors open, and the way from what is wanted there to a plan. Blocking, for one
// worker thread at a time.

#include "base/secret.h"
#include "provider/catalogue.h"
#include "push/guard.h"
#include "push/journal.h"

#include <functional>

struct Service
{
    const ProviderInfo *info = nullptr; // its row in the catalogue
    std::unique_ptr<Provider> provider;
    std::unique_ptr<PolicyHost> policyHost; // null where the service hosts nothing
    std::unique_ptr<ZoneSigning> signing;   // null where zones are not signed from here
    /// Where the file is to live; Auto: at the service where it hosts the file already, or nobody does.
    enum class Host { Auto, Service, Elsewhere };
    Host host = Host::Auto;
    QString journals =
            {}; // the folder: what was left half-way goes on; empty: nothing is known of it
};

/// Connects to nothing yet. Malformed, Refused: the address or the secret is none of this service.
[[nodiscard]] Result<Service> openService(const ProviderInfo &info, const QString &address,
                                          Secret secret);

/// Where `wanted` passes the policy of the mail provider on: the same with what that policy says now.
/// Refused: it does not cover every mail server of the domain; Malformed: it is no policy.
[[nodiscard]] Result<Deployment> withPolicyPassedOn(
        Deployment wanted, const LiveState &live,
        const std::function<Result<QByteArray>(const DomainName &, const Cancel &)> &served,
        const Cancel &cancel);
/// Asks the service for the zone and what stands there, and compares.
[[nodiscard]] Result<Plan> planAt(Service &service, const Deployment &wanted, const LiveState &live,
                                  const Cancel &cancel);
/// One step of a removal, SwitchOff to Delete: mode none as any other policy, then the record and, where
/// the service serves it for us, the file. `wanted`: with mode none.
[[nodiscard]] Result<Plan> removalPlanAt(Service &service, Removal::Step step,
                                         const Deployment &wanted, const LiveState &live,
                                         const Cancel &cancel);
/// What takes back the push of this journal, as far as it still stands.
[[nodiscard]] Result<Plan> undoPlanAt(Service &service, const JournalRecord &journal,
                                      const DomainName &domain, const Cancel &cancel);
