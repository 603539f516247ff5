// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "draft.h"

#include "base/printable.h"
#include "check/finding.h"
#include "dane/tlsamaking.h"
#include "deploy/hostingoptions.h"
#include "dns/presentation.h"

#include <algorithm>

namespace {

PlanPart::Kind kindOf(Change::Kind kind)
{
    switch (kind) {
    case Change::Kind::Keep:
        return PlanPart::Kind::Keep;
    case Change::Kind::Add:
        return PlanPart::Kind::Create;
    case Change::Kind::Replace:
        return PlanPart::Kind::Update;
    case Change::Kind::Remove:
        break;
    }
    return PlanPart::Kind::Delete;
}

PlanPart partOf(const DnsRecord &record)
{
    PlanPart part;
    part.type = QString::fromLatin1(typeName(record.type));
    part.where = printable(record.name);
    return part;
}

PlanPart hostPart(const HostRecord &host)
{
    PlanPart part;
    part.what = PlanPart::What::HostRecord;
    part.type = host.kind == HostRecord::Kind::Alias ? QStringLiteral("CNAME")
                                                     : QStringLiteral("A, AAAA");
    part.where = printable(host.name);
    part.host = host;
    part.before = host.leadsTo.join('\n');
    switch (host.standing) {
    case HostRecord::Standing::Unknown:
        break;
    case HostRecord::Standing::Missing:
        part.kind = PlanPart::Kind::Create;
        break;
    case HostRecord::Standing::There:
        part.kind = PlanPart::Kind::Keep;
        part.after = part.before;
        break;
    case HostRecord::Standing::Elsewhere:
        part.kind = PlanPart::Kind::Update;
        break;
    }
    return part;
}

PlanPart filePart(const LiveState &live, const Deployment &wanted)
{
    PlanPart part;
    part.what = PlanPart::What::File;
    part.where = QStringLiteral("https://%1/.well-known/mta-sts.txt")
                         .arg(QString::fromLatin1(wanted.policyHost()));
    part.before = live.policyBody.value_or(QByteArray());
    part.after = wanted.policyText;
    if (live.policyKnown && !live.policyBody)
        part.kind = PlanPart::Kind::Create;
    else if (wanted.isDelegated())
        part.kind = PlanPart::Kind::NotCompared; // what is passed on may be what is served
    else if (live.policyKnown)
        part.kind = part.before == part.after ? PlanPart::Kind::Keep : PlanPart::Kind::Update;
    return part;
}

/// After everything else (DANE-34). A set that is not known is shown as it is wanted.
QList<PlanPart> tlsaParts(const Survey &survey, const Deployment &wanted)
{
    const RecordChanges compared = tlsaChanges(wanted.tlsa, wanted.tlsaGone, liveTlsa(survey));
    QList<PlanPart> parts;
    for (const DnsRecord &record : wanted.tlsa) {
        const bool isCompared = std::any_of(
                compared.changes.begin(), compared.changes.end(), [&](const Change &change) {
                    return change.after && change.after->name == record.name;
                });
        if (isCompared)
            continue;
        PlanPart part = partOf(record);
        part.after = record.data;
        part.record = record;
        parts << part;
    }
    for (const Change &change : compared.changes)
        parts << partOf(change);
    return parts;
}

/// What senders would make of the sets as they would stand (RFC 7671 8), by what the servers showed in this look.
QList<Issue> tlsaObstacles(const Survey &survey, const Deployment &wanted)
{
    QList<Issue> issues;
    const QList<LiveRecords> sets = wanted.tlsa.isEmpty() ? QList<LiveRecords>() : liveTlsa(survey);
    for (const MailHost &host : survey.hosts) {
        const QByteArray owner = tlsaOwner(host.name, 25);
        PublishingInput input;
        input.host = host.name;
        for (const LiveRecords &live : sets) {
            for (const QByteArray &data : live.name == owner ? live.data : QList<QByteArray>()) {
                const DnsRecord gone{owner, RecordType::TLSA, RecordTtl, data};
                const auto read = readTlsa(data).record;
                if (read && !holdsRecord(wanted.tlsaGone, gone))
                    input.records.append(*read);
            }
        }
        const QList<DnsRecord> ours = recordsAt(owner, wanted.tlsa);
        for (const DnsRecord &record : ours) {
            const auto read = readTlsa(record.data).record;
            if (read && !input.records.contains(*read))
                input.records.append(*read);
        }
        for (const AddressLook &look : host.addresses) {
            for (const TlsFacts &tls :
                 {look.smtp.tls, look.otherKeyType ? look.otherKeyType->tls : TlsFacts()}) {
                if (!tls.chain.isEmpty())
                    input.chains.append(tls.chain);
            }
        }
        if (!ours.isEmpty() && input.chains.isEmpty())
            issues.append({"DANE-1.unseen", Severity::Unknown, {printable(host.name, 255)}});
        else if (!ours.isEmpty())
            issues += judgePublishing(input).issues;
    }
    issues.removeIf([](const Issue &issue) {
        return issue.severity != Severity::Error && issue.severity != Severity::Unknown;
    });
    return issues;
}

/// What is left at the policy host when the record is gone: the file first, its name last.
QList<PlanPart> hostLeftovers(const LiveState &live, const Deployment &wanted)
{
    QList<PlanPart> parts;
    PlanPart file = filePart(live, wanted);
    if (file.kind == PlanPart::Kind::Create) // neither is there
        file.kind = PlanPart::Kind::Keep;
    else if (file.kind == PlanPart::Kind::Update)
        file.kind = PlanPart::Kind::Delete;
    file.reason = "STS-87.file";
    if (file.kind != PlanPart::Kind::Keep)
        parts << file;
    if (live.policyHostLeadsTo.isEmpty() && live.policyHostAlias.isEmpty())
        return parts;
    PlanPart host;
    host.what = PlanPart::What::HostRecord;
    host.kind = PlanPart::Kind::Delete;
    host.type =
            live.policyHostAlias.isEmpty() ? QStringLiteral("A, AAAA") : QStringLiteral("CNAME");
    host.where = printable(wanted.policyHost());
    host.before = live.policyHostAlias.isEmpty() ? live.policyHostLeadsTo.join('\n')
                                                 : live.policyHostAlias;
    host.reason = "STS-87.name";
    return parts << host;
}

} // namespace

Circumstances circumstances(const Survey &survey, const Report &report, const KeptDomain &kept,
                            const QDateTime &now)
{
    Circumstances known = circumstances(survey);
    if (report.finished && !survey.cancelled)
        known.openErrors = report.count(Severity::Error);
    // A date from the future is a clock that was wrong: how long it has been is not known.
    if (known.liveMode == Policy::Mode::Testing && kept.testingSince.isValid() &&
        kept.testingSince <= now)
        known.testingDays = kept.testingSince.daysTo(now);
    return known;
}

QList<Issue> advice(const Choices &choices, const Survey &survey, const Report &report,
                    AdviceAbout about, const KeptDomain &kept, const QDateTime &now)
{
    const Circumstances known = circumstances(survey, report, kept, now);
    QList<Issue> issues = adviseOnChoices(choices, known);
    issues.removeIf([about](const Issue &issue) {
        return about != AdviceAbout::Everything &&
               isAboutReports(issue) != (about == AdviceAbout::Reports);
    });
    return issues;
}

PlanPart partOf(const Change &change)
{
    PlanPart part = partOf(change.after ? *change.after : *change.before);
    part.kind = kindOf(change.kind);
    part.before = change.before ? change.before->data : QByteArray();
    part.after = change.after ? change.after->data : QByteArray();
    part.reason = change.reason;
    part.record = change.after;
    return part;
}

QList<PlanPart> planParts(const Survey &survey, const Deployment &wanted)
{
    const LiveState live = liveState(survey);
    QList<PlanPart> parts;
    if (const auto host = wanted.isRemoved() ? std::nullopt : hostRecord(wanted, live))
        parts << hostPart(*host) << filePart(live, wanted);
    const RecordChanges changes = recordChanges(wanted.records, liveRecords(survey));
    QList<PlanPart> last; // at the name that makes senders look
    const QByteArray lastName = wanted.domain.child("_mta-sts");
    for (const DnsRecord &record : wanted.records) {
        const bool compared = std::any_of(
                changes.changes.begin(), changes.changes.end(), [&](const Change &change) {
                    return change.after && change.after->name == record.name;
                });
        if (compared)
            continue;
        PlanPart part = partOf(record);
        part.after = record.data;
        part.record = record;
        (record.name == lastName ? last : parts) << part;
    }
    for (const Change &change : changes.changes) {
        const DnsRecord &record = change.after ? *change.after : *change.before;
        (record.name == lastName ? last : parts) << partOf(change);
    }
    if (wanted.isRemoved())
        return parts + last + hostLeftovers(live, wanted);
    return parts + last + tlsaParts(survey, wanted);
}

QList<Issue> planObstacles(const Survey &survey, const Deployment &wanted)
{
    return recordChanges(wanted.records, liveRecords(survey)).issues +
           tlsaChanges(wanted.tlsa, wanted.tlsaGone, liveTlsa(survey)).issues +
           tlsaObstacles(survey, wanted);
}

PanelForm panelForm(const Survey &survey)
{
    const auto host = dnsHost(survey);
    if (!host)
        return {};
    return {host->names == DnsHost::Names::Absolute, host->quotes == DnsHost::Quotes::Yes};
}

QByteArray panelName(const DnsRecord &record, const DomainName &zone, PanelForm form)
{
    return form.fullNames ? record.name : relativeName(record.name, zone.ascii());
}

QByteArray panelValue(const DnsRecord &record, PanelForm form)
{
    return record.type == RecordType::TXT && form.quotes ? quotedTxt(record.data) : record.data;
}

bool isComparable(const Survey &survey)
{
    return survey.finished || (survey.policyDone && survey.policyA && survey.policyAaaa &&
                               survey.sts && survey.tlsRpt);
}

bool nothingAnswered(const Survey &survey)
{
    const auto failed = [](const std::optional<DnsAnswer> &answer) {
        // Signatures that do not hold came from somewhere.
        return answer && !answer->isKnown() && answer->security != Security::Bogus;
    };
    return survey.port25 == Port25::NoNetwork ||
           (!survey.cancelled && failed(survey.mx) && failed(survey.sts) && failed(survey.tlsRpt));
}
