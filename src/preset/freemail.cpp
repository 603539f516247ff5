// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "preset/freemail.h"

#include "preset/namesuffix.h"

#include <QJsonArray>
#include <QJsonObject>

namespace {

const QJsonObject &file()
{
    static const QJsonObject object = presetFile(":/preset/free-mail.json");
    return object;
}

} // namespace

const QList<FreeMailOwner> &freeMailOwners()
{
    static const QList<FreeMailOwner> list = [] {
        QList<FreeMailOwner> owners;
        for (const QJsonValue entry : file().value(QLatin1String("owners")).toArray()) {
            FreeMailOwner owner;
            owner.name = entry[QLatin1String("name")].toString();
            for (const QJsonValue domain : entry[QLatin1String("domains")].toArray())
                owner.domains.append(domain.toString().toLatin1());
            owners.append(owner);
        }
        return owners;
    }();
    return list;
}

QDate freeMailChecked()
{
    return QDate::fromString(file().value(QLatin1String("checked")).toString(), Qt::ISODate);
}

QString freeMailOwner(const QByteArray &domain)
{
    for (const FreeMailOwner &owner : freeMailOwners()) {
        if (owner.domains.contains(domain))
            return owner.name;
    }
    return {};
}
