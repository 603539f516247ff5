// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/printable.h"
#include "cli/output.h"
#include "cli/tlsarolltext.h"
#include "dane/rolloverwords.h"

namespace {

QJsonValue timeValue(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODate)) : QJsonValue();
}

QJsonArray recordArray(const QList<TlsaRecord> &records)
{
    QJsonArray array;
    for (const TlsaRecord &record : records)
        array.append(QString::fromLatin1(tlsaToText(record)));
    return array;
}

QJsonArray lineArray(const QList<QByteArray> &lines)
{
    QJsonArray array;
    for (const QByteArray &line : lines)
        array.append(QString::fromLatin1(line));
    return array;
}

QJsonArray dateArray(const KeptRollover &kept, const QList<RolloverDate> &dates)
{
    QJsonArray array;
    for (const RolloverDate &date : dates)
        array.append(
                QJsonObject{{QStringLiteral("step"), QLatin1String(rolloverStepWord(date.step))},
                            {QStringLiteral("at"), timeValue(date.at)},
                            {QStringLiteral("forecast"), date.isForecast},
                            {QStringLiteral("title"), rolloverTitle(kept, date.step)}});
    return array;
}

QString validatedWord(TlsaAnswer answer)
{
    switch (answer) {
    case TlsaAnswer::Secure:
        return QStringLiteral("secure");
    case TlsaAnswer::Insecure:
        return QStringLiteral("insecure");
    case TlsaAnswer::Failed:
        return QStringLiteral("failed");
    case TlsaAnswer::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

QJsonObject seenJson(const RollTold &told)
{
    const RolloverSight &sight = told.look.sight;
    QJsonArray servers, addresses;
    for (const SeenNameServer &server : sight.nameServers)
        servers.append(QJsonObject{{QStringLiteral("name"), printable(server.name, 255)},
                                   {QStringLiteral("known"), server.known},
                                   {QStringLiteral("ttl"), server.ttl},
                                   {QStringLiteral("records"), recordArray(server.records)}});
    for (const SeenAddress &address : sight.addresses) {
        const QByteArray shows =
                told.kept ? shownKeyName(*told.kept, address) : QByteArray("unknown");
        addresses.append(QJsonObject{{QStringLiteral("address"), printable(address.address)},
                                     {QStringLiteral("known"), address.known && address.isWhole},
                                     {QStringLiteral("startTls"), address.startTls},
                                     {QStringLiteral("shows"), QLatin1String(shows)},
                                     {QStringLiteral("why"), whyUnseen(told, address)}});
    }
    return {{QStringLiteral("at"), timeValue(sight.at)},
            {QStringLiteral("validated"), validatedWord(sight.validated)},
            {QStringLiteral("nameServers"), servers},
            {QStringLiteral("addresses"), addresses}};
}

} // namespace

QJsonObject rollJson(const RollTold &told)
{
    QJsonObject json{{QStringLiteral("schema"), QStringLiteral("mta-sts-tlsa-roll/1")},
                     {QStringLiteral("host"), QString::fromLatin1(told.host)},
                     {QStringLiteral("port"), told.port},
                     {QStringLiteral("owner"), QString::fromLatin1(told.look.owner)},
                     {QStringLiteral("step"), QLatin1String(rolloverStepWord(told.state.step))},
                     {QStringLiteral("due"), isDue(told.state)},
                     {QStringLiteral("earliest"), timeValue(told.state.earliest)},
                     {QStringLiteral("seen"), seenJson(told)},
                     {QStringLiteral("findings"), findingsJson(told.findings)}};
    if (!told.kept)
        return json;
    const KeptRollover &kept = *told.kept;
    json.insert(QStringLiteral("started"), timeValue(kept.started));
    json.insert(QStringLiteral("published"), timeValue(kept.published));
    json.insert(QStringLiteral("switched"), timeValue(kept.switched));
    json.insert(QStringLiteral("removed"), timeValue(kept.removed));
    json.insert(QStringLiteral("ttl"), kept.ttl);
    json.insert(QStringLiteral("oldKey"), recordArray(kept.oldKey));
    json.insert(QStringLiteral("nextKey"), recordArray(kept.nextKey));
    json.insert(QStringLiteral("staying"), recordArray(kept.staying));
    json.insert(QStringLiteral("add"), lineArray(linesToAdd(told)));
    json.insert(QStringLiteral("remove"), lineArray(linesToRemove(told)));
    json.insert(QStringLiteral("dates"), dateArray(kept, told.dates));
    return json;
}

QJsonObject rollForgottenJson(const RolloverPlace &place, bool wasThere)
{
    return {{QStringLiteral("schema"), QStringLiteral("mta-sts-tlsa-roll/1")},
            {QStringLiteral("host"), QString::fromLatin1(place.host)},
            {QStringLiteral("port"), place.port},
            {QStringLiteral("forgotten"), wasThere}};
}

QJsonObject rollListJson(const QList<KeptRollover> &kept, const QDateTime &now)
{
    QJsonArray array;
    for (const KeptRollover &one : kept) {
        const RolloverDate next = nextRolloverDate(one, now);
        array.append(
                QJsonObject{{QStringLiteral("host"), QString::fromLatin1(one.host)},
                            {QStringLiteral("port"), one.port},
                            {QStringLiteral("started"), timeValue(one.started)},
                            {QStringLiteral("next"), QLatin1String(rolloverStepWord(next.step))},
                            {QStringLiteral("at"), timeValue(next.at)}});
    }
    return {{QStringLiteral("schema"), QStringLiteral("mta-sts-tlsa-rolls/1")},
            {QStringLiteral("rollovers"), array}};
}
