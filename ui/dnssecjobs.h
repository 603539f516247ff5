// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The work behind the window for DNSSEC, blocking, for a worker thread.

#include "check/finding.h"
#include "push/delegationwords.h"
#include "push/service.h"

#include <functional>

struct DnssecDoors
{
    QByteArray name; // whose zone is meant
    std::function<Result<QByteArray>(const QByteArray &name, const Cancel &)> zoneAbove;
    std::function<DelegationSight(const QByteArray &zone, const Cancel &)> delegation;
    /// The service of which a token is at hand; none: DNSSEC is only looked at.
    std::function<Result<Service>()> service = {};
    const ProviderInfo *info = nullptr; // of that service
    [[nodiscard]] bool canLook() const { return zoneAbove && delegation; }
};

enum class DnssecDo { Look, SwitchOn };

struct DnssecShown
{
    DelegationSight sight;
    DelegationState state = DelegationState::Unknown;
    ParentWish wish;
    QStringList
            steps; // where the zone is served, to sign it; none where it is signed or was not seen
    QList<Finding> findings;
    bool canSwitchOn =
            false; // the service is asked, signs zones from here, and this one is not signed
    std::optional<Error> error;
};
[[nodiscard]] DnssecShown seeDnssec(const DnssecDoors &doors, DnssecDo what, const Cancel &cancel);
