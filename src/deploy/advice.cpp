// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/advice.h"

#include "base/limits.h"
#include "base/printable.h"
#include "preset/mailprovider.h"

#include <algorithm>

namespace {

using Mode = Policy::Mode;
constexpr qint64 Day = 86400;

QString number(qint64 value)
{
    return QString::number(value);
}

/// RFC 8461 4.1 and 8.4: every MX host must be covered, backups too.
void patterns(const Choices &choices, const Circumstances &known, QList<Issue> &issues)
{
    if (choices.mode == Mode::None)
        return;
    if (choices.mx.isEmpty()) // RFC 8461 3.2
        issues.append({"STS-30.choice", Severity::Error, {}});
    if (!known.mxKnown) {
        issues.append({"STS-70.unlooked", Severity::Unknown, {}});
        return;
    }
    if (known.mxCut)
        issues.append({"STS-70.cut", Severity::Unknown, {number(known.mxHosts.size())}});
    const bool enforce = choices.mode == Mode::Enforce;
    for (const QByteArray &host : known.mxHosts) {
        if (!anyMatches(choices.mx, host))
            issues.append({enforce ? "STS-70.enforce" : "STS-70.testing",
                           enforce ? Severity::Error : Severity::Warning,
                           {printable(host)}});
    }
    for (const MxPattern &pattern : choices.mx) {
        const bool used =
                std::any_of(known.mxHosts.begin(), known.mxHosts.end(),
                            [&](const QByteArray &host) { return pattern.matches(host); });
        if (!used)
            issues.append({"STS-71.choice", Severity::Info, {printable(pattern.text())}});
    }
}

void mailServers(const Choices &choices, const Circumstances &known, QList<Issue> &issues)
{
    if (choices.mode == Mode::None || !known.mxKnown)
        return;
    const QString domain = printable(choices.domain.ascii());
    if (known.nullMx) // RFC 7505: no mail is accepted, so there is nothing to protect
        issues.append({"STS-73.choice", Severity::Warning, {domain}});
    else if (known.implicitMx)
        issues.append({"STS-72.choice", Severity::Warning, {domain}});
}

/// STS-85: certificates, reports, testing, two weeks of reading, enforce.
void rollout(const Choices &choices, const Circumstances &known, QList<Issue> &issues)
{
    if (choices.mode != Mode::Enforce)
        return;
    if (!known.openErrors)
        issues.append({"STS-85.unchecked", Severity::Unknown, {}});
    else if (*known.openErrors > 0)
        issues.append({"STS-85.errors", Severity::Warning, {number(*known.openErrors)}});
    if (known.liveMode == Mode::Enforce)
        return;
    if (!known.liveKnown) // DNS-1: what could not be read is not "nothing there"
        issues.append({"STS-85.unseen", Severity::Unknown, {}});
    else if (known.liveMode != Mode::Testing)
        issues.append({"STS-85.untested", Severity::Warning, {}});
    else if (!known.testingDays)
        issues.append({"STS-85.since", Severity::Unknown, {number(TestingDays)}});
    else if (*known.testingDays < TestingDays)
        issues.append({"STS-85.early",
                       Severity::Warning,
                       {number(*known.testingDays), number(TestingDays)}});
}

/// The host of a rua URI: after the last "@" of mailto:, after "//" of https:.
QByteArray reportDomain(const QByteArray &uri)
{
    const QByteArray lower = uri.toLower();
    if (lower.startsWith("mailto:")) {
        const QByteArray address = lower.mid(7, std::max<qsizetype>(lower.indexOf('?') - 7, -1));
        return address.mid(address.lastIndexOf('@') + 1);
    }
    return {};
}

/// What the record that is live loses by these choices.
void droppedReports(const Choices &choices, const Circumstances &known, QList<Issue> &issues)
{
    if (!known.reportsKnown) {
        issues.append({"RPT-1.unlooked", Severity::Unknown, {}});
        return;
    }
    for (const QByteArray &uri : known.liveReportTo) {
        if (!choices.reportTo.contains(uri))
            issues.append({"RPT-1.dropped", Severity::Info, {printable(uri)}});
    }
}

void reports(const Choices &choices, const Circumstances &known, QList<Issue> &issues)
{
    droppedReports(choices, known, issues);
    if (choices.reportTo.isEmpty()) {
        if (choices.mode == Mode::Testing) // RFC 8461 5: failures are only reported
            issues.append({"STS-79.choice", Severity::Warning, {}});
        else if (choices.mode == Mode::Enforce)
            issues.append({"RPT-1.enforce", Severity::Warning, {}});
        return;
    }
    if (choices.mode == Mode::None)
        return;
    for (const QByteArray &uri : choices.reportTo) {
        const QByteArray domain = reportDomain(uri);
        if (!domain.isEmpty() && domain == choices.domain.ascii())
            issues.append({"RPT-15.choice", Severity::Info, {printable(uri)}});
    }
    if (choices.reportTo.size() > 1)
        issues.append({"RPT-9.choice", Severity::Info, {number(choices.reportTo.size())}});
}

/// STS-41: a wildcard that holds more than the provider's mail servers, whose zone it is.
void sharedWildcards(const Choices &choices, QList<Issue> &issues)
{
    for (const MxPattern &pattern : choices.mx) {
        if (const auto provider = providerBelow(pattern))
            issues.append({"STS-41.shared",
                           Severity::Warning,
                           {printable(pattern.text()), provider->name}});
    }
}

/// How wide the patterns are (STS-41) and whether they can match at all (STS-44). What it says about
/// the lifetime is left to age(), which knows the stage of the rollout.
void width(const Choices &choices, QList<Issue> &issues)
{
    Policy policy;
    policy.mode = choices.mode;
    policy.mx = choices.mx;
    policy.maxAge = choices.maxAge;
    for (const Issue &issue : adviseOnPolicy(policy, choices.domain.ascii())) {
        if (issue.rule() != "STS-42")
            issues.append(issue);
    }
    sharedWildcards(choices, issues);
    if (writePolicy(policy).size() > Limits::PolicyBodyWarn)
        issues.append({"STS-43.choice", Severity::Warning, {}});
}

/// STS-42, told by stage: the first time of enforce may be a week, later it should be weeks.
void age(const Choices &choices, const Circumstances &known, QList<Issue> &issues)
{
    const qint64 seconds = choices.maxAge;
    const QStringList value{number(seconds)};
    if (choices.mode == Mode::None && known.liveKnown && !known.liveMode)
        issues.append({"STS-80.choice", Severity::Info, {}});
    if (seconds < 0 || seconds > Limits::MaxAge) {
        issues.append({"STS-29.choice", Severity::Error, value});
    } else if (choices.mode == Mode::None) {
        if (seconds > Day) // RFC 8461 8.3: small, so that the end is near
            issues.append({"STS-87.age", Severity::Info, value});
    } else if (seconds < Day) {
        issues.append({"STS-42", Severity::Warning, value});
    } else if (choices.mode == Mode::Testing) {
        if (seconds > 14 * Day)
            issues.append({"STS-42.testing", Severity::Info, value});
    } else if (seconds < 14 * Day) {
        const bool first = known.liveMode != Mode::Enforce && seconds >= 7 * Day;
        issues.append({first ? "STS-42.first" : "STS-42.weeks",
                       first ? Severity::Info : Severity::Warning, value});
    }
}

} // namespace

bool isAboutReports(const Issue &advice)
{
    return advice.id.startsWith("RPT-") || advice.rule() == "STS-79";
}

QList<Issue> adviseOnChoices(const Choices &choices, const Circumstances &known)
{
    QList<Issue> issues;
    mailServers(choices, known, issues);
    patterns(choices, known, issues);
    width(choices, issues);
    rollout(choices, known, issues);
    reports(choices, known, issues);
    age(choices, known, issues);
    return issues;
}

Readiness readinessToEnforce(const QList<MxPattern> &mx, const Circumstances &known)
{
    Choices enforce;
    enforce.mode = Mode::Enforce;
    enforce.mx = mx;
    Readiness readiness;
    rollout(enforce, known, readiness.reasons);
    patterns(enforce, known, readiness.reasons);
    readiness.reasons.removeIf([](const Issue &issue) { return issue.severity == Severity::Info; });
    const auto isKnown = [](const Issue &issue) { return issue.severity != Severity::Unknown; };
    if (known.liveKnown && known.liveMode == Mode::Enforce)
        readiness.state = Readiness::State::Enforced;
    else if (readiness.reasons.isEmpty())
        readiness.state = Readiness::State::Ready;
    else if (std::any_of(readiness.reasons.begin(), readiness.reasons.end(), isKnown))
        readiness.state = Readiness::State::NotYet;
    return readiness;
}
