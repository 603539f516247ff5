// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a zone hangs on its parent: signed or not, and whether the parent's DS records fit its keys (RFC 4035 5.2).
// Pure; push/delegationlook.h looks.

#include "base/severity.h"
#include "dns/answer.h"
#include "provider/zonesigning.h"

#include <optional>

/// What one name server says; nothing: it was not reached, or gave no answer that counts.
template <class Record>
struct SaidBy
{
    QString server; // printable
    std::optional<QList<Record>> records;
};

struct DelegationSight
{
    QByteArray zone, parent;
    QList<SaidBy<DsRecord>>
            ds; // by every server of the parent; empty: it is not known who they are
    QList<SaidBy<DnskeyRecord>> keys; // by every server of the zone
    QList<QByteArray> nameServers;    // of the zone, by name
    bool validates = false;           // our resolver proves DNSSEC over this path
    Security soa = Security::Unknown; // of the zone, validated
};

enum class DelegationState {
    Unknown,
    Unsigned,  // no key in the zone, no DS above it
    NoDs,      // signed, and nobody has to believe it: the parent does not say so
    Spreading, // some servers of the parent do not have it yet
    Dark,      // a DS stands above and fits no key: the domain fails for who checks DNSSEC
    Refused, // fits, and yet a resolver that checks DNSSEC refuses the zone: broken, or old answers kept
    Fits,   // everywhere, and not yet proven by a resolver
    Proven, // and a resolver that checks DNSSEC proves it
};
[[nodiscard]] QByteArray delegationName(DelegationState state); // "no-ds"

[[nodiscard]] DelegationState delegationState(const DelegationSight &sight);
/// Whether there is something to be told about signing it. Signing anew what is signed, or was not seen, would
/// take a domain off the net.
[[nodiscard]] bool isToBeSigned(DelegationState state);
/// The state in words: DANE-34.*, with what was not reached.
[[nodiscard]] QList<Issue> delegationIssues(const DelegationSight &sight);
/// Servers of the zone that do not show every key for which one of these DS records is, or gave no answer. While
/// there is one, no DS must go to the parent: its answers would fail.
[[nodiscard]] QStringList serversWithoutKey(const DelegationSight &sight,
                                            const QList<DsRecord> &ds);
/// What is to be entered at the registrar now. Empty where nothing is to be, and while it would break something:
/// then `issues` say why (DANE-34.wrong-ds, DANE-34.servers).
struct ParentWish
{
    QList<DsRecord> ds;
    QList<DnskeyRecord> keys; // for registrars that ask for these
    QList<Issue> issues;
};
[[nodiscard]] ParentWish forParent(const ZoneSigningState &service, const DelegationSight &sight);
/// Each of these stands at every server of the parent.
[[nodiscard]] bool hasParent(const DelegationSight &sight, const QList<DsRecord> &ds);
