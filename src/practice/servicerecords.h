// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The records that the practice service keeps of its one zone, as Cloudflare's API shows and changes them.
// No network here.

#include "practice/servicerecordjson.h"

class ServiceRecords
{
public:
    ServiceRecords(const QByteArray &zone, const QList<DnsRecord> &records);

    [[nodiscard]] const QByteArray &zone() const { return m_zone; }
    [[nodiscard]] QJsonArray list(const QByteArray &name) const; // of every name where it is empty
    /// What the user keeps there, without what a custom domain made.
    [[nodiscard]] QList<DnsRecord> kept() const;

    /// Deletes, patches, puts and posts, in this order; the first that is refused leaves nothing done.
    /// Gives lists of what became of each.
    [[nodiscard]] ServiceAnswer<QJsonObject> batch(const QJsonObject &wanted);

    /// Addresses and aliases at the host: no custom domain can stand beside them.
    [[nodiscard]] bool hasConflict(const QByteArray &host) const;
    /// The record of a custom domain, which nobody but the service changes.
    void addManaged(const QByteArray &host);
    void removeManaged(const QByteArray &host);

private:
    struct Entry
    {
        QString id;
        DnsRecord record;
        bool isManaged = false;
    };

    [[nodiscard]] static QJsonObject json(const Entry &entry)
    {
        return serviceRecordJson(entry.id, entry.record, entry.isManaged);
    }
    [[nodiscard]] QString nextId();
    /// The place of what an operation names by its id; never of a managed one.
    [[nodiscard]] ServiceAnswer<qsizetype> find(const QJsonObject &wanted) const;
    [[nodiscard]] ServiceAnswer<QJsonObject> keep(const QString &id, const QJsonObject &wanted,
                                                  qsizetype at);
    [[nodiscard]] ServiceAnswer<QJsonObject> remove(const QJsonObject &wanted);
    [[nodiscard]] ServiceAnswer<QJsonObject> patch(const QJsonObject &wanted);
    [[nodiscard]] ServiceAnswer<QJsonObject> replace(const QJsonObject &wanted);
    [[nodiscard]] ServiceAnswer<QJsonObject> add(const QJsonObject &wanted);

    QByteArray m_zone;
    QList<Entry> m_entries;
    int m_serial = 0;
};
