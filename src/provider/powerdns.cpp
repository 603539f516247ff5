// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/powerdns.h"

#include "base/printable.h"
#include "dns/presentation.h"

#include <QJsonArray>

using namespace PowerDns;

namespace {

/// The handle of a record that the server keeps without serving it; a set is written with it or without.
constexpr char Disabled[] = "disabled";
constexpr char Server[] = "/api/v1/servers/localhost";

QString absolute(const QByteArray &name)
{
    return QString::fromLatin1(name) + QLatin1Char('.');
}

QList<ZoneRecord> recordsOf(const QJsonObject &set)
{
    QList<ZoneRecord> records;
    const auto type = typeFromName(set.value(QLatin1String("type")).toString().toLatin1());
    if (!type)
        return records;
    for (const QJsonValue value : set.value(QLatin1String("records")).toArray()) {
        ZoneRecord record;
        record.record.name = normalName(set.value(QLatin1String("name")).toString().toLatin1());
        record.record.type = *type;
        record.record.ttl = set.value(QLatin1String("ttl")).toInt();
        record.record.data =
                dataFromText(*type, value[QLatin1String("content")].toString().toUtf8());
        if (value[QLatin1String("disabled")].toBool()) {
            record.handle = Disabled;
            record.isReadOnly = true;
        }
        records.append(record);
    }
    return records;
}

QJsonObject setJson(const SetChange &change)
{
    QJsonArray records;
    for (const DnsRecord &record : change.after)
        records.append(
                QJsonObject{{QStringLiteral("content"), QString::fromLatin1(dataText(record))},
                            {QStringLiteral("disabled"), false}});
    for (const ZoneRecord &kept : change.before) {
        if (kept.isReadOnly)
            records.append(QJsonObject{
                    {QStringLiteral("content"), QString::fromLatin1(dataText(kept.record))},
                    {QStringLiteral("disabled"), true}});
    }
    QJsonObject set{{QStringLiteral("name"), absolute(change.name)},
                    {QStringLiteral("type"), QString::fromLatin1(typeName(change.type))},
                    {QStringLiteral("changetype"),
                     records.isEmpty() ? QStringLiteral("DELETE") : QStringLiteral("REPLACE")}};
    if (!records.isEmpty()) {
        set[QStringLiteral("ttl")] = change.after.isEmpty() ? change.before.first().record.ttl
                                                            : change.after.first().ttl;
        set[QStringLiteral("records")] = records;
    }
    return set;
}

class PowerDnsZones : public Provider
{
public:
    PowerDnsZones(const QUrl &api, Secret key)
        : m_rest(api, {"X-API-Key", {}, std::move(key)})
    {
    }

    ProviderTraits traits() const override { return {.isAtomic = true}; }

    Result<QList<Zone>> zones(const QByteArray &name, const Cancel &cancel) override
    {
        // Name by name upwards: a server may hold a hundred thousand zones. The longest is the answer.
        for (QByteArray above = name; !above.isEmpty();
             above = above.contains('.') ? above.mid(above.indexOf('.') + 1) : QByteArray()) {
            const auto reply = m_rest.get(QLatin1String(Server) + QLatin1String("/zones?zone=") +
                                                  urlSegment(above + '.'),
                                          cancel);
            if (!reply)
                return tl::unexpected(reply.error());
            if (!reply->isGood())
                return saysNo(*reply);
            const QJsonDocument document = QJsonDocument::fromJson(reply->body);
            if (!document.isArray())
                return failed(
                        Error::Kind::Malformed,
                        QStringLiteral("this address does not answer like a PowerDNS server"));
            if (!document.array().isEmpty())
                return QList<Zone>{zoneOf(document.array().first().toObject())};
        }
        return QList<Zone>();
    }

    Result<QList<ZoneRecord>> records(const Zone &zone, const QList<QByteArray> &names,
                                      const Cancel &cancel) override
    {
        QList<ZoneRecord> found;
        for (const QByteArray &name : names) {
            // Servers before 4.7 do not know the filter and send the whole zone.
            const auto reply = m_rest.get(zonePath(zone) + QLatin1String("?rrset_name=") +
                                                  urlSegment(name + '.'),
                                          cancel);
            if (!reply)
                return tl::unexpected(reply.error());
            if (!reply->isGood())
                return saysNo(*reply);
            const QJsonValue sets = reply->object().value(QLatin1String("rrsets"));
            if (!sets.isArray())
                return failed(
                        Error::Kind::Malformed,
                        QStringLiteral("this address does not answer like a PowerDNS server"));
            for (const QJsonValue set : sets.toArray()) {
                if (normalName(set[QLatin1String("name")].toString().toLatin1()) == name)
                    found += recordsOf(set.toObject());
            }
        }
        return found;
    }

    Result<void> apply(const Zone &zone, const QList<SetChange> &changes,
                       const Cancel &cancel) override
    {
        QJsonArray sets;
        for (const SetChange &change : changes)
            sets.append(setJson(change));
        const QByteArray body = QJsonDocument(QJsonObject{{QStringLiteral("rrsets"), sets}})
                                        .toJson(QJsonDocument::Compact);
        const auto reply = m_rest.send("PATCH", zonePath(zone), cancel, body); // one transaction
        if (!reply)
            return tl::unexpected(reply.error());
        if (!reply->isGood())
            return saysNo(*reply);
        // Secondaries hear of it at once. What this says decides nothing: the records are written.
        (void)m_rest.send("PUT", zonePath(zone) + QLatin1String("/notify"), cancel);
        return {};
    }

private:
    static Zone zoneOf(const QJsonObject &object)
    {
        Zone zone;
        zone.name = normalName(object.value(QLatin1String("name")).toString().toLatin1());
        zone.handle = object.value(QLatin1String("id")).toString().toLatin1();
        const QString kind = object.value(QLatin1String("kind")).toString().toLower();
        if (kind == QLatin1String("slave") || kind == QLatin1String("secondary") ||
            kind == QLatin1String("consumer"))
            zone.obstacle = "PUSH-2.secondary";
        return zone;
    }

    Rest m_rest;
};

} // namespace

QString PowerDns::zonePath(const Zone &zone)
{
    return QLatin1String(Server) + QLatin1String("/zones/") + urlSegment(zone.handle);
}

tl::unexpected<Error> PowerDns::saysNo(const RestReply &reply)
{
    if (reply.status == 401 || reply.status == 403)
        return failed(Error::Kind::Refused,
                      QStringLiteral("the server does not accept this API key"));
    const QString said = reply.object().value(QLatin1String("error")).toString();
    return refusal(reply, said.isEmpty() ? printable(reply.body, 200) : printable(said, 200));
}

std::unique_ptr<Provider> powerDns(const QUrl &api, Secret key)
{
    return std::make_unique<PowerDnsZones>(api, std::move(key));
}
