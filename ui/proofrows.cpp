// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "proofrows.h"

#include "base/printable.h"
#include "check/policyhost.h"
#include "check/words.h"
#include "deploy/recordchanges.h"
#include "gonerows.h"
#include "mail/stsrecord.h"
#include "mail/tlsrptrecord.h"
#include "tlsaproof.h"

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

/// The target of the alias that is wanted at a name; empty where none is.
QByteArray wantedAlias(const Deployment &wanted, const QByteArray &name)
{
    for (const DnsRecord &record : wanted.records) {
        if (record.name == name && record.type == RecordType::CNAME)
            return normalName(record.data);
    }
    return {};
}

/// What an alias that is there says. Only the end of a chain is known: one that ends elsewhere may
/// still go by way of the wanted name, so it is neither seen nor something else.
State aliasState(const QByteArray &end, const QByteArray &target, State ifReached, ProofRow &row)
{
    if (normalName(end) == target)
        return ifReached;
    row.aliasWanted = printable(target);
    return State::NotTested;
}

ProofRow hostRow(const Deployment &wanted, const Survey &survey)
{
    ProofRow row;
    row.kind = Kind::Host;
    const LiveState live = liveState(survey);
    const QByteArray target = wantedAlias(wanted, wanted.policyHost());
    if (!live.policyHostAlias.isEmpty())
        row.seen.append(printable(live.policyHostAlias));
    for (const QByteArray &address : live.policyHostLeadsTo.mid(0, 4))
        row.seen.append(printable(address));
    const bool leadsSomewhere = !live.policyHostLeadsTo.isEmpty();
    if (!leadsSomewhere && !live.policyHostKnown)
        return row;
    row.state = leadsSomewhere ? State::Seen : State::Waiting;
    if (target.isEmpty())
        return row;
    if (!live.policyHostAlias.isEmpty())
        row.state = aliasState(live.policyHostAlias, target, row.state, row);
    else if (leadsSomewhere)
        row.state = State::Other;
    return row;
}

bool isTried(const PolicyFetch &fetch)
{
    return fetch.end != PolicyFetch::End::NotTried && fetch.end != PolicyFetch::End::Cancelled;
}

bool isAnswered(const PolicyFetch &fetch)
{
    return fetch.end == PolicyFetch::End::Answered;
}

/// The addresses that could not be tried are left out; every one that was must give the file.
State fileState(const Deployment &wanted, const Survey &survey, const PolicyHostJudgement &judged)
{
    const QList<PolicyFetch> &fetches = survey.fetches;
    if (!isKnown(survey.policyA) || !isKnown(survey.policyAaaa))
        return State::NotTested; // there may be addresses that nobody has told of
    if (fetches.isEmpty())
        return liveState(survey).policyHostLeadsTo.isEmpty() ? State::Waiting : State::NotTested;
    if (std::none_of(fetches.begin(), fetches.end(), isTried))
        return State::NotTested;
    if (std::none_of(fetches.begin(), fetches.end(), isAnswered))
        return judged.outcome == PolicyHostOutcome::Unknown ? State::NotTested : State::Waiting;
    const bool isAsWanted =
            std::all_of(fetches.begin(), fetches.end(), [&](const PolicyFetch &fetch) {
                return !isAnswered(fetch) ||
                       (fetch.status == 200 &&
                        (wanted.isDelegated() || fetch.body == wanted.policyText));
            });
    const bool isReadable = !wanted.isDelegated() || (judged.reading && judged.reading->policy);
    const auto isAbout = [&](const char *id) {
        return std::any_of(judged.issues.begin(), judged.issues.end(),
                           [id](const Issue &issue) { return issue.id == id; });
    };
    switch (judged.outcome) {
    case PolicyHostOutcome::Unknown:
        return isAsWanted ? State::NotTested : State::Other;
    case PolicyHostOutcome::NoPolicy:
    case PolicyHostOutcome::PolicyWithError:
        return State::Other;
    case PolicyHostOutcome::Policy:
    case PolicyHostOutcome::NotDiscovered:
        break;
    }
    if (!isAsWanted || !isReadable || isAbout("STS-58.differ"))
        return State::Other;
    // One of the addresses was tried and does not give it, or not as senders want it.
    if (isAbout("STS-58"))
        return std::all_of(fetches.begin(), fetches.end(), isAnswered) ? State::Other
                                                                       : State::Waiting;
    return State::Seen;
}

/// RFC 8461 3.3: as a sender gets it, octet for octet. With a policy that the provider makes, any that
/// can be read.
ProofRow fileRow(const Deployment &wanted, const Survey &survey)
{
    ProofRow row;
    row.kind = Kind::File;
    if (!survey.policyDone)
        return row;
    const PolicyHostJudgement judged = judgePolicyHost(survey);
    row.state = fileState(wanted, survey, judged);
    row.untried = std::count_if(survey.fetches.begin(), survey.fetches.end(),
                                [](const PolicyFetch &fetch) { return !isTried(fetch); });
    if (row.state == State::Seen)
        return row;
    QList<Issue> told = judged.issues;
    told.removeIf([](const Issue &issue) { return issue.id == "STS-58.untried"; });
    for (Issue &issue : told) { // what is only a warning for the domain is what the row waits for
        if (issue.rule() == "STS-58" && issue.severity == Severity::Warning)
            issue.severity = Severity::Error;
    }
    row.seen = sentences(told);
    const bool hasPolicy = judged.body && judged.reading && judged.reading->policy;
    if (hasPolicy && !wanted.isDelegated() && *judged.body != wanted.policyText)
        row.seen.append(QStringLiteral("mode: ") +
                        QString::fromLatin1(modeName(judged.reading->policy->mode)));
    return row;
}

ProofRow reportsRow(const DnsRecord &wanted, const Survey &survey)
{
    ProofRow row;
    row.kind = Kind::Reports;
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
    ProofRow row;
    row.kind = Kind::Record;
    if (!isKnown(survey.sts))
        return row;
    row.ttl = survey.sts->ttl;
    const StsReading reading = readStsRecords(texts(*survey.sts));
    const bool isAlias = survey.sts->isAlias();
    row.seen = sentences(reading.issues);
    if (!reading.text.isEmpty())
        row.seen.prepend(printable(reading.text));
    if (isAlias)
        row.seen.prepend(printable(survey.sts->canonicalName));
    const bool isValid = reading.outcome == RecordOutcome::Valid;
    const bool isThere = reading.outcome != RecordOutcome::None;
    if (!wanted.isDelegated()) {
        if (isValid && reading.id == wanted.id)
            row.state = State::Seen;
        else
            row.state = !isThere && !isAlias ? State::Waiting : State::Other;
        return row;
    }
    const QByteArray target = wantedAlias(wanted, wanted.domain.child("_mta-sts"));
    if (!isAlias || (isThere && !isValid))
        row.state = isThere ? State::Other : State::Waiting;
    else
        row.state = aliasState(survey.sts->canonicalName, target,
                               isValid ? State::Seen : State::Waiting, row);
    return row;
}

/// Every address of every mail server was heard, over TLS and with a certificate for its name.
bool areMailServersProved(const Survey &survey)
{
    if (!survey.hostsKnown || survey.hosts.isEmpty())
        return false;
    return std::all_of(survey.hosts.begin(), survey.hosts.end(), [](const MailHost &host) {
        return !host.addresses.isEmpty() &&
               std::all_of(host.addresses.begin(), host.addresses.end(),
                           [](const AddressLook &look) {
                               return look.done && look.smtp.tls.established &&
                                      look.smtp.tls.pkix.isValid();
                           });
    });
}

ProofRow mailRow(const Survey &survey, const Report &report)
{
    ProofRow row;
    row.kind = Kind::MailServers;
    const auto tell = [&](std::initializer_list<Severity> severities) {
        for (const Finding &finding : report.findings) {
            if (finding.group == Group::Mx && std::find(severities.begin(), severities.end(),
                                                        finding.severity) != severities.end())
                row.seen.append(wordsFor(finding).title);
        }
        row.seen.removeDuplicates();
        row.seen = row.seen.mid(0, 3);
    };
    tell({Severity::Error});
    if (!row.seen.isEmpty())
        row.state = State::Other;
    tell({Severity::Unknown});
    if (!row.seen.isEmpty() || !report.finished)
        return row;
    if (areMailServersProved(survey)) {
        row.state = State::Seen;
        return row;
    }
    tell({Severity::Warning});
    if (!row.seen.isEmpty())
        row.state = State::Other;
    return row;
}

} // namespace

QList<ProofRow> proofRows(const Deployment &wanted, const Survey &survey, const Report &report)
{
    const bool isRemoved = wanted.isRemoved();
    QList<ProofRow> rows;
    if (isRemoved)
        rows = goneRows(survey);
    else
        rows << hostRow(wanted, survey) << fileRow(wanted, survey);
    for (const DnsRecord &record : wanted.records) {
        if (record.name == wanted.domain.child("_smtp._tls"))
            rows << reportsRow(record, survey);
    }
    if (isRemoved)
        return rows;
    rows << recordRow(wanted, survey);
    const QList<QByteArray> owners = ownersOf(wanted.tlsa + wanted.tlsaGone);
    const QList<ServerDane> judged = owners.isEmpty() ? QList<ServerDane>() : serverDane(survey);
    for (const QByteArray &owner : owners)
        rows << tlsaRow(owner, wanted, survey, judged);
    // Mode none protects nothing that the mail servers would have to be good for.
    if (wanted.isDelegated() || wanted.policy.mode != Policy::Mode::None)
        rows << mailRow(survey, report);
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
