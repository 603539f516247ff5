// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deploy/livestate.h"

#include "mail/stsrecord.h"
#include "mail/tlsrptrecord.h"
#include "preset/mailprovider.h"

namespace {

bool isKnown(const std::optional<DnsAnswer> &answer)
{
    // A set that was cut is not known as a whole: the record that decides may be among the rest.
    return answer && answer->isKnown() && !answer->cut;
}

LiveRecords liveSet(const QByteArray &name, const std::optional<DnsAnswer> &answer)
{
    LiveRecords live;
    live.name = name;
    live.known = isKnown(answer);
    if (!live.known)
        return live;
    live.data = texts(*answer);
    if (answer->isAlias())
        live.alias = answer->canonicalName;
    return live;
}

/// The body all addresses agree on. One address that was not heard, or another body somewhere,
/// leaves open what senders have: then the file counts as unknown, or as one that is to be replaced.
void readPolicyFile(const Survey &survey, LiveState &state)
{
    if (!survey.policyDone || survey.cancelled)
        return;
    bool first = true;
    for (const PolicyFetch &fetch : survey.fetches) {
        if (fetch.end == PolicyFetch::End::NotTried || fetch.end == PolicyFetch::End::Cancelled ||
            fetch.end == PolicyFetch::End::TimedOut)
            return;
        // RFC 8461 3.3: only status 200 counts.
        std::optional<QByteArray> body;
        if (fetch.end == PolicyFetch::End::Answered && fetch.status == 200)
            body = fetch.body;
        state.policyBody = first || state.policyBody == body ? body : std::nullopt;
        first = false;
    }
    // Without any address the file is certainly not there only if DNS said so.
    state.policyKnown = !first || (isKnown(survey.policyA) && isKnown(survey.policyAaaa));
}

void readPolicyHost(const Survey &survey, LiveState &state)
{
    state.policyHostKnown = isKnown(survey.policyA) && isKnown(survey.policyAaaa);
    for (const auto *answer : {&survey.policyA, &survey.policyAaaa}) {
        if (!isKnown(*answer))
            continue;
        if ((*answer)->isAlias())
            state.policyHostAlias = (*answer)->canonicalName;
        for (const QHostAddress &address : addresses(**answer))
            state.policyHostLeadsTo.append(address.toString().toLatin1());
    }
}

void readCaa(const Survey &survey, LiveState &state)
{
    if (!survey.caaDone)
        return;
    state.caa = caaAnswers(survey.caa);
    for (qsizetype i = 0; i < state.caa.size(); ++i) {
        if (survey.caa.at(i).cut) // whom it allows may be among the rest
            state.caa[i].isFailed = true;
    }
}

void readDelegation(const Survey &survey, LiveState &state)
{
    for (const MailHost &host : survey.hosts)
        state.mailServers.append(host.name);
    const auto provider = recogniseMailProvider(state.mailServers);
    if (!provider)
        return;
    state.delegateRecord = provider->delegatedRecord;
    state.delegateHost = provider->delegatedHost;
    state.passedOn = provider->passedOn;
}

} // namespace

LiveState liveState(const Survey &survey)
{
    LiveState state;
    readPolicyFile(survey, state);
    readPolicyHost(survey, state);
    readCaa(survey, state);
    readDelegation(survey, state);
    for (const LiveRecords &set : liveTlsa(survey)) {
        for (const QByteArray &data : set.data)
            state.tlsa.append({set.name, RecordType::TLSA, 0, data});
    }
    state.isOwnZone = survey.ns && survey.ns->isFound() && !survey.ns->isAlias();
    if (!state.policyKnown)
        state.policyBody.reset();
    if (isKnown(survey.sts)) {
        const StsReading reading = readStsRecords(texts(*survey.sts));
        state.stsKnown = true;
        if (reading.outcome == RecordOutcome::Valid) {
            state.stsId = reading.id;
            state.stsText = reading.text;
        }
    }
    if (isKnown(survey.tlsRpt)) {
        const TlsRptReading reading =
                readTlsRptRecords(texts(*survey.tlsRpt), survey.domain.ascii());
        state.tlsRptKnown = true;
        if (reading.outcome == RecordOutcome::Valid)
            state.tlsRptText = reading.text;
    }
    return state;
}

bool hasChanged(const LiveState &before, const LiveState &after)
{
    const auto both = [](bool a, bool b) { return a && b; };
    return (both(before.policyKnown, after.policyKnown) && before.policyBody != after.policyBody) ||
           (both(before.stsKnown, after.stsKnown) && before.stsText != after.stsText) ||
           (both(before.tlsRptKnown, after.tlsRptKnown) && before.tlsRptText != after.tlsRptText) ||
           (both(before.policyHostKnown, after.policyHostKnown) &&
            before.policyHostAlias != after.policyHostAlias);
}

static LiveRecords livePolicyHost(const Survey &survey)
{
    LiveState state;
    readPolicyHost(survey, state);
    LiveRecords live;
    live.name = survey.policyHost();
    live.type = RecordType::CNAME;
    live.known = state.policyHostKnown;
    if (live.known) {
        live.alias = state.policyHostAlias;
        live.data = state.policyHostLeadsTo;
    }
    return live;
}

QList<LiveRecords> liveTlsa(const Survey &survey)
{
    QList<LiveRecords> sets;
    for (const MailHost &host : survey.hosts) {
        LiveRecords live;
        live.name = tlsaOwner(host.name);
        live.type = RecordType::TLSA;
        live.known = isKnown(host.tlsa);
        if (live.known && host.tlsa->isAlias())
            live.alias = host.tlsa->canonicalName;
        for (const TlsaRecord &record : live.known ? tlsaRecords(*host.tlsa) : QList<TlsaRecord>())
            live.data.append(tlsaToText(record));
        sets.append(live);
    }
    return sets;
}

QList<LiveRecords> liveRecords(const Survey &survey)
{
    return {liveSet(survey.domain.child("_smtp._tls"), survey.tlsRpt), livePolicyHost(survey),
            liveSet(survey.domain.child("_mta-sts"), survey.sts)};
}
