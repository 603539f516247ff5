// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/policyhost.h"

#include "base/printable.h"
#include "check/policyfetchverdict.h"
#include "mail/stsrecord.h"
#include "survey/address.h"

#include <algorithm>

namespace {

using Outcome = PolicyHostOutcome;

void addOnce(QList<Issue> &issues, const Issue &issue)
{
    if (!issues.contains(issue))
        issues.append(issue);
}

bool wasTried(const PolicyFetch &fetch)
{
    return fetch.end != PolicyFetch::End::NotTried && fetch.end != PolicyFetch::End::Cancelled;
}

// The addresses alone. True when they already settle the matter.
bool judgeAddresses(const PolicyHostView &view, PolicyHostJudgement &judgement)
{
    const QString host = printable(view.host);
    if (view.a.isAbsent() && view.aaaa.isAbsent()) {
        judgement.issues.append({"STS-21", Severity::Error, {host}});
        judgement.outcome = Outcome::NoPolicy;
        return true;
    }
    for (const DnsAnswer *answer : {&view.a, &view.aaaa}) {
        if (!answer->isKnown()) // DNS-1: a failed look-up is not knowledge
            judgement.issues.append(
                    {"STS-21.unknown", Severity::Unknown, {host, printable(answer->why)}});
    }
    const QList<QHostAddress> all = addresses(view.a) + addresses(view.aaaa);
    qsizetype skipped = 0;
    for (const QHostAddress &address : all) {
        const bool tried = std::any_of(view.fetches.begin(), view.fetches.end(),
                                       [&](const PolicyFetch &fetch) {
                                           return fetch.address == address && wasTried(fetch);
                                       });
        if (tried || isPublicAddress(address))
            continue;
        judgement.issues.append({"TLS-31.web", Severity::Error, {host, address.toString()}});
        ++skipped;
    }
    if (skipped > 0 && skipped == all.size() && view.a.isKnown() && view.aaaa.isKnown()) {
        judgement.outcome = Outcome::NoPolicy;
        return true;
    }
    return false;
}

struct Judged
{
    const PolicyFetch *fetch;
    FetchVerdict verdict;
};

// Some addresses give the file: that is what senders get there; the others are told apart (STS-58).
void mergeWithBody(const QList<Judged> &all, PolicyHostJudgement &judgement)
{
    judgement.outcome = Outcome::Policy;
    for (const auto &[fetch, verdict] : all) {
        const QString address = fetch->address.toString();
        if (verdict.hasBody()) {
            if (verdict.outcome == Outcome::PolicyWithError)
                judgement.outcome = Outcome::PolicyWithError;
            for (const Issue &issue : verdict.issues)
                addOnce(judgement.issues, issue);
            if (judgement.body && *judgement.body != fetch->body)
                addOnce(judgement.issues, {"STS-58.differ", Severity::Warning, {address}});
            else
                judgement.body = fetch->body;
            continue;
        }
        if (!wasTried(*fetch)) {
            if (isPublicAddress(fetch->address))
                addOnce(judgement.issues, {"STS-58.untried", Severity::Unknown, {address}});
            continue;
        }
        judgement.issues.append({"STS-58", Severity::Warning, {address}});
        for (Issue issue : verdict.issues) {
            // One of several addresses fails: protection is fragile, not off.
            if (issue.severity == Severity::Error)
                issue.severity = Severity::Warning;
            addOnce(judgement.issues, issue);
        }
    }
}

void mergeWithoutBody(const QList<Judged> &all, PolicyHostJudgement &judgement)
{
    const bool anyFails = std::any_of(all.begin(), all.end(), [](const Judged &one) {
        return one.verdict.outcome == Outcome::NoPolicy;
    });
    const bool anyOpen = std::any_of(all.begin(), all.end(), [](const Judged &one) {
        return one.verdict.outcome == Outcome::Unknown && wasTried(*one.fetch);
    });
    // An address that failed is known to fail; one that could not be judged might give the file.
    judgement.outcome = anyFails && !anyOpen ? Outcome::NoPolicy : Outcome::Unknown;
    for (const Judged &one : all) {
        if (anyFails && !wasTried(*one.fetch) && !isPublicAddress(one.fetch->address))
            continue; // TLS-31 has told
        for (const Issue &issue : one.verdict.issues)
            addOnce(judgement.issues, issue);
    }
}

void judgeDiscovery(const PolicyHostView &view, PolicyHostJudgement &judgement)
{
    const QString host = printable(view.host);
    const bool hasBody = judgement.body.has_value();
    if (view.record == RecordOutcome::Valid && judgement.outcome == Outcome::NoPolicy)
        judgement.issues.append({"STS-57", Severity::Error, {host}});
    if (view.record == RecordOutcome::None && hasBody) {
        const QByteArray domain = view.host.mid(view.host.indexOf('.') + 1);
        judgement.issues.append({"STS-1", Severity::Error, {printable(domain)}});
    }
    const bool undiscovered = view.record == RecordOutcome::None ||
                              view.record == RecordOutcome::Invalid ||
                              view.record == RecordOutcome::Multiple;
    if (undiscovered && hasBody)
        judgement.outcome = Outcome::NotDiscovered;
}

} // namespace

PolicyHostJudgement judgePolicyHost(const PolicyHostView &view)
{
    PolicyHostJudgement judgement;
    if (!judgeAddresses(view, judgement)) {
        QList<Judged> all;
        for (const PolicyFetch &fetch : view.fetches)
            all.append({&fetch, judgeFetch(fetch, view)});
        const bool anyBody = std::any_of(all.begin(), all.end(),
                                         [](const Judged &one) { return one.verdict.hasBody(); });
        if (anyBody)
            mergeWithBody(all, judgement);
        else
            mergeWithoutBody(all, judgement);
        if (judgement.outcome == Outcome::Unknown && judgement.issues.isEmpty())
            judgement.issues.append(
                    {"STS-45.untried", Severity::Unknown, {printable(view.host), QString()}});
    }
    if (judgement.body)
        judgement.reading = readPolicy(*judgement.body);
    const auto isOfAddress = [](const Issue &issue) { return issue.rule() == "STS-58"; };
    if (judgement.outcome == Outcome::Policy &&
        std::none_of(judgement.issues.begin(), judgement.issues.end(), isOfAddress))
        judgement.issues.append({"STS-45.ok", Severity::Ok, {printable(view.host)}});
    judgeDiscovery(view, judgement);
    return judgement;
}

PolicyHostJudgement judgePolicyHost(const Survey &survey)
{
    if (!survey.policyDone || !survey.policyA || !survey.policyAaaa)
        return {};
    PolicyHostView view;
    view.host = survey.policyHost();
    view.a = *survey.policyA;
    view.aaaa = *survey.policyAaaa;
    view.fetches = survey.fetches;
    if (survey.sts && survey.sts->isKnown())
        view.record = readStsRecords(texts(*survey.sts)).outcome;
    PolicyHostJudgement judgement = judgePolicyHost(view);
    const auto isOfRecord = [](const Issue &issue) { return issue.rule() == "STS-1"; };
    judgement.issues.removeIf(isOfRecord);
    return judgement;
}

std::optional<QByteArray> servedBody(const Survey &survey)
{
    return judgePolicyHost(survey).body;
}
