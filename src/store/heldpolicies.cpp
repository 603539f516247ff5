// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/heldpolicies.h"

#include "deploy/deployment.h"

#include <algorithm>
#include <tuple>

namespace {

/// A policy of enforce that was forgotten could lose mail unnoticed; the others cannot.
bool doesMore(const CachedPolicy &a, const CachedPolicy &b)
{
    const auto key = [](const CachedPolicy &one) {
        return std::tuple(one.policy.mode == Policy::Mode::Enforce, one.until);
    };
    return key(a) > key(b);
}

void limit(QList<CachedPolicy> &held)
{
    qsizetype octets = 0;
    qsizetype count = 0;
    for (const CachedPolicy &one : std::as_const(held)) {
        octets += writePolicy(one.policy).size();
        if (count == HeldLimits::Policies || octets > HeldLimits::Octets)
            break;
        ++count;
    }
    held.resize(count);
}

} // namespace

void hold(QList<CachedPolicy> &held, const Policy &policy, const QDateTime &from)
{
    Policy plain = policy;
    plain.extensions.clear(); // no sender acts on them
    const QDateTime until = from.addSecs(policy.maxAge);
    const auto known = std::find_if(held.begin(), held.end(), [&](const CachedPolicy &one) {
        return meansTheSame(one.policy, plain);
    });
    if (known == held.end())
        held.append({plain, until});
    else
        known->until = std::max(known->until, until);
    std::stable_sort(held.begin(), held.end(), doesMore);
    limit(held);
}

void dropOld(QList<CachedPolicy> &held, const QDateTime &now)
{
    held.removeIf([&](const CachedPolicy &one) { return one.until <= now; });
    for (CachedPolicy &one : held)
        one.until = std::min(one.until, now.addSecs(one.policy.maxAge));
}
