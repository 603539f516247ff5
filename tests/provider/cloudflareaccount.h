// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The stand-in for Cloudflare, and what the program has in hand to talk to it.

#include "provider/zonebed.h"

#include <QTest>

inline DnsRecord text(const QByteArray &name, const QByteArray &data, int ttl = 3600)
{
    return {name, RecordType::TXT, ttl, data};
}

inline QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

struct Account
{
    ZoneBed bed;
    std::unique_ptr<Provider> provider;
    Zone zone;
    Cancel cancel;

    QString start()
    {
        if (QString why = bed.start(QStringLiteral("cloudflare")); !why.isEmpty())
            return why;
        provider = bed.provider("cloudflare");
        const auto zones = provider->zones("_mta-sts.example.com", cancel);
        if (!zones || zones->isEmpty())
            return QStringLiteral("no zone: ") + (zones ? QString() : zones.error().what);
        zone = *zoneFor("_mta-sts.example.com", *zones);
        bed.control(object(R"({"reset":true})"));
        return {};
    }
    int requests() const
    {
        return int(bed.control().value(QLatin1String("requests")).toArray().size());
    }
    void trouble(const char *how, int at = 1) const
    {
        bed.control({{QStringLiteral("reset"), true},
                     {QStringLiteral("trouble"),
                      QJsonObject{{QStringLiteral("at"), at},
                                  {QStringLiteral("how"), QLatin1String(how)}}}});
    }
    SetChange change(const QByteArray &name, const QList<DnsRecord> &after) const
    {
        SetChange made{name, RecordType::TXT, {}, after};
        const auto records = provider->records(zone, {name}, cancel);
        if (records)
            made.before = *records;
        made.before.removeIf(
                [](const ZoneRecord &record) { return record.record.type != RecordType::TXT; });
        return made;
    }
    /// The record of the service itself.
    QJsonValue kept(const QByteArray &name) const
    {
        const QJsonValue zones =
                bed.control(object(R"({"state":true})")).value(QLatin1String("records"));
        for (const QJsonValue record : zones[QLatin1String("example.com")].toArray()) {
            if (record[QLatin1String("name")].toString() == QLatin1String(name))
                return record;
        }
        return {};
    }
};

#define START(account)                                                                             \
    Account account;                                                                               \
    if (const QString why = account.start(); !why.isEmpty()) {                                     \
        if (account.bed.isMissing())                                                               \
            QSKIP(qPrintable(why));                                                                \
        QFAIL(qPrintable(why));                                                                    \
    }
