// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Records as Cloudflare's API has them.
#include "dns/presentation.h"
#include "provider/cloudflareapi.h"

namespace {

constexpr int AutomaticTtl = 1, AutomaticSeconds = 300;

bool canBeProxied(RecordType type)
{
    return type == RecordType::A || type == RecordType::AAAA || type == RecordType::CNAME;
}

/// What the service keeps of a record beside name, type, TTL and data, so that it can be put back.
QByteArray extraOf(const QJsonObject &object)
{
    QJsonObject extra;
    for (const char *key : {"proxied", "comment", "tags", "settings"}) {
        const QJsonValue value = object.value(QLatin1String(key));
        const bool isPlain = value.isNull() || value.isUndefined() || value == QJsonValue(false) ||
                             (value.isArray() && value.toArray().isEmpty()) ||
                             (value.isObject() && value.toObject().isEmpty());
        if (!isPlain)
            extra.insert(QLatin1String(key), value);
    }
    return extra.isEmpty() ? QByteArray() : QJsonDocument(extra).toJson(QJsonDocument::Compact);
}

std::optional<QJsonObject> tlsaData(const QByteArray &text)
{
    const auto tlsa = readTlsa(text).record;
    if (!tlsa)
        return std::nullopt;
    const QList<QByteArray> fields = tlsaToText(*tlsa).split(' ');
    if (fields.size() != 4)
        return std::nullopt;
    return QJsonObject{{QStringLiteral("usage"), fields.at(0).toInt()},
                       {QStringLiteral("selector"), fields.at(1).toInt()},
                       {QStringLiteral("matching_type"), fields.at(2).toInt()},
                       {QStringLiteral("certificate"), QString::fromLatin1(fields.at(3))}};
}

} // namespace

std::optional<ZoneRecord> Cloudflare::recordFrom(const QJsonObject &object)
{
    const auto type = typeFromName(object.value(QLatin1String("type")).toString().toLatin1());
    if (!type)
        return std::nullopt;
    ZoneRecord made;
    made.record.name = normalName(object.value(QLatin1String("name")).toString().toLatin1());
    made.record.type = *type;
    const int ttl = object.value(QLatin1String("ttl")).toInt();
    made.record.ttl = ttl == AutomaticTtl ? AutomaticSeconds : ttl;
    QByteArray content = object.value(QLatin1String("content")).toString().toUtf8();
    if (*type == RecordType::MX)
        content =
                QByteArray::number(object.value(QLatin1String("priority")).toInt()) + ' ' + content;
    made.record.data = dataFromText(*type, content);
    made.handle = object.value(QLatin1String("id")).toString().toLatin1();
    // Kept by the service: what a custom domain of a Worker or Email Routing has made.
    const QJsonValue meta = object.value(QLatin1String("meta"));
    made.isReadOnly = meta[QLatin1String("read_only")].toBool();
    made.extra = extraOf(object);
    return made;
}

std::optional<QJsonObject> Cloudflare::recordJson(const DnsRecord &record)
{
    QJsonObject object{{QStringLiteral("type"), QString::fromLatin1(typeName(record.type))},
                       {QStringLiteral("name"), QString::fromLatin1(record.name)},
                       {QStringLiteral("ttl"), record.ttl}};
    switch (record.type) {
    case RecordType::TXT:
        object[QStringLiteral("content")] = QString::fromLatin1(quotedTxt(record.data));
        return object;
    case RecordType::TLSA: {
        const auto data = tlsaData(record.data);
        if (!data)
            return std::nullopt;
        object[QStringLiteral("data")] = *data;
        return object;
    }
    case RecordType::A:
    case RecordType::AAAA:
    case RecordType::CNAME:
        object[QStringLiteral("content")] = QString::fromLatin1(record.data);
        object[QStringLiteral("proxied")] = false; // PUSH-14
        return object;
    case RecordType::MX: {
        const QList<QByteArray> fields = record.data.split(' ');
        object[QStringLiteral("priority")] = fields.first().toInt();
        object[QStringLiteral("content")] = QString::fromLatin1(fields.last());
        return object;
    }
    default:
        return std::nullopt;
    }
}

std::optional<QJsonObject> Cloudflare::recordAsItWas(const ZoneRecord &record)
{
    auto object = recordJson(record.record);
    if (!object)
        return std::nullopt;
    const QJsonObject extra = QJsonDocument::fromJson(record.extra).object();
    for (auto value = extra.begin(); value != extra.end(); ++value)
        object->insert(value.key(), value.value());
    if (canBeProxied(record.record.type) && extra.value(QLatin1String("proxied")).toBool())
        object->insert(QStringLiteral("ttl"), AutomaticTtl); // the only one that a proxied one has
    return object;
}
