// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pushparts.h"

#include "base/printable.h"
#include "push/tlsaguard.h"

#include <algorithm>

namespace {

PlanPart filePart(const QByteArray &host, const QByteArray &before, const QByteArray &after)
{
    PlanPart part;
    part.what = PlanPart::What::File;
    part.where = QStringLiteral("https://%1/.well-known/mta-sts.txt").arg(printable(host));
    part.before = before;
    part.after = after;
    part.kind = before == after    ? PlanPart::Kind::Keep
                : before.isEmpty() ? PlanPart::Kind::Create
                : after.isEmpty()  ? PlanPart::Kind::Delete
                                   : PlanPart::Kind::Update;
    return part;
}

/// What is in the way of the policy host goes, or comes back.
QList<PlanPart> roomParts(const HostStep &step)
{
    QList<PlanPart> parts;
    const bool comesBack = step.action == HostStep::Action::Withdraw;
    for (const ZoneRecord &room : step.before.inTheWay) {
        Change change;
        change.kind = comesBack ? Change::Kind::Add : Change::Kind::Remove;
        (comesBack ? change.after : change.before) = room.record;
        change.reason = comesBack ? "PUSH-9.undo" : "PUSH-6.room";
        parts.append(partOf(change));
    }
    return parts;
}

QList<PlanPart> hostParts(const HostStep &step)
{
    switch (step.action) {
    case HostStep::Action::Keep:
        return {filePart(step.host, step.text, step.text)};
    case HostStep::Action::Publish: {
        PlanPart file = filePart(step.host, step.before.text, step.text);
        if (file.kind == PlanPart::Kind::Keep) // the file stands; the address does not lead there
            file.kind = PlanPart::Kind::Update;
        file.reason = "PUSH-1.publish";
        return roomParts(step) + QList<PlanPart>{file};
    }
    case HostStep::Action::Withdraw:
        break;
    }
    PlanPart file = filePart(step.host, step.text, step.before.text);
    file.reason = "PUSH-1.withdraw";
    return QList<PlanPart>{file} + roomParts(step);
}

} // namespace

QList<PlanPart> planParts(const Plan &plan, const LiveState &live)
{
    QList<PlanPart> parts;
    const bool isWithdrawn = plan.host && plan.host->action == HostStep::Action::Withdraw;
    if (plan.host && !isWithdrawn)
        parts = hostParts(*plan.host);
    else if (!plan.policyText.isEmpty()) {
        const QByteArray before =
                plan.isServed ? plan.policyText : live.policyBody.value_or(QByteArray());
        PlanPart file = filePart(plan.domain.child("mta-sts"), before, plan.policyText);
        if (!live.policyKnown && !plan.isServed)
            file.kind = PlanPart::Kind::NotCompared;
        parts = {file};
    }
    for (const Change &change : plan.changes) {
        parts.append(partOf(change));
        parts.last().raisedTtl = raisedTtl(plan, change);
    }
    if (isWithdrawn)
        parts += hostParts(*plan.host);
    return parts;
}

int writes(const QList<PlanPart> &parts)
{
    return int(std::count_if(parts.begin(), parts.end(), [](const PlanPart &part) {
        return part.kind != PlanPart::Kind::Keep;
    }));
}

bool waitsForFile(const Plan &plan)
{
    return !plan.policyText.isEmpty() && !plan.isServed && !plan.host;
}

QList<PushEvent::Step> stepsOf(const Plan &plan)
{
    using Step = PushEvent::Step;
    QList<Step> steps;
    const bool isWithdrawn = plan.host && plan.host->action == HostStep::Action::Withdraw;
    if (plan.writesHost() && !isWithdrawn)
        steps << Step::Host;
    if (!plan.policyText.isEmpty())
        steps << Step::Policy;
    if (!plan.sets.isEmpty())
        steps << Step::Read;
    if (promisesKeys(plan))
        steps << Step::Keys;
    if (!plan.sets.isEmpty())
        steps << Step::Write << Step::ReadBack << Step::Dns;
    if (promisesKeys(plan))
        steps << Step::Senders;
    if (isWithdrawn)
        steps << Step::Host;
    return steps;
}
