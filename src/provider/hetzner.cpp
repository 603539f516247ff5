// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/hetzner.h"

#include "base/pause.h"
#include "base/printable.h"
#include "dns/presentation.h"
#include "provider/hetznerjson.h"

#include <QJsonArray>

namespace {

constexpr int SmallestTtl = 60;
constexpr int LockedTries = 10; // a second apart, while somebody else changes the zone

class Hetzner : public Provider
{
public:
    Hetzner(const QUrl &api, Secret token, int actionMs)
        : m_rest(api, {"Authorization", "Bearer ", std::move(token)})
        , m_actionMs(actionMs)
    {
    }

    ProviderTraits traits() const override { return {.minimumTtl = SmallestTtl}; }

    Result<QList<Zone>> zones(const QByteArray &name, const Cancel &cancel) override
    {
        // Name by name upwards: an account may hold thousands. The longest is the answer.
        for (QByteArray above = name; !above.isEmpty();
             above = above.contains('.') ? above.mid(above.indexOf('.') + 1) : QByteArray()) {
            const auto reply =
                    m_rest.get(QLatin1String("/zones?name=") + urlSegment(above), cancel);
            if (!reply)
                return tl::unexpected(reply.error());
            // Not a name that a zone can have there.
            if (hetznerErrorCode(*reply) == QLatin1String("invalid_input"))
                continue;
            if (!reply->isGood())
                return hetznerRefusal(*reply);
            const QJsonValue list = reply->object().value(QLatin1String("zones"));
            if (!list.isArray())
                return notHetzner();
            for (const QJsonValue zone : list.toArray()) {
                if (normalName(zone[QLatin1String("name")].toString().toLatin1()) == above)
                    return zoneOf(zone);
            }
        }
        return QList<Zone>();
    }

    Result<QList<ZoneRecord>> records(const Zone &zone, const QList<QByteArray> &names,
                                      const Cancel &cancel) override
    {
        QList<ZoneRecord> found;
        for (const QByteArray &name : names) {
            if (!isWithin(name, zone.name))
                continue;
            const auto sets = setsAt(zone, name, cancel);
            if (!sets)
                return tl::unexpected(sets.error());
            for (const QJsonValue set : *sets) {
                const auto records = recordsOf(zone, name, set, cancel);
                if (!records)
                    return records;
                found += *records;
            }
        }
        return found;
    }

    Result<void> apply(const Zone &zone, const QList<SetChange> &changes,
                       const Cancel &cancel) override
    {
        for (const SetChange &change : changes) {
            if (!isWithin(change.name, zone.name))
                return failed(Error::Kind::Refused,
                              QStringLiteral("%1 is not in the zone %2")
                                      .arg(printable(change.name), printable(zone.name)));
        }
        for (const SetChange &change : changes) {
            if (const Result<void> done = applyOne(zone, change, cancel); !done)
                return done;
        }
        return {};
    }

private:
    static Result<QList<Zone>> zoneOf(const QJsonValue &object)
    {
        Zone zone;
        zone.name = normalName(object[QLatin1String("name")].toString().toLatin1());
        zone.handle = QByteArray::number(object[QLatin1String("id")].toInteger());
        const QString mode = object[QLatin1String("mode")].toString();
        if (mode.isEmpty() || zone.handle == "0")
            return notHetzner();
        if (mode != QLatin1String("primary"))
            zone.obstacle = "PUSH-2.secondary";
        return QList<Zone>{zone};
    }

    static QString path(const Zone &zone)
    {
        return QLatin1String("/zones/") + urlSegment(zone.handle);
    }
    static QString setPath(const Zone &zone, const SetChange &change)
    {
        return path(zone) + QLatin1String("/rrsets/") +
               urlSegment(relativeName(change.name, zone.name)) + QLatin1Char('/') +
               QString::fromLatin1(typeName(change.type));
    }

    /// Every page (PUSH-17).
    Result<QJsonArray> setsAt(const Zone &zone, const QByteArray &name, const Cancel &cancel)
    {
        const QString list = path(zone) + QLatin1String("/rrsets?per_page=100&name=") +
                             urlSegment(relativeName(name, zone.name));
        QJsonArray sets;
        qint64 page = 1;
        for (int pages = 0; pages < Limits::ApiPages; ++pages) {
            const auto reply = m_rest.get(list + QStringLiteral("&page=%1").arg(page), cancel);
            if (!reply)
                return tl::unexpected(reply.error());
            if (!reply->isGood())
                return hetznerRefusal(*reply);
            const QJsonObject answer = reply->object();
            const QJsonValue paging =
                    answer.value(QLatin1String("meta"))[QLatin1String("pagination")];
            if (!answer.value(QLatin1String("rrsets")).isArray() || !paging.isObject())
                return notHetzner();
            for (const QJsonValue set : answer.value(QLatin1String("rrsets")).toArray()) {
                if (isAt(set, name, zone))
                    sets.append(set);
            }
            const qint64 next = paging[QLatin1String("next_page")].toInteger();
            if (next == 0)
                return sets;
            page = next;
        }
        return failed(Error::Kind::Malformed, QStringLiteral("the list of the service has no end"));
    }

    static bool isAt(const QJsonValue &set, const QByteArray &name, const Zone &zone)
    {
        const QByteArray owner = set[QLatin1String("name")].toString().toLatin1().toLower();
        return owner == relativeName(name, zone.name);
    }

    Result<QList<ZoneRecord>> recordsOf(const Zone &zone, const QByteArray &name,
                                        const QJsonValue &set, const Cancel &cancel)
    {
        QList<ZoneRecord> records;
        const auto type = typeFromName(set[QLatin1String("type")].toString().toLatin1());
        if (!type)
            return records;
        qint64 ttl = set[QLatin1String("ttl")].toInteger();
        if (ttl == 0) { // null: that of the zone
            const auto reply = m_rest.get(path(zone), cancel);
            if (!reply)
                return tl::unexpected(reply.error());
            if (!reply->isGood())
                return hetznerRefusal(*reply);
            const QJsonValue whole = reply->object().value(QLatin1String("zone"));
            ttl = whole[QLatin1String("ttl")].toInteger();
        }
        for (const QJsonValue item : set[QLatin1String("records")].toArray())
            records.append(hetznerRecord(item.toObject(), name, *type, int(ttl)));
        return records;
    }

    Result<void> applyOne(const Zone &zone, const SetChange &change, const Cancel &cancel)
    {
        const QString set = setPath(zone, change);
        if (change.after.isEmpty())
            return change.before.isEmpty() ? Result<void>()
                                           : write("DELETE", set, {}, zone, change, cancel);
        const QJsonObject records{{QStringLiteral("records"), hetznerRecords(change)}};
        if (change.before.isEmpty()) {
            QJsonObject whole = records;
            whole[QStringLiteral("name")] =
                    QString::fromLatin1(relativeName(change.name, zone.name));
            whole[QStringLiteral("type")] = QString::fromLatin1(typeName(change.type));
            whole[QStringLiteral("ttl")] = change.after.first().ttl;
            return write("POST", path(zone) + QLatin1String("/rrsets"), whole, zone, change,
                         cancel);
        }
        if (!hasWantedData(change)) {
            const Result<void> done = write("POST", set + QLatin1String("/actions/set_records"),
                                            records, zone, change, cancel);
            if (!done)
                return done;
        }
        const int ttl = change.after.first().ttl;
        if (ttl == change.before.first().record.ttl)
            return {};
        return write("POST", set + QLatin1String("/actions/change_ttl"),
                     {{QStringLiteral("ttl"), ttl}}, zone, change, cancel);
    }

    /// One request and the work behind it, until that is done. What is sent is waited for, whatever
    /// `cancel` says; between two requests it counts.
    Result<void> write(const QByteArray &verb, const QString &path, const QJsonObject &body,
                       const Zone &zone, const SetChange &change, const Cancel &cancel)
    {
        for (int tries = 1;; ++tries) {
            if (cancel.isCancelled())
                return failed(Error::Kind::Cancelled, QStringLiteral("stopped"));
            const auto reply = m_rest.send(
                    verb, path, cancel,
                    body.isEmpty() ? QByteArray()
                                   : QJsonDocument(body).toJson(QJsonDocument::Compact));
            if (!reply)
                return tl::unexpected(reply.error());
            if (reply->isGood())
                return finish(*reply);
            const QString code = hetznerErrorCode(*reply);
            // Somebody else is at work in the zone; nothing was done.
            if ((code == QLatin1String("locked") || code == QLatin1String("conflict")) &&
                tries < LockedTries) {
                pauseFor(1000, cancel);
                continue;
            }
            // Twice is once: made, or gone, already.
            if ((code == QLatin1String("uniqueness_error") || code == QLatin1String("not_found")) &&
                standsAsWanted(zone, change))
                return {};
            return hetznerRefusal(*reply);
        }
    }

    /// {"action": {"id": 1, "status": "running", "error": null}}
    Result<void> finish(RestReply reply)
    {
        const Cancel toTheEnd;
        for (const QDeadlineTimer end(m_actionMs);;) {
            const QJsonValue action = reply.object().value(QLatin1String("action"));
            const QString status = action[QLatin1String("status")].toString();
            if (status == QLatin1String("success"))
                return {};
            if (status == QLatin1String("error"))
                return failed(Error::Kind::Refused,
                              QStringLiteral("the service did not carry out the change"),
                              hetznerErrorText(action[QLatin1String("error")]));
            if (status != QLatin1String("running"))
                return notHetzner();
            if (end.hasExpired())
                return failed(Error::Kind::Timeout,
                              QStringLiteral("the service has not carried out the change yet"));
            pauseFor(Limits::ApiActionPollMs, toTheEnd);
            auto asked = m_rest.get(
                    QStringLiteral("/actions/%1").arg(action[QLatin1String("id")].toInteger()),
                    toTheEnd);
            if (asked && asked->isGood()) // else: asked again, for the work goes on without us
                reply = std::move(*asked);
        }
    }

    bool standsAsWanted(const Zone &zone, SetChange change)
    {
        const auto there = records(zone, {change.name}, Cancel());
        if (!there)
            return false;
        change.before.clear();
        for (const ZoneRecord &record : *there) {
            if (record.record.type == change.type)
                change.before.append(record);
        }
        return hasWantedData(change) &&
               (change.after.isEmpty() ||
                change.before.first().record.ttl == change.after.first().ttl);
    }

    Rest m_rest;
    const int m_actionMs;
};

} // namespace

std::unique_ptr<Provider> hetzner(const QUrl &api, Secret token, int actionMs)
{
    return std::make_unique<Hetzner>(api, std::move(token), actionMs);
}
