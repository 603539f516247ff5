// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What has to be done to publish a deployment, in the order that keeps mail safe (RFC 8461 8.1, 8.3):
// host, file, look at it as a sender, reports, and last the record that makes senders look. Pure.

#include "deploy/hostrecord.h"

struct DeliveryStep
{
    enum class Kind {
        Host,   // mta-sts.<domain> leads to the host and has a certificate
        File,   // the policy file lies there
        Look,   // it is read as a sender reads it
        Record, // one DNS record; the last one makes senders look
        Wait,   // nothing more until senders have forgotten (mode none)
    };
    Kind kind = Kind::Host;
    QByteArray
            code; // "host", "file", "look", "reports", "alias", "record", "tlsa", "tlsa-gone", "wait"
    std::optional<DnsRecord> record; // for Record
    std::optional<HostRecord> host;  // for Host
    QByteArray copy;                 // what is worth copying; may be empty
    bool isLive = false;             // seen to be so already; never a guess
};

[[nodiscard]] QList<DeliveryStep> deliverySteps(const Deployment &wanted, const LiveState &live);
