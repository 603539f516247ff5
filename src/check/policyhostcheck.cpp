// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The findings on the policy host. What its answers amount to is policyhost.cpp's business.
#include "check/judges.h"
#include "check/servercertificate.h"

#include <algorithm>

namespace {

constexpr Group G = Group::Host;

void judgeWebCertificate(const Context &context, const QString &host, Findings &findings)
{
    for (const PolicyFetch &fetch : context.survey.fetches) {
        if (!fetch.tls.established || fetch.tls.chain.isEmpty() || !fetch.tls.pkix.isValid())
            continue;
        const Certificate &leaf = fetch.tls.chain.first();
        const QString date = leaf.notAfter.toUTC().date().toString(Qt::ISODate);
        if (!endsSoon(leaf, context.survey.at)) // STS-92.soon tells else
            findings.add("STS-46.ok", Severity::Ok, G, host, {host, date}, leaf.issuer);
        return; // every address is fetched; they are compared by policyhost.cpp
    }
}

/// What the server said instead of HTTP/1.1.
QString seenOf(const Issue &issue, const QList<PolicyFetch> &fetches)
{
    const auto isHttp2 = [](const PolicyFetch &fetch) { return fetch.http2Only; };
    const auto found = std::find_if(fetches.begin(), fetches.end(), isHttp2);
    return issue.id == "STS-58.http2" && found != fetches.end() ? found->problem : QString();
}

} // namespace

void judgePolicyHost(const Context &context, Findings &findings)
{
    const Survey &survey = context.survey;
    const QString host = QString::fromLatin1(survey.policyHost());
    if (!survey.policyDone) {
        if (survey.finished)
            findings.add("STS-45.unfinished", Severity::Unknown, G, host, {host});
        return;
    }
    if (!survey.sts || !survey.sts->isKnown()) {
        if (!survey.finished)
            return; // whether anybody looks for the policy is not known yet
    } else if (context.stsIsAbsent) {
        // Not set up: what stands at this name is no fault of a policy that nobody promised.
        findings.add("STS-21.absent", Severity::Info, G, host, {host});
        return;
    }
    for (Issue issue : context.policyHost.issues) {
        if (issue.id == "STS-21" && isHostAliasDangling(survey))
            continue; // STS-89.host tells, with what to do about the alias
        // Where nothing can be said of what senders get, that is what counts (T-45).
        const bool isOpen = context.policyHost.outcome == PolicyHostOutcome::Unknown &&
                            (issue.rule() == "STS-47" || issue.id == "STS-58.http2");
        if (isOpen && issue.severity == Severity::Warning)
            issue.severity = Severity::Unknown;
        findings.add(issue.id, issue.severity, G, host, issue.values,
                     seenOf(issue, survey.fetches));
    }
    judgeWebCertificate(context, host, findings);
}
