// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/zonetree.h"

#include "base/printable.h"
#include "dns/record.h"

#include <algorithm>

namespace {

const QByteArray Root = QByteArrayLiteral(".");

QByteArray above(const QByteArray &name)
{
    const qsizetype dot = name.indexOf('.');
    return dot < 0 || name == Root ? Root : name.mid(dot + 1);
}

qsizetype labels(const QByteArray &name)
{
    return name == Root ? 0 : name.count('.') + 1;
}

} // namespace

const SignedZone &ZoneTree::zoneOf(const ldns_rdf *name) const
{
    const auto found = std::find_if(m_zones.begin(), m_zones.end(), [name](const SignedZone &zone) {
        return isAtOrBelow(name, zone.apex());
    });
    return found == m_zones.end() ? m_zones.back() : *found;
}

const SignedZone &ZoneTree::zoneAbove(const ldns_rdf *name) const
{
    return zoneOf(nameAbove(name).get());
}

bool ZoneTree::isFailing(const ldns_rdf *name) const
{
    return !m_failing.isEmpty() && m_failing.contains(nameText(name));
}

bool ZoneTree::isUnproven(const ldns_rdf *name) const
{
    return !m_unproven.isEmpty() && m_unproven.contains(nameText(name));
}

bool ZoneTree::isRefused(const ldns_rdf *name, ldns_rr_type type) const
{
    return type == LDNS_RR_TYPE_TLSA && !m_withoutTlsa.isEmpty() &&
           m_withoutTlsa.contains(nameText(zoneOf(name).apex()));
}

/// With the zones that nobody names: the root, and the top-level zones of all others.
Result<ZoneMaker::Plans> ZoneMaker::planned(const QList<PracticeZone> &zones)
{
    Plans plans;
    for (const PracticeZone &zone : zones) {
        const QByteArray name = normalName(zone.name);
        if (!isLegalName(name) && name != Root)
            return failed(Error::Kind::Malformed, QStringLiteral("a zone needs a domain name"),
                          printable(name));
        if (!plans.emplace(name, Plan{.zone = zone}).second)
            return failed(Error::Kind::Malformed, QStringLiteral("two zones have one name"),
                          printable(name));
    }
    plans.emplace(Root, Plan{.zone = {.name = Root}});
    for (const PracticeZone &zone : zones) {
        const QByteArray name = normalName(zone.name);
        const QByteArray top = name == Root ? Root : name.mid(name.lastIndexOf('.') + 1);
        plans.emplace(top, Plan{.zone = {.name = top}});
    }
    return plans;
}

Result<std::shared_ptr<const ZoneTree>> ZoneMaker::make(const QList<PracticeZone> &zones)
{
    auto plans = planned(zones);
    if (!plans)
        return tl::unexpected(plans.error());
    QList<QByteArray> names;
    for (const auto &[name, plan] : *plans)
        names.append(name);
    // Deepest first: a zone is complete when all below it are.
    std::stable_sort(names.begin(), names.end(), [](const QByteArray &a, const QByteArray &b) {
        return labels(a) > labels(b);
    });
    auto tree = std::make_shared<ZoneTree>();
    for (const QByteArray &name : std::as_const(names)) {
        const Plan &plan = plans->at(name);
        Result<SignedZone> made = zone(plan);
        if (!made)
            return tl::unexpected(made.error());
        for (const QByteArray &failing : plan.zone.failing)
            tree->m_failing.insert(normalName(failing));
        for (const QByteArray &unproven : plan.zone.unproven)
            tree->m_unproven.insert(normalName(unproven));
        if (!plan.zone.hasTlsaAnswers)
            tree->m_withoutTlsa.insert(name);
        if (name != Root) {
            const auto lines = delegation(*made, plan.zone);
            if (!lines)
                return tl::unexpected(lines.error());
            QByteArray parent = above(name);
            while (plans->find(parent) == plans->end())
                parent = above(parent);
            plans->at(parent).delegations += *lines;
        }
        tree->m_zones.push_back(std::move(*made));
    }
    return tree;
}

Result<QByteArray> ZoneMaker::trustAnchor()
{
    const auto root = key(Root, KeyOf::Zone);
    if (!root)
        return tl::unexpected(root.error());
    return recordLine((*root)->digest().get()).simplified();
}

Result<const SigningKey *> ZoneMaker::key(const QByteArray &zone, KeyOf of)
{
    const auto name = std::make_pair(normalName(zone), of);
    auto known = m_keys.find(name);
    if (known == m_keys.end()) {
        Result<SigningKey> made = SigningKey::make(zone);
        if (!made)
            return tl::unexpected(made.error());
        known = m_keys.emplace(name, std::move(*made)).first;
    }
    return &known->second;
}

Result<SignedZone> ZoneMaker::zone(const Plan &plan)
{
    const QByteArray lines = plan.zone.lines + '\n' + plan.delegations;
    if (plan.zone.signing == PracticeZone::Signing::Unsigned)
        return SignedZone::make(plan.zone.name, lines, nullptr);
    const auto own = key(plan.zone.name, KeyOf::Zone);
    if (!own)
        return tl::unexpected(own.error());
    return SignedZone::make(plan.zone.name, lines, *own,
                            plan.zone.signing == PracticeZone::Signing::Expired
                                    ? SignedZone::Signatures::Expired
                                    : SignedZone::Signatures::Valid);
}

Result<QByteArray> ZoneMaker::delegation(const SignedZone &zone, const PracticeZone &as)
{
    QByteArray lines;
    const RecordSet servers = zone.set(zone.apex(), LDNS_RR_TYPE_NS);
    for (const ldns_rr *server : servers.records)
        lines += recordLine(server) + '\n';
    if (as.signing == PracticeZone::Signing::Unsigned)
        return lines; // RFC 4035 3.1.4.1: the NSEC of this name proves that there is no DS
    const bool isWrong = as.signing == PracticeZone::Signing::WrongDs;
    const auto signer = key(as.name, isWrong ? KeyOf::Stranger : KeyOf::Zone);
    if (!signer)
        return tl::unexpected(signer.error());
    const LdnsRecord digest = (*signer)->digest();
    ldns_rr_set_ttl(digest.get(), SignedZone::DefaultTtl);
    return lines + recordLine(digest.get()) + '\n';
}
