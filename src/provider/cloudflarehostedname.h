// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is done with one host of one zone at Cloudflare: its Worker, its custom domain, and the records
// that make room for it. policyhost.h says what is promised.

#include "provider/cloudflareapi.h"
#include "provider/cloudflareworker.h"

namespace Cloudflare {

/// One host of one zone, as long as one call lasts.
class HostedName
{
public:
    HostedName(Rest &rest, const Zone &zone, const QByteArray &host);
    Result<HostState> look(const QByteArray &text, const Cancel &cancel);
    Result<void> publish(const QByteArray &text, const HostState &shown, const Cancel &cancel);
    Result<void> withdraw(const HostState &before, const Cancel &cancel);

private:
    RestRequest askContent() const { return {"GET", m_script + QLatin1String("/content/v2"), {}}; }
    RestRequest askDomain() const
    {
        return {"GET", m_domains + QLatin1String("?hostname=") + urlSegment(m_host), {}};
    }
    RestRequest askRecords() const
    {
        return {"GET", m_records + QLatin1String("?name=") + urlSegment(m_host), {}};
    }

    Result<AttachedDomain> domain()
    {
        return domainFrom(m_rest.sendAll({askDomain()}, Cancel()).first());
    }
    Result<QList<ZoneRecord>> inTheWay()
    {
        return conflictsFrom(m_rest.sendAll({askRecords()}, Cancel()).first());
    }

    Result<void> upload(const QByteArray &text, const HostState &shown, const Cancel &cancel);
    Result<void> turnOffWorkersDev(const Result<RestReply> &sent);
    Result<void> makeRoom(const QList<ZoneRecord> &shown);
    Result<void> attach();
    Result<void> putBack(const QList<ZoneRecord> &records);
    Result<void> batch(const char *what, const QJsonArray &operations);
    Result<void> remove(const QString &path);

    Rest &m_rest;
    const QByteArray m_host, m_service;
    const QString m_script, m_domains, m_records, m_zone;
};

} // namespace Cloudflare
