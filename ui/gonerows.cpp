// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gonerows.h"

#include "base/printable.h"
#include "deploy/livestate.h"
#include "mail/stsrecord.h"

namespace {

using Kind = ProofRow::Kind;
using State = ProofRow::State;

ProofRow noFileRow(const Survey &survey)
{
    ProofRow row;
    row.kind = Kind::File;
    const LiveState live = liveState(survey);
    if (!survey.policyDone || !live.policyKnown)
        return row;
    row.state = live.policyBody ? State::Other : State::Seen;
    if (const auto policy = live.policyBody ? readPolicy(*live.policyBody).policy : std::nullopt)
        row.seen.append(QStringLiteral("mode: ") + QString::fromLatin1(modeName(policy->mode)));
    return row;
}

ProofRow noRecordRow(const Survey &survey)
{
    ProofRow row;
    row.kind = Kind::Record;
    if (!survey.sts || !survey.sts->isKnown() || survey.sts->cut)
        return row;
    row.ttl = survey.sts->ttl;
    const StsReading reading = readStsRecords(texts(*survey.sts));
    if (!reading.text.isEmpty())
        row.seen.append(printable(reading.text));
    if (survey.sts->isAlias())
        row.seen.prepend(printable(survey.sts->canonicalName));
    const bool isThere = reading.outcome != RecordOutcome::None || survey.sts->isAlias();
    row.state = isThere ? State::Other : State::Seen;
    return row;
}

} // namespace

QList<ProofRow> goneRows(const Survey &survey)
{
    return {noRecordRow(survey), noFileRow(survey)};
}
