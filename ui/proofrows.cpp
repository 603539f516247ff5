// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "proofrows.h"

#include "base/printable.h"
#include "check/policyhost.h"
#include "check/words.h"
#include "deploy/advice.h"
#include "mail/stsrecord.h"
#include "mail/tlsrptrecord.h"

#include <algorithm>

namespace {

using Kind = ProofRow::Kind;
using State = ProofRow::State;

bool isKnown(const std::optional<DnsAnswer> &answer)
{
    return answer && answer->isKnown() && !answer->cut;
}

QStringList sentences(const QList<Issue> &issues)
{
    QStringList list;
    for (const Issue &issue : issues) {
        if (issue.severity == Severity::Error || issue.severity == Severity::Unknown)
            list.append(wordsFor(toFinding(issue, Group::Host, {})).title);
    }
    list.removeDuplicates();
    return list.mid(0, 3);
}

ProofRow hostRow(const Survey &survey)
{
    ProofRow row{Kind::Host, State::NotTested, {}, 0};
    const LiveState live = liveState(survey);
    if (!live.policyHostAlias.isEmpty())
        row.seen.append(printable(live.policyHostAlias));
    for (const QByteArray &address : live.policyHostLeadsTo.mid(0, 4))
        row.seen.append(printable(address));
    if (!live.policyHostLeadsTo.isEmpty())
        row.state = State::Seen;
    else if (live.policyHostKnown)
        row.state = State::Waiting;
    return row;
}

/// RFC 8461 3.3: as a sender gets it, octet for octet. With a policy that the provider makes, any that
/// can be read.
ProofRow fileRow(const Deployment &wanted, const Survey &survey)
{
    ProofRow row{Kind::File, State::NotTested, {}, 0};
    if (!survey.policyDone)
        return row;
    const PolicyHostJudgement judged = judgePolicyHost(survey);
    const LiveState live = liveState(survey);
    row.seen = sentences(judged.issues);
    switch (judged.outcome) {
    case PolicyHostOutcome::Unknown:
        if (live.policyHostKnown && live.policyHostLeadsTo.isEmpty())
            row.state = State::Waiting;
        return row;
    case PolicyHostOutcome::NoPolicy:
        row.state = live.policyHostKnown && live.policyHostLeadsTo.isEmpty() ? State::Waiting
                                                                             : State::Other;
        return row;
    case PolicyHostOutcome::PolicyWithError:
        row.state = State::Other;
        return row;
    case PolicyHostOutcome::Policy:
    case PolicyHostOutcome::NotDiscovered:
        break;
    }
    const bool asWanted = wanted.isDelegated() ? judged.reading && judged.reading->policy
                                               : judged.body == wanted.policyText;
    // An address that answers otherwise, or was not heard, has its sentence among the issues.
    row.state = asWanted && row.seen.isEmpty() ? State::Seen : State::Other;
    if (!asWanted && judged.body && judged.reading && judged.reading->policy)
        row.seen.append(QStringLiteral("mode: ") +
                        QString::fromLatin1(modeName(judged.reading->policy->mode)));
    return row;
}

ProofRow reportsRow(const DnsRecord &wanted, const Survey &survey)
{
    ProofRow row{Kind::Reports, State::NotTested, {}, 0};
    if (!isKnown(survey.tlsRpt))
        return row;
    const TlsRptReading reading = readTlsRptRecords(texts(*survey.tlsRpt), survey.domain.ascii());
    row.ttl = survey.tlsRpt->ttl;
    row.seen = sentences(reading.issues);
    if (!reading.text.isEmpty())
        row.seen.prepend(printable(reading.text));
    if (reading.outcome == RecordOutcome::None)
        row.state = State::Waiting;
    else if (reading.outcome == RecordOutcome::Valid && reading.text == wanted.data)
        row.state = State::Seen;
    else
        row.state = State::Other;
    return row;
}

ProofRow recordRow(const Deployment &wanted, const Survey &survey)
{
    ProofRow row{Kind::Record, State::NotTested, {}, 0};
    if (!isKnown(survey.sts))
        return row;
    row.ttl = survey.sts->ttl;
    const StsReading reading = readStsRecords(texts(*survey.sts));
    row.seen = sentences(reading.issues);
    if (!reading.text.isEmpty())
        row.seen.prepend(printable(reading.text));
    bool asWanted = reading.outcome == RecordOutcome::Valid && reading.id == wanted.id;
    if (wanted.isDelegated()) {
        if (survey.sts->isAlias())
            row.seen.prepend(printable(survey.sts->canonicalName));
        asWanted = reading.outcome == RecordOutcome::Valid && survey.sts->isAlias();
    }
    if (asWanted)
        row.state = State::Seen;
    else
        row.state = reading.outcome == RecordOutcome::None && !survey.sts->isAlias()
                            ? State::Waiting
                            : State::Other;
    return row;
}

ProofRow mailRow(const Report &report)
{
    ProofRow row{Kind::MailServers, State::NotTested, {}, 0};
    int worst = severityRank(Severity::Ok);
    bool any = false;
    for (const Finding &finding : report.findings) {
        if (finding.group != Group::Mx)
            continue;
        any = true;
        worst = std::min(worst, severityRank(finding.severity));
        if (finding.severity == Severity::Error || finding.severity == Severity::Unknown)
            row.seen.append(wordsFor(finding).title);
    }
    row.seen.removeDuplicates();
    row.seen = row.seen.mid(0, 3);
    if (worst == severityRank(Severity::Error))
        row.state = State::Other;
    else if (any && report.finished && row.seen.isEmpty())
        row.state = State::Seen;
    return row;
}

} // namespace

QList<ProofRow> proofRows(const Deployment &wanted, const Survey &survey, const Report &report)
{
    QList<ProofRow> rows{hostRow(survey), fileRow(wanted, survey)};
    for (const DnsRecord &record : wanted.records) {
        if (record.name == wanted.domain.child("_smtp._tls"))
            rows << reportsRow(record, survey);
    }
    rows << recordRow(wanted, survey);
    // Mode none protects nothing that the mail servers would have to be good for.
    if (wanted.isDelegated() || wanted.policy.mode != Policy::Mode::None)
        rows << mailRow(report);
    return rows;
}

bool isPublished(const QList<ProofRow> &rows)
{
    return !rows.isEmpty() && std::all_of(rows.begin(), rows.end(), [](const ProofRow &row) {
        return row.kind == Kind::MailServers || row.state == State::Seen;
    });
}

std::optional<std::chrono::seconds> nextLookIn(const QList<ProofRow> &rows, const Survey &survey)
{
    if (isPublished(rows))
        return std::nullopt;
    const bool isFetched =
            std::any_of(survey.fetches.begin(), survey.fetches.end(), [](const PolicyFetch &fetch) {
                return fetch.end == PolicyFetch::End::Answered && fetch.status == 200;
            });
    // STS-56: after a GET that failed no automatic one for five minutes.
    if (!survey.fetches.isEmpty() && !isFetched)
        return std::chrono::minutes(5);
    return std::chrono::minutes(1);
}

ComeBack comeBack(const Deployment &wanted, const QDateTime &testingSince,
                  const QDateTime &cachedUntil, const QDateTime &now)
{
    if (wanted.isDelegated())
        return {};
    switch (wanted.policy.mode) {
    case Policy::Mode::Testing: {
        const bool usable = testingSince.isValid() && testingSince <= now;
        return {ComeBack::For::Enforce, (usable ? testingSince : now).addDays(TestingDays).date()};
    }
    case Policy::Mode::Enforce:
        if (wanted.policy.maxAge >= TestingDays * qint64(86400))
            return {};
        return {ComeBack::For::Longer, now.addDays(7).date()};
    case Policy::Mode::None:
        break;
    }
    // The none policy itself is remembered for a while too, and nothing may go before it.
    const QDateTime own = now.addSecs(wanted.policy.maxAge);
    return {ComeBack::For::Delete,
            cachedUntil.isValid() ? std::max(cachedUntil, own).date() : QDate()};
}
