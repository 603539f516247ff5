// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What `mta-sts dnssec` has seen and done, for people and for scripts.

#include "check/finding.h"
#include "push/delegationwords.h"
#include "push/service.h"

#include <QJsonObject>

struct DnssecSeen
{
    DelegationSight sight;
    const ProviderInfo *info = nullptr; // of the service that was asked; null: none was
    std::optional<ZoneSigningState> service;
    bool wasSwitchedOn = false; // by this command
    ParentWish wish;
    QStringList steps; // what to do where the zone is served, one a service
    QList<Finding> findings;
};

[[nodiscard]] QString dnssecText(const DnssecSeen &seen);
[[nodiscard]] QJsonObject dnssecJson(const DnssecSeen &seen); // "mta-sts-dnssec/1"
