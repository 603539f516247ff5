// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A plan for scripts: everything that will be sent, in the order of work (PUSH-1).
#include "base/printable.h"
#include "dns/presentation.h"
#include "push/plan.h"

#include <QJsonArray>

namespace {

const char *actionOf(Change::Kind kind)
{
    switch (kind) {
    case Change::Kind::Keep:
        return "keep";
    case Change::Kind::Add:
        return "create";
    case Change::Kind::Replace:
        return "replace";
    case Change::Kind::Remove:
        return "delete";
    }
    return "keep";
}

QJsonObject stepJson(const char *action, const QByteArray &name, const QByteArray &type,
                     const QJsonArray &before, const QJsonArray &after, const QByteArray &why)
{
    return {{QStringLiteral("action"), QLatin1String(action)},
            {QStringLiteral("name"), printable(name)},
            {QStringLiteral("type"), QLatin1String(type)},
            {QStringLiteral("before"), before},
            {QStringLiteral("after"), after},
            {QStringLiteral("why"), QLatin1String(why)}};
}

QJsonArray textOf(const std::optional<DnsRecord> &record)
{
    return record ? QJsonArray{QString::fromLatin1(dataText(*record))} : QJsonArray();
}

QJsonArray textOf(const QByteArray &policy)
{
    return policy.isEmpty() ? QJsonArray() : QJsonArray{QString::fromUtf8(policy)};
}

/// Everything that will be sent (PUSH-1): the file, and the records that make room for it or come back.
void addHostSteps(const HostStep &step, QJsonArray &steps)
{
    const auto file = [&](const char *action, const QByteArray &before, const QByteArray &after,
                          const char *why) {
        steps.append(stepJson(action, step.host, "policy", textOf(before), textOf(after), why));
    };
    const auto room = [&](const char *action) {
        for (const ZoneRecord &record : step.before.inTheWay) {
            const QJsonArray text = textOf(std::optional(record.record));
            const bool isGoing = qstrcmp(action, "delete") == 0;
            steps.append(stepJson(action, step.host, typeName(record.record.type),
                                  isGoing ? text : QJsonArray(), isGoing ? QJsonArray() : text,
                                  "PUSH-6.room"));
        }
    };
    switch (step.action) {
    case HostStep::Action::Keep:
        return file("keep", step.text, step.text, "PUSH-1.keep");
    case HostStep::Action::Publish:
        file("publish", step.before.text, step.text, "PUSH-1.publish");
        if (step.before.attachedTo != step.before.service) // else it has its place already
            room("delete");
        return;
    case HostStep::Action::Withdraw:
        file("withdraw", step.text, {}, "PUSH-1.withdraw");
        return room("create");
    }
}

} // namespace

QJsonObject planJson(const Plan &plan)
{
    QJsonArray steps;
    const bool isWithdrawn = plan.host && plan.host->action == HostStep::Action::Withdraw;
    if (plan.host && !isWithdrawn)
        addHostSteps(*plan.host, steps);
    if (!plan.policyText.isEmpty())
        steps.append(stepJson("verify", plan.domain.child("mta-sts"), "policy", {},
                              {QString::fromUtf8(plan.policyText)}, "STS-83"));
    for (const Change &change : plan.changes) {
        const DnsRecord &record = change.after ? *change.after : *change.before;
        steps.append(stepJson(actionOf(change.kind), record.name, typeName(record.type),
                              textOf(change.before), textOf(change.after), change.reason));
    }
    if (isWithdrawn)
        addHostSteps(*plan.host, steps);
    return {{QStringLiteral("schema"), QStringLiteral("mta-sts-plan/1")},
            {QStringLiteral("domain"), QString::fromLatin1(plan.domain.ascii())},
            {QStringLiteral("provider"), QString::fromLatin1(plan.provider)},
            {QStringLiteral("zone"), printable(plan.zone.name)},
            {QStringLiteral("steps"), steps}};
}
