// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/servicerecordjson.h"

#include "dns/presentation.h"

namespace {

constexpr int AutomaticTtl = 1, AutomaticSeconds = 300, LowestTtl = 60, HighestTtl = 86400;

tl::unexpected<ServiceRefusal> invalid(int code, const char *cause)
{
    return tl::unexpected(ServiceRefusal{400, 1004, "DNS Validation Error", code, cause});
}

QByteArray textAt(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString().toUtf8();
}

ServiceAnswer<QByteArray> nameFrom(const QByteArray &content)
{
    const QByteArray name = normalName(content);
    if (!isLegalName(name))
        return invalid(9007, "Content for this record must be a hostname.");
    return name;
}

ServiceAnswer<QByteArray> addressFrom(RecordType type, const QByteArray &content)
{
    const QHostAddress address(QString::fromUtf8(content));
    const auto wanted =
            type == RecordType::A ? QHostAddress::IPv4Protocol : QHostAddress::IPv6Protocol;
    if (address.protocol() != wanted || content.contains('%'))
        return invalid(9005, "Content for this record must be a valid address.");
    return address.toString().toLatin1();
}

/// Old records come without quotes, and are taken as they are.
ServiceAnswer<QByteArray> textFrom(const QByteArray &content)
{
    if (!content.contains('"'))
        return content;
    const auto octets = unquotedTxt(content);
    if (!octets)
        return invalid(9207, "Content has unbalanced quotes.");
    return *octets;
}

ServiceAnswer<QByteArray> tlsaFrom(const QJsonObject &wanted)
{
    const QJsonObject data = wanted.value(QLatin1String("data")).toObject();
    QByteArray text;
    for (const char *field : {"usage", "selector", "matching_type"})
        text += QByteArray::number(data.value(QLatin1String(field)).toInt(-1)) + ' ';
    const auto tlsa = readTlsa(text + textAt(data, "certificate")).record;
    if (!tlsa)
        return invalid(9101, "usage, selector, matching_type and certificate are required.");
    return tlsaToText(*tlsa);
}

/// The data as DnsRecord has it.
ServiceAnswer<QByteArray> dataFrom(RecordType type, const QJsonObject &wanted)
{
    const QByteArray content = textAt(wanted, "content");
    switch (type) {
    case RecordType::TXT:
        return textFrom(content);
    case RecordType::TLSA:
        return tlsaFrom(wanted);
    case RecordType::A:
    case RecordType::AAAA:
        return addressFrom(type, content);
    case RecordType::CNAME:
        return nameFrom(content);
    case RecordType::MX: {
        const int preference = wanted.value(QLatin1String("priority")).toInt(-1);
        if (preference < 0 || preference > 65535)
            return invalid(9100, "priority is a required data field.");
        return nameFrom(content).map([&](const QByteArray &host) {
            return QByteArray::number(preference) + ' ' + host;
        });
    }
    default:
        return invalid(9004, "This type of record cannot be written here.");
    }
}

} // namespace

bool isAddressOrAlias(RecordType type)
{
    return type == RecordType::A || type == RecordType::AAAA || type == RecordType::CNAME;
}

QJsonObject serviceRecordJson(const QString &id, const DnsRecord &record, bool isManaged)
{
    QByteArray content = record.data;
    QJsonObject meta;
    if (isManaged)
        meta.insert(QStringLiteral("read_only"), true);
    QJsonObject object{{QStringLiteral("id"), id},
                       {QStringLiteral("name"), QString::fromLatin1(record.name)},
                       {QStringLiteral("type"), QString::fromLatin1(typeName(record.type))},
                       {QStringLiteral("ttl"), isManaged ? AutomaticTtl : record.ttl},
                       {QStringLiteral("proxied"), isManaged},
                       {QStringLiteral("proxiable"), isAddressOrAlias(record.type)},
                       {QStringLiteral("comment"), QJsonValue()},
                       {QStringLiteral("tags"), QJsonArray()},
                       {QStringLiteral("settings"), QJsonObject()},
                       {QStringLiteral("meta"), meta}};
    const QList<QByteArray> fields = record.data.split(' ');
    if (record.type == RecordType::TXT) {
        content = quotedTxt(record.data);
    } else if (record.type == RecordType::MX && fields.size() == 2) {
        object[QStringLiteral("priority")] = fields.first().toInt();
        content = fields.last();
    } else if (record.type == RecordType::TLSA && fields.size() == 4) {
        object[QStringLiteral("data")] =
                QJsonObject{{QStringLiteral("usage"), fields.at(0).toInt()},
                            {QStringLiteral("selector"), fields.at(1).toInt()},
                            {QStringLiteral("matching_type"), fields.at(2).toInt()},
                            {QStringLiteral("certificate"), QString::fromLatin1(fields.at(3))}};
    }
    object[QStringLiteral("content")] = QString::fromLatin1(content);
    return object;
}

ServiceAnswer<DnsRecord> serviceRecordFrom(const QJsonObject &wanted, const QByteArray &zone)
{
    const auto type = typeFromName(textAt(wanted, "type"));
    if (!type)
        return invalid(9004, "DNS record type is invalid.");
    DnsRecord record{normalName(textAt(wanted, "name")), *type, 0, {}};
    if (!isLegalName(record.name) || (record.name != zone && !record.name.endsWith('.' + zone)))
        return invalid(9000, "DNS name is invalid.");
    if (record.name == zone && *type == RecordType::CNAME) // RFC 1912 2.4: beside SOA and NS
        return invalid(9000, "The apex cannot be an alias.");
    const int ttl = wanted.value(QLatin1String("ttl")).toInt(AutomaticTtl);
    if (ttl != AutomaticTtl && (ttl < LowestTtl || ttl > HighestTtl))
        return invalid(9021, "Invalid TTL. Must be between 60 and 86400 seconds.");
    record.ttl = ttl == AutomaticTtl ? AutomaticSeconds : ttl;
    const auto data = dataFrom(*type, wanted);
    if (!data)
        return tl::unexpected(data.error());
    record.data = *data;
    return record;
}
