// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The stand-in for Cloudflare as policy host.

#include "mail/workerscript.h"
#include "provider/cloudflareaccount.h"

inline const QByteArray Host = "mta-sts.example.com";
inline const QByteArray Text =
        "version: STSv1\r\nmode: testing\r\nmx: mx.example.com\r\nmax_age: 86400\r\n";
inline constexpr char Worker[] = "mta-sts-example-com";

struct Hosted : Account
{
    std::unique_ptr<PolicyHost> host;

    QString start()
    {
        if (QString why = Account::start(); !why.isEmpty())
            return why;
        host = *makePolicyHost(*providerInfo("cloudflare"), bed.value("address"),
                               Secret(bed.value("secret").toLatin1()));
        return {};
    }
    Result<HostState> look(const QByteArray &text = Text) const
    {
        return host->look(zone, Host, text, cancel);
    }
    Result<void> publish(const QByteArray &text = Text) const
    {
        const auto shown = look(text);
        return shown ? host->publish(zone, Host, text, *shown, cancel)
                     : Result<void>(tl::unexpected(shown.error()));
    }
    void keepRecord(const char *fields) const
    {
        QJsonObject record = object(fields);
        record[QStringLiteral("zone")] = QStringLiteral("example.com");
        record[QStringLiteral("name")] = QLatin1String(Host);
        bed.control({{QStringLiteral("records"), QJsonArray{record}}});
    }
    /// The script of the Worker that answers for the host.
    QByteArray served() const
    {
        return bed.control({{QStringLiteral("served"), QLatin1String(Host)}})
                .value(QLatin1String("served"))
                .toString()
                .toUtf8();
    }
    /// What stands at the host, without what a custom domain made.
    QList<ZoneRecord> atHost() const
    {
        QList<ZoneRecord> records = provider->records(zone, {Host}, cancel).value();
        records.removeIf([](const ZoneRecord &record) { return record.isReadOnly; });
        return records;
    }
    QJsonValue script() const
    {
        return bed.control(object(R"({"state":true})"))
                .value(QLatin1String("scripts"))[QLatin1String(Worker)];
    }
};

inline QByteArray scriptOf(const QByteArray &text)
{
    return workerScript({{Host, text}}).value_or(QByteArray());
}

#define HOSTED(account)                                                                            \
    Hosted account;                                                                                \
    if (const QString why = account.start(); !why.isEmpty()) {                                     \
        if (account.bed.isMissing())                                                               \
            QSKIP(qPrintable(why));                                                                \
        QFAIL(qPrintable(why));                                                                    \
    }
