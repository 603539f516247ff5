// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A DNS service of zonebed.sh and its zone example.com, as the tests of providers read and write it.

#include "provider/authoritative.h"
#include "provider/zonebed.h"

#include <algorithm>

inline const QByteArray Sts = "_mta-sts.example.com";
inline const QByteArray Tls = "_smtp._tls.example.com";
inline const QByteArray Tlsa = "_25._tcp.mx.example.com";
inline constexpr char Foreign[] = "google-site-verification=x";

inline DnsRecord text(const QByteArray &name, const QByteArray &data, int ttl = 3600)
{
    return {name, RecordType::TXT, ttl, data};
}

inline QList<QByteArray> sorted(QList<QByteArray> list)
{
    std::sort(list.begin(), list.end());
    return list;
}

inline QList<QByteArray> dataAt(const QList<ZoneRecord> &records, const QByteArray &name,
                                RecordType type)
{
    QList<QByteArray> data;
    for (const ZoneRecord &record : records) {
        if (record.record.name == name && record.record.type == type)
            data.append(record.record.data);
    }
    return sorted(data);
}

struct Service
{
    ZoneBed bed;
    std::unique_ptr<Provider> provider;
    Zone zone;
    Cancel cancel;

    QList<ZoneRecord> read(const QByteArray &name) const
    {
        const auto records = provider->records(zone, {name}, cancel);
        if (!records)
            qWarning("%s %s", qPrintable(records.error().what), qPrintable(records.error().detail));
        return records.value_or(QList<ZoneRecord>());
    }
    /// The whole set as it stands now, and what is to stand instead.
    SetChange change(const QByteArray &name, RecordType type, const QList<DnsRecord> &after) const
    {
        SetChange made{name, type, {}, after};
        for (const ZoneRecord &record : read(name)) {
            if (record.record.type == type)
                made.before.append(record);
        }
        return made;
    }
    Result<void> apply(const QList<SetChange> &changes) const
    {
        return provider->apply(zone, changes, cancel);
    }
    QList<QByteArray> served(const QByteArray &name, RecordType type) const
    {
        const auto data = askNameServer(bed.nameServer(), name, type, cancel);
        return data ? sorted(*data) : QList<QByteArray>{data.error().what.toUtf8()};
    }
};
