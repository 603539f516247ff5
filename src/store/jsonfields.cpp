// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/jsonfields.h"

#include "base/limits.h"

QJsonValue timeJson(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODate)) : QJsonValue();
}

QDateTime timeFrom(const QJsonValue &json)
{
    const QDateTime time = QDateTime::fromString(json.toString(), Qt::ISODate).toUTC();
    const int year = time.date().year();
    return time.isValid() && year >= 1970 && year <= 9999 ? time : QDateTime();
}

QJsonArray namesJson(const QList<QByteArray> &names)
{
    QJsonArray array;
    for (const QByteArray &name : names)
        array.append(QString::fromLatin1(name));
    return array;
}

QList<QByteArray> namesFrom(const QJsonValue &json)
{
    QList<QByteArray> names;
    const QJsonArray array = json.toArray();
    for (const QJsonValue &one : array) {
        const QByteArray name = one.toString().toLatin1();
        if (!name.isEmpty() && name.size() <= Limits::ShownText && names.size() < KeptLimits::Names)
            names.append(name);
    }
    return names;
}
