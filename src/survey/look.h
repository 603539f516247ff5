// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Looks at one domain, with every wait overlapped that can be: 1 round trip to the records, 4 to the
// policy, 7 to the mail servers' certificates.

#include "base/cancel.h"
#include "base/limits.h"
#include "survey/survey.h"

#include <functional>

class Resolver;
class SharedHosts;

/// The doors to the world. References outlive every look.
struct Doors
{
    Resolver &quick;      // answers at once, not validated: connections start on it
    Resolver &validating; // DNSSEC and DANE verdicts wait for it; may be the same object as quick
    PolicyHttp &http;
    Smtp &smtp;
    SharedHosts &shared; // mail hosts already looked at in this run
};

struct LookOptions
{
    quint16 httpsPort = 443;
    quint16 smtpPort = 25;
    bool allowPrivate = false; // TLS-31
    bool smtp = true;
    bool thorough = true; // also without SNI (TLS-15)
    /// InDomain: every wait of one domain overlapped, quick answers first. BetweenDomains: for lists,
    /// where other domains fill the waits; one thread and one resolver a domain.
    enum class Overlap { InDomain, BetweenDomains };
    Overlap overlap = Overlap::InDomain;
    int timeoutMs = Limits::DomainLookMs;
    QList<QByteArray>
            controlHosts; // asked for a connection on port 25 when no MX took one (TLS-22)
};

/// Blocking; call it in a worker. `onProgress` gets a snapshot whenever something arrived, from
/// several threads but never two at once, the last one finished.
[[nodiscard]] Survey look(const DomainName &domain, const LookOptions &options, const Doors &doors,
                          const Cancel &cancel,
                          const std::function<void(const Survey &)> &onProgress = {});
