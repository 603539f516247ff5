// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/hoststep.h"

#include "base/printable.h"
#include "push/recordjson.h"

#include <QJsonArray>

namespace {

using Action = HostStep::Action;
using Content = HostState::Content;

constexpr std::pair<Action, const char *> Actions[] = {
        {Action::Keep, "keep"}, {Action::Publish, "publish"}, {Action::Withdraw, "withdraw"}};
constexpr std::pair<Content, const char *> Contents[] = {
        {Content::Absent, "absent"}, {Content::Ours, "ours"}, {Content::Foreign, "foreign"}};

template <class Value, size_t Size>
QString nameIn(const std::pair<Value, const char *> (&table)[Size], Value value)
{
    for (const auto &[known, name] : table) {
        if (known == value)
            return QLatin1String(name);
    }
    return {};
}

template <class Value, size_t Size>
std::optional<Value> valueIn(const std::pair<Value, const char *> (&table)[Size],
                             const QJsonValue &name)
{
    for (const auto &[known, text] : table) {
        if (name.toString() == QLatin1String(text))
            return known;
    }
    return std::nullopt;
}

QByteArray octets(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString().toUtf8();
}

} // namespace

HostStep hostStep(const Deployment &wanted, const HostState &state)
{
    return {state.isCurrent ? Action::Keep : Action::Publish, wanted.policyHost(),
            wanted.policyText, state};
}

QList<Issue> hostBlockers(const HostStep &step, const Zone &zone)
{
    QList<Issue> issues;
    const QString host = printable(step.host);
    if (!zone.hostObstacle.isEmpty())
        issues.append({zone.hostObstacle, Severity::Error, {printable(zone.name)}});
    if (step.before.content == Content::Foreign)
        issues.append({"PUSH-6.foreign", Severity::Error, {host, printable(step.before.service)}});
    if (step.before.isTaken())
        issues.append({"PUSH-6.taken", Severity::Error, {host, printable(step.before.attachedTo)}});
    return issues;
}

QList<Issue> certificateBlockers(const HostStep &step, const QList<CaaAnswer> &answers,
                                 const QList<QByteArray> &issuers)
{
    if (step.action != Action::Publish || step.before.attachedTo == step.before.service ||
        answers.isEmpty() || issuers.isEmpty())
        return {};
    QList<CaaAnswer> climb = answers;
    for (CaaAnswer &answer : climb) {
        if (answer.name == step.host && !answer.alias.isEmpty())
            answer.set.clear(); // the alias makes room for the host, and leads to no other set then
    }
    const RelevantCaaSet found = relevantCaaSet(step.host, climb);
    if (found.isFailed)
        return {};
    QList<Issue> why;
    for (const QByteArray &issuer : issuers) {
        const CaaVerdict verdict = mayIssue(found.set, issuer, CertificateKind::Single);
        if (verdict.mayIssue)
            return {};
        why = verdict.issues;
    }
    const QString host = printable(step.host);
    const QString at = printable(found.alias.isEmpty() ? found.name : found.alias);
    for (const Issue &issue : std::as_const(why)) {
        if (issue.rule() == "CAA-6") // another permission would not help
            return {{"CAA-6.any", Severity::Error, {host, issue.values.value(1), at}}};
    }
    return {{"PUSH-6.caa",
             Severity::Error,
             {host, at, QString::fromLatin1(issuers.join(", ")),
              QString::fromLatin1(issuers.first())}}};
}

std::optional<HostStep> undoOf(const HostStep &done, const HostState &now)
{
    if (done.action == Action::Keep || now.content == Content::Foreign || now.isTaken())
        return std::nullopt;
    if (done.action == Action::Withdraw) {
        if (now.content != Content::Absent)
            return std::nullopt;
        return HostStep{Action::Publish, done.host, done.text, now};
    }
    if (now.content != Content::Ours || now.text != done.text)
        return std::nullopt;
    const HostState &before = done.before;
    // What it served before, where it served: the file first, as in every update.
    if (before.content == Content::Ours && before.attachedTo == before.service)
        return HostStep{Action::Publish, done.host, before.text, now};
    return HostStep{Action::Withdraw, done.host, done.text, before};
}

QJsonObject hostJson(const HostStep &step)
{
    QJsonArray inTheWay;
    for (const ZoneRecord &record : step.before.inTheWay)
        inTheWay.append(recordJson(record));
    const HostState &before = step.before;
    return {{QStringLiteral("action"), nameIn(Actions, step.action)},
            {QStringLiteral("host"), QString::fromUtf8(step.host)},
            {QStringLiteral("text"), QString::fromUtf8(step.text)},
            {QStringLiteral("before"),
             QJsonObject{{QStringLiteral("content"), nameIn(Contents, before.content)},
                         {QStringLiteral("text"), QString::fromUtf8(before.text)},
                         {QStringLiteral("isCurrent"), before.isCurrent},
                         {QStringLiteral("service"), QString::fromUtf8(before.service)},
                         {QStringLiteral("attachedTo"), QString::fromUtf8(before.attachedTo)},
                         {QStringLiteral("inTheWay"), inTheWay}}}};
}

std::optional<HostStep> hostFrom(const QJsonObject &object)
{
    const QJsonObject before = object.value(QLatin1String("before")).toObject();
    const auto action = valueIn(Actions, object.value(QLatin1String("action")));
    const auto content = valueIn(Contents, before.value(QLatin1String("content")));
    if (!action || !content)
        return std::nullopt;
    HostStep step{*action, octets(object, "host"), octets(object, "text"), {}};
    step.before.content = *content;
    step.before.text = octets(before, "text");
    step.before.isCurrent = before.value(QLatin1String("isCurrent")).toBool();
    step.before.service = octets(before, "service");
    step.before.attachedTo = octets(before, "attachedTo");
    for (const QJsonValue value : before.value(QLatin1String("inTheWay")).toArray()) {
        const auto record = recordFromJson(value.toObject());
        if (!record)
            return std::nullopt;
        step.before.inTheWay.append(*record);
    }
    return step;
}
