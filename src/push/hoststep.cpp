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

QJsonObject stateJson(const HostState &state)
{
    QJsonArray inTheWay;
    for (const ZoneRecord &record : state.inTheWay)
        inTheWay.append(recordJson(record));
    return {{QStringLiteral("content"), nameIn(Contents, state.content)},
            {QStringLiteral("text"), QString::fromUtf8(state.text)},
            {QStringLiteral("isCurrent"), state.isCurrent},
            {QStringLiteral("service"), QString::fromUtf8(state.service)},
            {QStringLiteral("attachedTo"), QString::fromUtf8(state.attachedTo)},
            {QStringLiteral("inTheWay"), inTheWay}};
}

std::optional<HostState> stateFrom(const QJsonObject &object)
{
    const auto content = valueIn(Contents, object.value(QLatin1String("content")));
    if (!content)
        return std::nullopt;
    HostState state;
    state.content = *content;
    state.text = octets(object, "text");
    state.isCurrent = object.value(QLatin1String("isCurrent")).toBool();
    state.service = octets(object, "service");
    state.attachedTo = octets(object, "attachedTo");
    for (const QJsonValue value : object.value(QLatin1String("inTheWay")).toArray()) {
        const auto record = recordFromJson(value.toObject());
        if (!record)
            return std::nullopt;
        state.inTheWay.append(*record);
    }
    return state;
}

/// Takes back a withdrawal, also one that was left half-way.
std::optional<HostStep> publishedAgain(const HostStep &withdrawal, const HostState &now)
{
    const bool isThere = now.content == Content::Ours;
    if (isThere && (now.attachedTo == now.service || now.text != withdrawal.text))
        return std::nullopt; // never withdrawn, or published anew since
    HostStep back{Action::Publish, withdrawal.host, withdrawal.text, now};
    if (now.attachedTo.isEmpty() && now.inTheWay.isEmpty() &&
        !withdrawal.before.inTheWay.isEmpty()) {
        back.origin = now; // they were to come back, and did not
        back.origin->inTheWay = withdrawal.before.inTheWay;
    }
    return back;
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
    if (now.content == Content::Foreign || now.isTaken())
        return std::nullopt;
    if (done.action == Action::Withdraw)
        return publishedAgain(done, now);
    if (done.action == Action::Keep && !done.origin)
        return std::nullopt;
    if (now.content != Content::Ours || now.text != done.text)
        return std::nullopt;
    const HostState &before = done.cameFrom();
    // What it served before, where it served: the file first, as in every update.
    if (before.content == Content::Ours && before.attachedTo == before.service)
        return HostStep{Action::Publish, done.host, before.text, now};
    return HostStep{Action::Withdraw, done.host, done.text, before};
}

QJsonObject hostJson(const HostStep &step)
{
    QJsonObject json{{QStringLiteral("action"), nameIn(Actions, step.action)},
                     {QStringLiteral("host"), QString::fromUtf8(step.host)},
                     {QStringLiteral("text"), QString::fromUtf8(step.text)},
                     {QStringLiteral("before"), stateJson(step.before)}};
    if (step.origin)
        json[QStringLiteral("origin")] = stateJson(*step.origin);
    return json;
}

std::optional<HostStep> hostFrom(const QJsonObject &object)
{
    const auto action = valueIn(Actions, object.value(QLatin1String("action")));
    const auto before = stateFrom(object.value(QLatin1String("before")).toObject());
    if (!action || !before)
        return std::nullopt;
    HostStep step{*action, octets(object, "host"), octets(object, "text"), *before};
    if (const QJsonValue origin = object.value(QLatin1String("origin")); origin.isObject()) {
        step.origin = stateFrom(origin.toObject());
        if (!step.origin)
            return std::nullopt;
    }
    return step;
}
