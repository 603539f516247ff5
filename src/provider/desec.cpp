// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/desec.h"

#include "base/limits.h"
#include "base/printable.h"
#include "dns/presentation.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QUrlQuery>

namespace {

constexpr int LongestTtl = 86400; // the smallest is told with each domain

/// {"detail": "…"}, {"ttl": ["…"]}, {"records": [{"content": ["…"]}]}: every text in it.
void collectTexts(const QJsonValue &value, QStringList &texts)
{
    if (value.isString())
        texts.append(value.toString());
    for (const QJsonValue item : value.toArray())
        collectTexts(item, texts);
    const QJsonObject object = value.toObject();
    for (const QJsonValue item : object)
        collectTexts(item, texts);
}

/// What a reply that is not good says. A bulk request gets a list, one item for each set that was sent,
/// empty where that set is not to blame.
QString said(const RestReply &reply, const QList<SetChange> &changes = {})
{
    const QJsonDocument document = QJsonDocument::fromJson(reply.body);
    QStringList all;
    if (!document.isArray())
        collectTexts(document.object(), all);
    const QJsonArray items = document.array();
    for (qsizetype i = 0; i < items.size(); ++i) {
        QStringList texts;
        collectTexts(items.at(i), texts);
        if (texts.isEmpty())
            continue;
        const QString text = texts.join(QLatin1Char(' '));
        all.append(i < changes.size() && items.at(i).isObject()
                           ? QStringLiteral("%1 %2: %3")
                                     .arg(QString::fromLatin1(changes.at(i).name),
                                          QString::fromLatin1(typeName(changes.at(i).type)), text)
                           : text);
    }
    return printable(all.join(QStringLiteral("; ")), 300);
}

tl::unexpected<Error> notDeSec()
{
    return failed(Error::Kind::Malformed,
                  QStringLiteral("this address does not answer like deSEC"));
}

/// RFC 8288 3: whether there is a next page, and its cursor. That alone is taken of its address, so that
/// a request never goes where an answer says (T-8).
std::optional<QByteArray> nextCursor(const QByteArray &link)
{
    static const QRegularExpression next(QStringLiteral("<([^>]*)>\\s*;\\s*rel=\"?next\\b"));
    const QRegularExpressionMatch match = next.match(QString::fromLatin1(link));
    if (!match.hasMatch())
        return std::nullopt;
    return QUrlQuery(QUrl(match.captured(1)).query(QUrl::FullyEncoded))
            .queryItemValue(QStringLiteral("cursor"), QUrl::FullyDecoded)
            .toLatin1();
}

QList<ZoneRecord> recordsOf(const QJsonValue &set)
{
    QList<ZoneRecord> records;
    const auto type = typeFromName(set[QLatin1String("type")].toString().toLatin1());
    if (!type)
        return records;
    for (const QJsonValue value : set[QLatin1String("records")].toArray()) {
        ZoneRecord record;
        record.record.name = normalName(set[QLatin1String("name")].toString().toLatin1());
        record.record.type = *type;
        record.record.ttl = set[QLatin1String("ttl")].toInt();
        record.record.data = dataFromText(*type, value.toString().toUtf8());
        records.append(record);
    }
    return records;
}

QString subnameOf(const QByteArray &name, const Zone &zone)
{
    const QByteArray relative = relativeName(name, zone.name);
    return relative == "@" ? QString() : QString::fromLatin1(relative);
}

QJsonObject setJson(const SetChange &change, const Zone &zone)
{
    QJsonArray records; // empty: the set goes
    for (const DnsRecord &record : change.after)
        records.append(QString::fromLatin1(dataText(record)));
    QJsonObject set{{QStringLiteral("subname"), subnameOf(change.name, zone)},
                    {QStringLiteral("type"), QString::fromLatin1(typeName(change.type))},
                    {QStringLiteral("records"), records}};
    // A TTL that stays is not sent: it may be older than the minimum of today, and a set that is gone
    // meanwhile is then not made anew.
    if (!change.after.isEmpty() &&
        (change.before.isEmpty() || change.before.first().record.ttl != change.after.first().ttl))
        set[QStringLiteral("ttl")] = change.after.first().ttl;
    return set;
}

/// A list, as every good answer to a question is.
Result<QJsonArray> itemsOf(const Result<RestReply> &reply)
{
    if (!reply)
        return tl::unexpected(reply.error());
    if (!reply->isGood())
        return refusal(*reply, said(*reply));
    const QJsonDocument document = QJsonDocument::fromJson(reply->body);
    if (!document.isArray())
        return notDeSec();
    return document.array();
}

class DeSec : public Provider
{
public:
    DeSec(const QUrl &api, Secret token)
        : m_rest(api, {"Authorization", "Token ", std::move(token)})
    {
    }

    ProviderTraits traits() const override { return {.isAtomic = true, .maximumTtl = LongestTtl}; }

    Result<QList<Zone>> zones(const QByteArray &name, const Cancel &cancel) override
    {
        const auto reply =
                m_rest.get(QLatin1String("/domains/?owns_qname=") + urlSegment(name), cancel);
        const Result<QJsonArray> domains = itemsOf(reply);
        if (!domains)
            return tl::unexpected(domains.error());
        QList<Zone> zones;
        for (const QJsonValue domain : *domains) {
            Zone zone;
            zone.handle = domain[QLatin1String("name")].toString().toLatin1();
            zone.name = normalName(zone.handle);
            zone.minimumTtl = domain[QLatin1String("minimum_ttl")].toInt();
            zones.append(zone);
        }
        return zones;
    }

    Result<QList<ZoneRecord>> records(const Zone &zone, const QList<QByteArray> &names,
                                      const Cancel &cancel) override
    {
        QList<ZoneRecord> found;
        for (const QByteArray &name : names) {
            if (!isWithin(name, zone.name))
                continue;
            const auto sets = list(path(zone) + QLatin1String("?subname=") +
                                           urlSegment(subnameOf(name, zone).toLatin1()),
                                   cancel);
            if (!sets)
                return tl::unexpected(sets.error());
            for (const QJsonValue set : *sets) {
                if (normalName(set[QLatin1String("name")].toString().toLatin1()) == name)
                    found += recordsOf(set);
            }
        }
        return found;
    }

    Result<void> apply(const Zone &zone, const QList<SetChange> &changes,
                       const Cancel &cancel) override
    {
        QJsonArray sets;
        for (const SetChange &change : changes) {
            if (!isWithin(change.name, zone.name))
                return failed(Error::Kind::Refused,
                              QStringLiteral("%1 is not in the zone %2")
                                      .arg(printable(change.name), printable(zone.name)));
            sets.append(setJson(change, zone));
        }
        // One request, all or nothing; and few writes a minute are allowed.
        const auto reply = m_rest.send("PATCH", path(zone), cancel,
                                       QJsonDocument(sets).toJson(QJsonDocument::Compact));
        if (!reply)
            return tl::unexpected(reply.error());
        if (!reply->isGood())
            return refusal(*reply, said(*reply, changes));
        if (!QJsonDocument::fromJson(reply->body).isArray())
            return notDeSec();
        return {};
    }

private:
    static QString path(const Zone &zone)
    {
        return QLatin1String("/domains/") + urlSegment(zone.handle) + QLatin1String("/rrsets/");
    }

    /// Every page (PUSH-17). `path` has a query already.
    Result<QJsonArray> list(const QString &path, const Cancel &cancel)
    {
        QJsonArray items;
        QByteArray cursor; // empty: the first page
        for (int page = 0; page < Limits::ApiPages; ++page) {
            const auto reply =
                    m_rest.get(path + QLatin1String("&cursor=") + urlSegment(cursor), cancel);
            const Result<QJsonArray> some = itemsOf(reply);
            if (!some)
                return tl::unexpected(some.error());
            for (const QJsonValue item : *some)
                items.append(item);
            const std::optional<QByteArray> next = nextCursor(reply->link);
            if (!next)
                return items;
            if (next->isEmpty()) // that would be the first one again
                return notDeSec();
            cursor = *next;
        }
        return failed(Error::Kind::Malformed, QStringLiteral("the list of the service has no end"));
    }

    Rest m_rest;
};

} // namespace

std::unique_ptr<Provider> deSec(const QUrl &api, Secret token)
{
    return std::make_unique<DeSec>(api, std::move(token));
}
