// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "push/recordjson.h"

#include "dns/presentation.h"

#include <QJsonArray>

namespace {

QJsonObject json(const DnsRecord &record)
{
    return {{QStringLiteral("ttl"), record.ttl},
            {QStringLiteral("data"), QString::fromLatin1(dataText(record))}};
}

/// In a set, which says name and type for all.
QJsonObject json(const ZoneRecord &record)
{
    QJsonObject object = json(record.record);
    object[QStringLiteral("handle")] = QString::fromLatin1(record.handle);
    object[QStringLiteral("readOnly")] = record.isReadOnly;
    if (!record.extra.isEmpty())
        object[QStringLiteral("extra")] = QString::fromUtf8(record.extra);
    return object;
}

DnsRecord plainFrom(const QJsonObject &object, const QByteArray &name, RecordType type)
{
    return {name, type, object.value(QLatin1String("ttl")).toInt(),
            dataFromText(type, object.value(QLatin1String("data")).toString().toLatin1())};
}

ZoneRecord recordFrom(const QJsonObject &object, const QByteArray &name, RecordType type)
{
    return {plainFrom(object, name, type),
            object.value(QLatin1String("handle")).toString().toLatin1(),
            object.value(QLatin1String("readOnly")).toBool(),
            object.value(QLatin1String("extra")).toString().toUtf8()};
}

QByteArray nameOf(const QJsonObject &object)
{
    return object.value(QLatin1String("name")).toString().toLatin1();
}

std::optional<RecordType> typeOf(const QJsonObject &object)
{
    return typeFromName(object.value(QLatin1String("type")).toString().toLatin1());
}

} // namespace

QJsonObject setJson(const SetChange &change)
{
    QJsonArray before, after;
    for (const ZoneRecord &record : change.before)
        before.append(json(record));
    for (const DnsRecord &record : change.after)
        after.append(json(record));
    return {{QStringLiteral("name"), QString::fromLatin1(change.name)},
            {QStringLiteral("type"), QString::fromLatin1(typeName(change.type))},
            {QStringLiteral("before"), before},
            {QStringLiteral("after"), after}};
}

std::optional<SetChange> setFromJson(const QJsonObject &object)
{
    const auto type = typeOf(object);
    if (!type)
        return std::nullopt;
    SetChange change{nameOf(object), *type, {}, {}};
    for (const QJsonValue before : object.value(QLatin1String("before")).toArray())
        change.before.append(recordFrom(before.toObject(), change.name, *type));
    for (const QJsonValue after : object.value(QLatin1String("after")).toArray())
        change.after.append(plainFrom(after.toObject(), change.name, *type));
    return change;
}

QJsonObject recordJson(const ZoneRecord &record)
{
    QJsonObject object = json(record);
    object[QStringLiteral("name")] = QString::fromLatin1(record.record.name);
    object[QStringLiteral("type")] = QString::fromLatin1(typeName(record.record.type));
    return object;
}

std::optional<ZoneRecord> recordFromJson(const QJsonObject &object)
{
    const auto type = typeOf(object);
    if (!type)
        return std::nullopt;
    return recordFrom(object, nameOf(object), *type);
}
