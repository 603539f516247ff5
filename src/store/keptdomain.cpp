// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keptdomain.h"

#include "check/policyhost.h"
#include "deploy/deployment.h"
#include "deploy/proposal.h"
#include "deploy/recordchanges.h"
#include "mail/tlsrptrecord.h"
#include "store/heldpolicies.h"

#include <algorithm>

namespace {

constexpr qint64 Day = 86400;

enum class Clock {
    Unknown,   // nobody to ask
    Witnessed, // the policy host names the same day
    Doubted,   // it names another
};

struct Seen
{
    QDateTime at; // of ours and the server's clock the later, so that no guard ends too early
    Clock clock = Clock::Unknown;
};

Seen timeOf(const Survey &survey)
{
    Seen seen{survey.at, Clock::Unknown};
    for (const PolicyFetch &fetch : survey.fetches) {
        if (fetch.end != PolicyFetch::End::Answered || !fetch.serverDate.isValid())
            continue;
        const QDateTime ours = fetch.at.isValid() ? fetch.at : survey.at;
        if (std::abs(ours.secsTo(fetch.serverDate)) > Day) {
            seen.clock = Clock::Doubted;
            seen.at = std::max(seen.at, fetch.serverDate);
        } else if (seen.clock == Clock::Unknown && fetch.tls.pkix.isValid()) {
            seen.clock = Clock::Witnessed;
        }
    }
    return seen;
}

void pullBack(QDateTime &time, const QDateTime &latest)
{
    if (time.isValid() && time > latest)
        time = latest;
}

/// What was seen in the past cannot be later than now.
void correctTimes(KeptDomain &kept, const QDateTime &now)
{
    for (std::optional<LastServed> *served : {&kept.served, &kept.sameId}) {
        if (!*served)
            continue;
        for (QDateTime *time : {&(*served)->since, &(*served)->at, &(*served)->gone})
            pullBack(*time, now);
    }
    pullBack(kept.testingSince, now);
    if (kept.cachedUntil.isValid() && kept.cachedUntil < now) {
        kept.cachedUntil = kept.enforcedUntil = {};
        kept.largestMaxAge = 0;
    }
    const QDateTime latest = now.addSecs(kept.largestMaxAge);
    pullBack(kept.cachedUntil, latest);
    pullBack(kept.enforcedUntil, latest);
    dropOld(kept.held, now);
    if (kept.sameId) {
        const auto policy = readPolicy(kept.sameId->body).policy;
        if (!policy || kept.sameId->gone.addSecs(policy->maxAge) < now)
            kept.sameId.reset();
    }
}

/// RFC 8461 5.1: whoever fetched this policy until `from` may use it for max_age from then on.
void guard(KeptDomain &kept, const std::optional<Policy> &policy, const QDateTime &from)
{
    if (!policy)
        return;
    hold(kept.held, *policy, from);
    if (policy->mode == Policy::Mode::None)
        return;
    kept.wasOn = true;
    const QDateTime until = from.addSecs(policy->maxAge);
    const auto prolong = [&until](QDateTime &time) {
        time = time.isValid() ? std::max(time, until) : until;
    };
    prolong(kept.cachedUntil);
    if (policy->mode == Policy::Mode::Enforce)
        prolong(kept.enforcedUntil);
    kept.largestMaxAge = std::max(kept.largestMaxAge, policy->maxAge);
}

void takeMode(KeptDomain &kept, const Policy &policy, const Seen &seen)
{
    if (policy.mode != Policy::Mode::Testing) {
        kept.testingSince = {};
        return;
    }
    // After a day without the policy nobody can say how long it was tested.
    const bool wasAway =
            kept.served && kept.served->gone.isValid() && kept.served->gone.secsTo(seen.at) > Day;
    if (seen.clock != Clock::Doubted && (wasAway || !kept.testingSince.isValid()))
        kept.testingSince = seen.at;
}

/// A policy and its id, both seen.
void takeServed(KeptDomain &kept, const QByteArray &id, const QByteArray &body, const Seen &seen)
{
    const std::optional<Policy> now = readPolicy(body).policy;
    if (!kept.served) {
        kept.served = LastServed{id, body, seen.at, seen.at, {}};
        return;
    }
    LastServed &last = *kept.served;
    const std::optional<Policy> before = readPolicy(last.body).policy;
    const bool isSame = before == now; // as the judge of STS-15 compares
    if (!isSame && !last.gone.isValid())
        guard(kept, before, seen.at); // it may have been fetched until just now
    if (id != last.id)
        kept.sameId.reset();
    else if (kept.sameId && readPolicy(kept.sameId->body).policy == now)
        kept.sameId.reset();
    else if (!isSame && !kept.sameId) {
        kept.sameId = last;
        kept.sameId->gone = seen.at;
    }
    const bool isSameBody = last.body == body && !last.gone.isValid();
    const QDateTime since = isSameBody ? last.since : seen.at;
    last = LastServed{id, body, since, isSameBody ? std::max(last.at, seen.at) : seen.at, {}};
}

/// Senders can certainly not fetch it any more.
bool isGone(const PolicyHostJudgement &host, const LiveState &live)
{
    const bool noRecord = live.stsKnown && live.stsId.isEmpty();
    return noRecord || host.outcome == PolicyHostOutcome::NoPolicy;
}

void takePolicy(KeptDomain &kept, const Survey &survey, const Seen &seen)
{
    const PolicyHostJudgement host = judgePolicyHost(survey);
    const LiveState live = liveState(survey);
    const std::optional<Policy> policy = host.reading ? host.reading->policy : std::nullopt;
    // Without a record only senders that hold a policy already fetch it anew (RFC 8461 10.2).
    const bool noRecord = live.stsKnown && live.stsId.isEmpty();
    if (!noRecord || (kept.cachedUntil.isValid() && kept.cachedUntil > seen.at))
        guard(kept, policy, seen.at);
    if (host.body && !live.stsId.isEmpty()) {
        if (policy)
            takeMode(kept, *policy, seen);
        takeServed(kept, live.stsId, *host.body, seen);
    } else if (kept.served && !kept.served->gone.isValid() && isGone(host, live) &&
               seen.clock != Clock::Doubted) {
        guard(kept, readPolicy(kept.served->body).policy, seen.at);
        kept.served->gone = seen.at;
    }
}

std::optional<KeptCertificate> earliest(const QByteArray &host, const QList<const TlsFacts *> &all)
{
    std::optional<KeptCertificate> first;
    for (const TlsFacts *tls : all) {
        if (tls->chain.isEmpty() || !tls->chain.first().notAfter.isValid())
            continue;
        const Certificate &leaf = tls->chain.first();
        if (!first || leaf.notAfter < first->notAfter)
            first = KeptCertificate{host, leaf.notBefore, leaf.notAfter};
    }
    return first;
}

QList<KeptCertificate> certificatesIn(const Survey &survey)
{
    QList<KeptCertificate> seen;
    const auto add = [&seen](const QByteArray &host, const QList<const TlsFacts *> &all) {
        if (const auto certificate = earliest(host, all))
            seen.append(*certificate);
    };
    for (const MailHost &host : survey.hosts) {
        QList<const TlsFacts *> all;
        for (const AddressLook &look : host.addresses)
            all.append(&look.smtp.tls);
        add(host.name, all);
    }
    QList<const TlsFacts *> all;
    for (const PolicyFetch &fetch : survey.fetches)
        all.append(&fetch.tls);
    add(survey.policyHost(), all);
    return seen;
}

/// Newly seen ones, and of hosts not seen this time what is remembered, while they are in use.
QList<KeptCertificate> certificates(const Survey &survey, const LastCheck &check,
                                    const QList<KeptCertificate> &before)
{
    QList<KeptCertificate> list = certificatesIn(survey);
    for (const KeptCertificate &old : before) {
        const auto isOfHost = [&old](const KeptCertificate &one) { return one.host == old.host; };
        const bool isInUse = check.mx.contains(old.host) || old.host == survey.policyHost();
        if (isInUse && std::none_of(list.cbegin(), list.cend(), isOfHost))
            list.append(old);
    }
    return list;
}

std::optional<Finding> worstOf(const Report &report)
{
    for (const Severity severity : {Severity::Error, Severity::Warning}) {
        const auto found = std::find_if(
                report.findings.cbegin(), report.findings.cend(),
                [severity](const Finding &finding) { return finding.severity == severity; });
        if (found != report.findings.cend())
            return *found;
    }
    return std::nullopt;
}

bool learntAnything(const Survey &survey)
{
    const auto isKnown = [](const std::optional<DnsAnswer> &answer) {
        // A bogus answer is no knowledge of the records, and a fault of the domain all the same.
        return answer && (answer->isKnown() || answer->security == Security::Bogus);
    };
    return isKnown(survey.mx) || isKnown(survey.sts) || isKnown(survey.tlsRpt);
}

LastCheck checkOf(const Survey &survey, const Report &report, const LastCheck &before)
{
    LastCheck check;
    check.at = survey.at;
    check.verdict = report.verdict;
    check.sts = report.sts;
    check.dane = report.dane;
    check.tlsRpt = report.tlsRpt;
    check.problems = report.count(Severity::Error);
    check.warnings = report.count(Severity::Warning);
    check.notTested = report.count(Severity::Unknown);
    check.worst = worstOf(report);
    check.mx = survey.hostsKnown ? mailServerNames(survey) : before.mx;
    check.certificates = certificates(survey, check, before.certificates);
    return check;
}

} // namespace

LastSeen KeptDomain::lastSeen() const
{
    const std::optional<LastServed> &last = sameId ? sameId : served;
    if (!last)
        return {};
    // STS-93 counts from the beginning of testing, not from the last look.
    return {last->id, last->body, testingSince.isValid() ? testingSince : last->since};
}

KeptDomain afterCheck(KeptDomain kept, const Survey &survey, const Report &report)
{
    if (survey.domain.isEmpty() || (!kept.domain.isEmpty() && kept.domain != survey.domain))
        return kept;
    kept.domain = survey.domain;
    const Seen seen = timeOf(survey);
    if (seen.clock == Clock::Witnessed)
        correctTimes(kept, seen.at);
    takePolicy(kept, survey, seen);
    if (kept.draft && isLive(*kept.draft, liveState(survey))) {
        kept.draft.reset();
        kept.draftStep.clear();
    }
    if (report.finished && survey.finished && !survey.cancelled && learntAnything(survey))
        kept.lastCheck = checkOf(survey, report, kept.lastCheck.value_or(LastCheck()));
    return kept;
}

bool isLive(const Choices &choices, const LiveState &live)
{
    if (live.stsId.isEmpty() || !live.policyBody || !live.tlsRptKnown)
        return false;
    const std::optional<Policy> served = readPolicy(*live.policyBody).policy;
    Policy wanted;
    wanted.mode = choices.mode;
    wanted.mx = choices.mx;
    wanted.maxAge = choices.maxAge;
    if (!served || !meansTheSame(*served, wanted))
        return false;
    const bool isTlsaThere =
            std::all_of(choices.tlsa.begin(), choices.tlsa.end(),
                        [&](const DnsRecord &record) { return holdsRecord(live.tlsa, record); });
    if (!isTlsaThere)
        return false;
    QList<QByteArray> reports;
    if (!live.tlsRptText.isEmpty())
        reports = readTlsRptRecords({live.tlsRptText}, choices.domain.ascii()).rua;
    QList<QByteArray> asked = choices.reportTo;
    std::sort(reports.begin(), reports.end());
    std::sort(asked.begin(), asked.end());
    return reports == asked;
}
