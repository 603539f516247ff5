// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/hetznerjson.h"

#include "base/printable.h"
#include "dns/presentation.h"

#include <QJsonArray>

#include <algorithm>

namespace {

QList<QByteArray> sorted(QList<QByteArray> data)
{
    std::sort(data.begin(), data.end());
    return data;
}

} // namespace

QString hetznerErrorCode(const RestReply &reply)
{
    return reply.object()
            .value(QLatin1String("error"))
            .toObject()
            .value(QLatin1String("code"))
            .toString();
}

QString hetznerErrorText(const QJsonValue &error)
{
    QStringList texts{error[QLatin1String("message")].toString()};
    const QJsonValue fields = error[QLatin1String("details")][QLatin1String("fields")];
    for (const QJsonValue field : fields.toArray()) {
        for (const QJsonValue message : field[QLatin1String("messages")].toArray())
            texts.append(field[QLatin1String("name")].toString() + QLatin1String(": ") +
                         message.toString());
    }
    if (const QString code = error[QLatin1String("code")].toString(); !code.isEmpty())
        texts.append(QLatin1Char('(') + code + QLatin1Char(')'));
    texts.removeAll(QString());
    return printable(texts.join(QLatin1Char(' ')), 300);
}

tl::unexpected<Error> hetznerRefusal(const RestReply &reply)
{
    const QString said = hetznerErrorText(reply.object().value(QLatin1String("error")));
    if (reply.status == 401)
        return failed(Error::Kind::Refused,
                      QStringLiteral("Hetzner does not accept this token; it has to be one of a "
                                     "project in Hetzner Console, not of the old DNS Console"),
                      said);
    return refusal(reply, said);
}

tl::unexpected<Error> notHetzner()
{
    return failed(Error::Kind::Malformed,
                  QStringLiteral("this address does not answer like Hetzner Cloud"));
}

ZoneRecord hetznerRecord(const QJsonObject &item, const QByteArray &name, RecordType type, int ttl)
{
    const QByteArray value = item.value(QLatin1String("value")).toString().toUtf8();
    return {{name, type, ttl, dataFromText(type, value)},
            {},
            false,
            QJsonDocument(item).toJson(QJsonDocument::Compact)};
}

QJsonArray hetznerRecords(const SetChange &change)
{
    QJsonArray records;
    for (const DnsRecord &record : change.after) {
        const auto stays = std::find_if(
                change.before.begin(), change.before.end(),
                [&](const ZoneRecord &before) { return before.record.data == record.data; });
        QJsonObject item;
        if (stays != change.before.end())
            item = QJsonDocument::fromJson(stays->extra).object();
        if (item.isEmpty())
            item[QStringLiteral("value")] = QString::fromLatin1(dataText(record));
        records.append(item);
    }
    return records;
}

bool hasWantedData(const SetChange &change)
{
    QList<QByteArray> before, after;
    for (const ZoneRecord &record : change.before)
        before.append(record.record.data);
    for (const DnsRecord &record : change.after)
        after.append(record.data);
    return sorted(before) == sorted(after);
}
