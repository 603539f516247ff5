// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What one kind of sender does at one address of one mail server, with the reasons. Pure.

#include "check/danestate.h"
#include "check/senders.h"

/// The policy a sender goes by.
struct PolicyInUse
{
    enum class State { Unknown, None, Known };
    State state = State::Unknown;
    Policy policy;        // only where it is known
    QList<Issue> reasons; // why there is none, or why it is not known
};

struct SenderSight
{
    const Survey &survey;
    bool mtaSts = false;
    bool dane = false;
    bool daneForUnsignedMx = false;
    const PolicyInUse &policy;
    DaneDiscovery discovery;
};

struct AddressDelivery
{
    Handling delivery = Handling::Unknown; // Deferred: passed over
    QList<Issue> reasons;
};

[[nodiscard]] AddressDelivery deliveryTo(const SenderSight &sight, const MailHost &host,
                                         const AddressLook &look);
/// A look-up that DANE needs fails for the host, so that such a sender skips it (RFC 7672 2.1.2).
[[nodiscard]] bool isDaneUnreachable(const SenderSight &sight, const MailHost &host);
