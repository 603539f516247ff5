// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/servicerecords.h"

#include <algorithm>

namespace {

/// A record with another TTL is the same record.
bool isSame(const DnsRecord &one, const DnsRecord &other)
{
    return one.name == other.name && one.type == other.type && one.data == other.data;
}

} // namespace

ServiceRecords::ServiceRecords(const QByteArray &zone, const QList<DnsRecord> &records)
    : m_zone(normalName(zone))
{
    for (const DnsRecord &record : records)
        m_entries.append({nextId(), record});
}

QString ServiceRecords::nextId()
{
    return serviceId("record " + QByteArray::number(++m_serial));
}

QJsonArray ServiceRecords::list(const QByteArray &name) const
{
    QJsonArray found;
    for (const Entry &entry : m_entries) {
        if (name.isEmpty() || entry.record.name == normalName(name))
            found.append(json(entry));
    }
    return found;
}

QList<DnsRecord> ServiceRecords::kept() const
{
    QList<DnsRecord> records;
    for (const Entry &entry : m_entries) {
        if (!entry.isManaged)
            records.append(entry.record);
    }
    return records;
}

ServiceAnswer<qsizetype> ServiceRecords::find(const QJsonObject &wanted) const
{
    const QString id = wanted.value(QLatin1String("id")).toString();
    const auto at = std::find_if(m_entries.begin(), m_entries.end(),
                                 [&](const Entry &entry) { return entry.id == id; });
    if (at == m_entries.end())
        return serviceRefusal(404, 81044, "Record does not exist.");
    if (at->isManaged)
        return serviceRefusal(400, 1043, "This record is managed and read only.");
    return at - m_entries.begin();
}

/// The record that is wanted goes to the place `at`, if it can stand beside all others.
ServiceAnswer<QJsonObject> ServiceRecords::keep(const QString &id, const QJsonObject &wanted,
                                                qsizetype at)
{
    const auto record = serviceRecordFrom(wanted, m_zone);
    if (!record)
        return tl::unexpected(record.error());
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        const DnsRecord &other = m_entries.at(i).record;
        if (i != at && isSame(other, *record))
            return isAddressOrAlias(other.type)
                           ? serviceRefusal(400, 81057, "The record already exists.")
                           : serviceRefusal(400, 81058, "An identical record already exists.");
        const bool isAnyAlias =
                other.type == RecordType::CNAME || record->type == RecordType::CNAME;
        if (i != at && other.name == record->name && isAnyAlias) // RFC 1034 3.6.2: it stands alone
            return serviceRefusal(400, 81053, "A record with that host already exists.");
    }
    const Entry entry{id, *record};
    if (at < m_entries.size())
        m_entries[at] = entry;
    else
        m_entries.append(entry);
    return json(entry);
}

ServiceAnswer<QJsonObject> ServiceRecords::remove(const QJsonObject &wanted)
{
    return find(wanted).map([&](qsizetype at) { return json(m_entries.takeAt(at)); });
}

ServiceAnswer<QJsonObject> ServiceRecords::patch(const QJsonObject &wanted)
{
    const auto at = find(wanted);
    if (!at)
        return tl::unexpected(at.error());
    QJsonObject merged = json(m_entries.at(*at));
    for (auto field = wanted.begin(); field != wanted.end(); ++field)
        merged[field.key()] = field.value();
    return keep(m_entries.at(*at).id, merged, *at);
}

ServiceAnswer<QJsonObject> ServiceRecords::replace(const QJsonObject &wanted)
{
    const auto at = find(wanted);
    if (!at)
        return tl::unexpected(at.error());
    return keep(m_entries.at(*at).id, wanted, *at);
}

ServiceAnswer<QJsonObject> ServiceRecords::add(const QJsonObject &wanted)
{
    return keep(nextId(), wanted, m_entries.size());
}

ServiceAnswer<QJsonObject> ServiceRecords::batch(const QJsonObject &wanted)
{
    ServiceRecords after = *this;
    QJsonObject result;
    using Step = ServiceAnswer<QJsonObject> (ServiceRecords::*)(const QJsonObject &);
    const std::pair<const char *, Step> steps[] = {{"deletes", &ServiceRecords::remove},
                                                   {"patches", &ServiceRecords::patch},
                                                   {"puts", &ServiceRecords::replace},
                                                   {"posts", &ServiceRecords::add}};
    for (const auto &[key, step] : steps) {
        QJsonArray made;
        for (const QJsonValue item : wanted.value(QLatin1String(key)).toArray()) {
            const auto done = (after.*step)(item.toObject());
            if (!done)
                return done;
            made.append(*done);
        }
        result.insert(QLatin1String(key), made);
    }
    *this = after;
    return result;
}

bool ServiceRecords::hasConflict(const QByteArray &host) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        return !entry.isManaged && entry.record.name == host && isAddressOrAlias(entry.record.type);
    });
}

void ServiceRecords::addManaged(const QByteArray &host)
{
    m_entries.append({nextId(), {host, RecordType::AAAA, 300, "100::"}, true});
}

void ServiceRecords::removeManaged(const QByteArray &host)
{
    m_entries.removeIf(
            [&](const Entry &entry) { return entry.isManaged && entry.record.name == host; });
}
