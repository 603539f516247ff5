// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/rolloverrun.h"

#include "base/printable.h"
#include "dane/rolloverbegin.h"
#include "dane/rolloverwords.h"
#include "dane/tlsamaking.h"
#include "dns/presentation.h"

namespace {

QList<QByteArray> zoneLines(const RollTold &told, const QList<TlsaRecord> &records)
{
    constexpr int UsualTtl = 3600; // DANE-33
    QList<QByteArray> lines;
    const int ttl = told.kept && told.kept->ttl > 0 ? told.kept->ttl : UsualTtl;
    const QByteArray owner =
            told.look.owner.isEmpty() ? tlsaOwner(told.host, told.port) : told.look.owner;
    for (const TlsaRecord &record : records)
        lines.append(zoneLine({owner, RecordType::TLSA, ttl, tlsaToText(record)}));
    return lines;
}

void addFindings(RollTold &told, const QList<Issue> &issues)
{
    for (const Issue &issue : issues) {
        const Finding finding = toFinding(issue, Group::Dane, printable(told.host));
        if (!told.findings.contains(finding))
            told.findings.append(finding);
    }
}

} // namespace

bool isUnderWay(const std::optional<KeptRollover> &kept)
{
    return kept && !kept->removed.isValid();
}

RollTold rolledOn(const RollWish &wish, const RolloverLook &look)
{
    RollTold told;
    told.host = wish.host;
    told.port = wish.port;
    told.look = look;
    std::optional<KeptRollover> kept = wish.kept;
    addFindings(told, told.look.issues);
    if (!wish.next.isEmpty()) {
        const RolloverBeginning begun =
                beginRollover({told.host, told.port, told.look.sight, wish.next, wish.replaces});
        kept = begun.kept;
        told.isNew = kept.has_value();
        addFindings(told, begun.issues);
    }
    if (!kept)
        return told;
    const QDateTime now = told.look.sight.at;
    told.kept = noted(*kept, told.look.sight);
    told.state = rolloverAt(*kept, told.look.sight, now);
    told.dates = rolloverDates(*told.kept, told.state, now);
    addFindings(told, told.state.issues);
    return told;
}

QList<QByteArray> linesToAdd(const RollTold &told)
{
    if (!told.kept)
        return {};
    return zoneLines(told, recordsToAdd(*told.kept, told.state.step, told.look.sight));
}

QList<QByteArray> linesToRemove(const RollTold &told)
{
    const bool isTime =
            told.kept && told.state.step == RolloverStep::RemoveOld && isDue(told.state);
    return isTime ? zoneLines(told, recordsThatGo(*told.kept)) : QList<QByteArray>();
}

QString whyUnseen(const RollTold &told, const SeenAddress &address)
{
    for (const UnseenKey &unseen : told.look.unseen) {
        if (unseen.address.toString() == address.address ||
            (unseen.address.isNull() && address.address == printable(told.host, 255)))
            return unseen.why;
    }
    return {};
}
