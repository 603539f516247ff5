// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The Workers of the practice service and the host names they are attached to, as Cloudflare's API shows
// and changes them. No network here.

#include "practice/servicerecords.h"

#include <QMap>

class ServiceWorkers
{
public:
    /// The records of the zone, in which an attached host has one too; they outlive this.
    explicit ServiceWorkers(ServiceRecords &records)
        : m_records(records)
    {
    }

    /// .../workers/scripts/NAME and what is below it; `rest` is that path behind "scripts".
    [[nodiscard]] ServiceAnswer<HttpReply> scripts(const QList<QByteArray> &rest,
                                                   const HttpRequest &request);
    /// .../workers/domains and what is below it; `rest` is that path behind "domains".
    [[nodiscard]] ServiceAnswer<HttpReply> domains(const QList<QByteArray> &rest,
                                                   const HttpRequest &request);

    /// Forgets all Workers but one that answers at this host; none where it is empty.
    void startOver(const QByteArray &host, const QByteArray &script);

    /// The first host by name that a Worker is attached to; empty: none is.
    [[nodiscard]] QByteArray host() const;
    [[nodiscard]] QByteArray scriptAt(const QByteArray &host) const; // empty: nothing answers there

private:
    struct Script
    {
        FormPart module;
        QJsonObject subdomain; // whether it is served at workers.dev
    };

    [[nodiscard]] ServiceAnswer<HttpReply> upload(const QByteArray &name,
                                                  const HttpRequest &request);
    [[nodiscard]] ServiceAnswer<HttpReply> attach(const QJsonObject &wanted);
    [[nodiscard]] ServiceAnswer<HttpReply> detach(const QByteArray &id);
    [[nodiscard]] QJsonObject domainJson(const QByteArray &host) const;

    ServiceRecords &m_records;
    QMap<QByteArray, Script> m_scripts;     // by name
    QMap<QByteArray, QByteArray> m_domains; // the script's name by host
};
