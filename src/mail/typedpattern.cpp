// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/typedpattern.h"

#include "base/limits.h"
#include "mail/policy.h"

#include <QRegularExpression>

#include <algorithm>

namespace {

constexpr qsizetype MostItems = 100;

bool isNumber(const QString &item)
{
    return std::all_of(item.begin(), item.end(),
                       [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); });
}

/// The reader of policy files names the mistake, so that a typed pattern and a served one are told
/// the same.
QList<Issue> mistakesIn(const QByteArray &value)
{
    QList<Issue> issues =
            readPolicy("version: STSv1\nmode: testing\nmx: " + value + "\nmax_age: 86400\n").issues;
    issues.removeIf([](const Issue &issue) {
        return issue.rule() != "STS-31" && issue.rule() != "STS-32" && issue.rule() != "STS-38";
    });
    return issues;
}

/// STS-44: legal in a policy, and certainly a slip where somebody types it.
void refuseUnusable(TypedPattern &out)
{
    Policy policy;
    policy.mx = {*out.pattern};
    for (const Issue &issue : adviseOnPolicy(policy, {})) {
        if (issue.rule() == "STS-44")
            out.issues.append({issue.id, Severity::Error, issue.values});
    }
    if (!out.issues.isEmpty())
        out.pattern.reset();
}

TypedPattern parseOne(const QString &item)
{
    TypedPattern out{item, {}, {}};
    QByteArray text = item.toUtf8();
    if (text.size() > 1 && text.endsWith('.')) // STS-68: the root's dot is no part of a pattern
        text.chop(1);
    out.pattern = MxPattern::parse(text.toLower());
    if (out.pattern) {
        refuseUnusable(out);
        return out;
    }
    out.issues = mistakesIn(text);
    // RFC 8461 3.2: internationalized names stand in the policy as A-labels; written so for the user.
    if (out.issues.size() == 1 && out.issues.constFirst().id == "STS-32")
        out.pattern = MxPattern::parse(out.issues.constFirst().values.value(1).toLatin1());
    if (out.pattern)
        out.issues.clear();
    else if (out.issues.isEmpty())
        out.issues.append({"STS-31", Severity::Error, {QString::fromUtf8(text)}});
    return out;
}

} // namespace

QList<TypedPattern> parseTypedPatterns(const QString &typed)
{
    static const QRegularExpression between(QStringLiteral("[\\s,;]+"));
    static const QRegularExpression key(QStringLiteral("^mx:"),
                                        QRegularExpression::CaseInsensitiveOption);
    QStringList items = typed.left(Limits::TypedText).split(between, Qt::SkipEmptyParts);
    for (QString &item : items)
        item.remove(key);
    // "10 mx1.example.org." is an MX record; a number alone was meant as something else.
    if (items.size() > 1)
        items.removeIf(isNumber);
    items.removeAll(QString());
    QList<TypedPattern> out;
    for (const QString &item : items.mid(0, MostItems))
        out.append(parseOne(item));
    return out;
}
