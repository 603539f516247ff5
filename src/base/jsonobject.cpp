// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jsonobject.h"

#include "base/printable.h"

#include <QCoreApplication>
#include <QJsonDocument>

Result<QJsonObject> jsonObject(const QByteArray &octets, qsizetype most)
{
    if (octets.size() > most)
        return failed(Error::Kind::Malformed,
                      QLatin1String(QT_TRANSLATE_NOOP("Error", "the file is too large")));
    QJsonParseError fault;
    const QJsonObject json = QJsonDocument::fromJson(octets, &fault).object();
    if (fault.error != QJsonParseError::NoError)
        return failed(Error::Kind::Malformed, printable(fault.errorString()));
    return json;
}
