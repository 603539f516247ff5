// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/guard.h"

#include "mail/policy.h"

#include <algorithm>

namespace {

bool isAboutServers(const Finding &finding)
{
    return finding.group == Group::Mx &&
           (finding.severity == Severity::Error || finding.severity == Severity::Unknown);
}

} // namespace

QList<Finding> reasonsAgainstEnforce(const Plan &plan, const Deployment &wanted,
                                     const Report &report, const QList<Finding> &advice)
{
    // Where the id stays, senders are told nothing new.
    if (plan.policyText.isEmpty() || wanted.policy.mode != Policy::Mode::Enforce)
        return {};
    QList<Finding> reasons;
    std::copy_if(report.findings.begin(), report.findings.end(), std::back_inserter(reasons),
                 isAboutServers);
    std::copy_if(advice.begin(), advice.end(), std::back_inserter(reasons),
                 [](const Finding &finding) { return finding.severity == Severity::Error; });
    return reasons;
}

QDate firstFreeDay(const QDateTime &heldUntil)
{
    return heldUntil.addDays(1).date();
}

Finding deletingTooEarly(const DomainName &domain, const QDateTime &until)
{
    return until.isValid()
                   ? toFinding({"STS-88",
                                Severity::Error,
                                {domain.display(), firstFreeDay(until).toString(Qt::ISODate)}},
                               Group::Record, domain.display())
                   : toFinding({"STS-88.unknown", Severity::Error, {domain.display()}},
                               Group::Record, domain.display());
}

QList<Finding> reasonsAgainstDeleting(const Plan &plan, const QDateTime &heldUntil,
                                      const QDateTime &now)
{
    const QByteArray record = plan.domain.child("_mta-sts");
    const bool deletes =
            std::any_of(plan.changes.begin(), plan.changes.end(), [&](const Change &c) {
                return c.kind == Change::Kind::Remove && c.before->name == record;
            });
    if (!deletes || !heldUntil.isValid() || heldUntil <= now)
        return {};
    return {deletingTooEarly(plan.domain, heldUntil)};
}

Removal removalOf(const LiveState &live, const RemovalFacts &facts, const QDateTime &now)
{
    if (!live.policyKnown || !live.stsKnown)
        return {};
    const bool isHeld = facts.heldUntil.isValid() && facts.heldUntil > now;
    if (!live.policyBody && live.stsText.isEmpty() && !isHeld)
        return {Removal::Step::Nothing, {}};
    const PolicyReading served = readPolicy(live.policyBody.value_or(QByteArray()));
    // Without a record no sender looks: nothing is left to be announced.
    const bool isOff = live.policyBody && served.policy &&
                       served.policy->mode == Policy::Mode::None &&
                       (facts.isAnnounced || live.stsText.isEmpty());
    if (!isOff)
        return {Removal::Step::SwitchOff, {}};
    if (isHeld)
        return {Removal::Step::Wait, facts.heldUntil};
    if (!facts.heldUntil.isValid() && !facts.wasOn)
        return {Removal::Step::Wait, {}}; // nobody saw what was served before
    return {Removal::Step::Delete, {}};
}
