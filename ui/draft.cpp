// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "draft.h"

#include "base/printable.h"
#include "check/finding.h"
#include "deploy/recordchanges.h"

#include <algorithm>

namespace {

bool isAboutReports(const Issue &issue)
{
    return issue.id.startsWith("RPT-") || issue.rule() == "STS-79";
}

PreviewPart::Kind kindOf(Change::Kind kind)
{
    switch (kind) {
    case Change::Kind::Keep:
        return PreviewPart::Kind::Keep;
    case Change::Kind::Add:
        return PreviewPart::Kind::Add;
    case Change::Kind::Replace:
        return PreviewPart::Kind::Replace;
    case Change::Kind::Remove:
        break;
    }
    return PreviewPart::Kind::Remove;
}

PreviewPart partOf(const DnsRecord &record)
{
    PreviewPart part;
    part.type = QString::fromLatin1(typeName(record.type));
    part.where = printable(record.name);
    return part;
}

PreviewPart filePart(const Survey &survey, const Deployment &wanted)
{
    const LiveState live = liveState(survey);
    PreviewPart part;
    part.isFile = true;
    part.where = QStringLiteral("https://%1/.well-known/mta-sts.txt")
                         .arg(QString::fromLatin1(wanted.policyHost()));
    part.before = live.policyBody.value_or(QByteArray());
    part.after = wanted.policyText;
    if (live.policyKnown && !live.policyBody)
        part.kind = PreviewPart::Kind::Add;
    else if (live.policyKnown)
        part.kind =
                part.before == part.after ? PreviewPart::Kind::Keep : PreviewPart::Kind::Replace;
    return part;
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
                    AdviceAbout about, const KeptDomain &kept)
{
    const Circumstances known = circumstances(survey, report, kept);
    QList<Issue> issues = adviseOnChoices(choices, known);
    issues.removeIf([about](const Issue &issue) {
        return about != AdviceAbout::Everything &&
               isAboutReports(issue) != (about == AdviceAbout::Reports);
    });
    return issues;
}

QList<PreviewPart> previewParts(const Survey &survey, const Deployment &wanted)
{
    QList<PreviewPart> parts{filePart(survey, wanted)};
    const RecordChanges changes = recordChanges(wanted.records, liveRecords(survey));
    for (const DnsRecord &record : wanted.records) {
        const bool compared = std::any_of(
                changes.changes.begin(), changes.changes.end(), [&](const Change &change) {
                    return change.after && change.after->name == record.name;
                });
        if (compared)
            continue;
        parts << partOf(record);
        parts.last().after = record.data;
    }
    for (const Change &change : changes.changes) {
        PreviewPart part = partOf(change.after ? *change.after : *change.before);
        part.kind = kindOf(change.kind);
        part.before = change.before ? change.before->data : QByteArray();
        part.after = change.after ? change.after->data : QByteArray();
        parts << part;
    }
    return parts;
}

QList<Issue> previewObstacles(const Survey &survey, const Deployment &wanted)
{
    return recordChanges(wanted.records, liveRecords(survey)).issues;
}

bool isComparable(const Survey &survey)
{
    return survey.finished || (survey.policyDone && survey.sts && survey.tlsRpt);
}

bool nothingAnswered(const Survey &survey)
{
    const auto failed = [](const std::optional<DnsAnswer> &answer) {
        return answer && !answer->isKnown();
    };
    return survey.port25 == Port25::NoNetwork ||
           (!survey.cancelled && failed(survey.mx) && failed(survey.sts) && failed(survey.tlsRpt));
}
