// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// All zones of the practice DNS, from the root down, with the delegations between them.

#include "practice/practicezone.h"
#include "practice/signedzone.h"

#include <QSet>

#include <map>
#include <vector>

/// Does not change once it is made: safe from any thread. Names asked for are in lower case.
class ZoneTree
{
public:
    /// The closest zone at or above the name; every name is in the root.
    [[nodiscard]] const SignedZone &zoneOf(const ldns_rdf *name) const;
    /// The same for a DS record, which stands above its zone (RFC 4035 3.1.4.1).
    [[nodiscard]] const SignedZone &zoneAbove(const ldns_rdf *name) const;
    [[nodiscard]] bool isFailing(const ldns_rdf *name) const;
    /// Denials of the name come without their proof.
    [[nodiscard]] bool isUnproven(const ldns_rdf *name) const;
    /// The name servers of the name's zone do not answer for the type.
    [[nodiscard]] bool isRefused(const ldns_rdf *name, ldns_rr_type type) const;

private:
    friend class ZoneMaker;
    std::vector<SignedZone> m_zones; // deepest first, the root last
    QSet<QByteArray> m_failing, m_unproven;
    QSet<QByteArray> m_withoutTlsa; // zones
};

/// Makes trees. A zone has the same key in all of them, so that what resolvers remember stays true.
class ZoneMaker
{
public:
    /// Root and top-level zones are added, and what each zone needs in the one above it. Malformed: a
    /// zone's lines, or two zones of one name.
    [[nodiscard]] Result<std::shared_ptr<const ZoneTree>> make(const QList<PracticeZone> &zones);
    /// DS of the root in presentation form, one line.
    [[nodiscard]] Result<QByteArray> trustAnchor();

private:
    enum class KeyOf { Zone, Stranger };
    struct Plan
    {
        PracticeZone zone;
        QByteArray delegations = {}; // lines for the zones below
    };
    using Plans = std::map<QByteArray, Plan>;

    static Result<Plans> planned(const QList<PracticeZone> &zones);
    Result<const SigningKey *> key(const QByteArray &zone, KeyOf of);
    Result<SignedZone> zone(const Plan &plan);
    Result<QByteArray> delegation(const SignedZone &zone, const PracticeZone &as);

    std::map<std::pair<QByteArray, KeyOf>, SigningKey> m_keys;
};
