// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where DANE applies and with which names (RFC 7672 2.2, 3.2.2), from answers of the DNS that are
// already there. Asks nothing itself.

#include "base/severity.h"
#include "dns/answer.h"

#include <optional>

/// What discovery needs of one answer.
struct DaneLookup
{
    bool asked = false;
    AnswerStatus status = AnswerStatus::Failed;
    Security security = Security::Unknown;
    friend bool operator==(const DaneLookup &, const DaneLookup &) = default;
};

[[nodiscard]] DaneLookup daneLookup(const std::optional<DnsAnswer> &answer);
/// A and AAAA together: found if any is, and only as secure as the weaker of them.
[[nodiscard]] DaneLookup daneAddresses(const std::optional<DnsAnswer> &a,
                                       const std::optional<DnsAnswer> &aaaa);

struct DaneHostFacts
{
    QByteArray name;           // MX target, or the next hop itself where there is no MX
    QByteArray expanded;       // where its alias leads; equals name or is empty without one
    DaneLookup alias;          // the CNAME at the name itself; only looked at when it is an alias
    DaneLookup address;        // A and AAAA at the end of the aliases
    DaneLookup tlsa;           // _25._tcp.<name>, aliases of that followed
    DaneLookup tlsaAtExpanded; // _25._tcp.<expanded>
    DaneLookup besideTlsa;     // another type at the TLSA name, to see denials proven (DANE-43)
};

struct DaneDomainFacts
{
    bool validates = true; // our resolver does DNSSEC over this path (DANE-1)
    QByteArray domain;     // next hop as typed
    QByteArray expanded;   // where a CNAME of it leads; equals domain or is empty without one
    DaneLookup alias;      // that CNAME
    DaneLookup mx;         // absent: the domain itself is the host
    QList<DaneHostFacts> hosts;
};

enum class DaneApplies {
    Unknown,       // cannot be told
    NotApplicable, // nothing secure is published
    HostOnly,      // TLSA counts for the host, but the MX answer is not signed (DANE-3)
    Applies,
    Partial,     // of a domain: some hosts only
    Unreachable, // a look-up failed: senders that check DANE skip the host
};

struct DaneHostPlan
{
    QByteArray name;
    QByteArray base; // TLSA base domain, also what SNI says (DANE-25); the name itself without TLSA
    QList<QByteArray> names; // for DANE-TA, base first
    bool asksTlsa = false;   // a sender would look for TLSA at all
    DaneApplies applies = DaneApplies::Unknown;
    QList<Issue> issues;
    [[nodiscard]] const QByteArray &sni() const { return base; }
};

struct DaneDiscovery
{
    DaneApplies applies = DaneApplies::Unknown;
    QList<DaneHostPlan> hosts; // one for each of the facts, in their order
    QList<Issue> issues;       // of the domain; each host has its own besides
};

[[nodiscard]] DaneDiscovery discoverDane(const DaneDomainFacts &facts);
/// One host alone; `facts` must be of a resolver that validates and an MX answer that did not fail.
[[nodiscard]] DaneHostPlan discoverDaneHost(const DaneDomainFacts &facts,
                                            const DaneHostFacts &host);
[[nodiscard]] QByteArray daneAppliesName(DaneApplies applies); // "host-only"
