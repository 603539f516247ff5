// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/serviceanswer.h"

#include <QCryptographicHash>
#include <QJsonDocument>

namespace {

HttpReply jsonReply(int status, const QJsonObject &object)
{
    return {status, "application/json", QJsonDocument(object).toJson(QJsonDocument::Compact)};
}

QJsonObject errorJson(int code, const char *message)
{
    return {{QStringLiteral("code"), code}, {QStringLiteral("message"), QLatin1String(message)}};
}

} // namespace

tl::unexpected<ServiceRefusal> serviceRefusal(int status, int code, const char *message)
{
    return tl::unexpected(ServiceRefusal{status, code, message});
}

QString serviceId(const QByteArray &text)
{
    return QString::fromLatin1(
            QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().left(32));
}

HttpReply serviceReply(const QJsonValue &result, const QJsonObject &info)
{
    QJsonObject object{{QStringLiteral("success"), true},
                       {QStringLiteral("errors"), QJsonArray()},
                       {QStringLiteral("messages"), QJsonArray()},
                       {QStringLiteral("result"), result}};
    if (!info.isEmpty())
        object.insert(QStringLiteral("result_info"), info);
    return jsonReply(200, object);
}

HttpReply serviceReply(const ServiceRefusal &refusal)
{
    QJsonObject error = errorJson(refusal.code, refusal.message);
    if (refusal.causeCode != 0)
        error.insert(QStringLiteral("error_chain"),
                     QJsonArray{errorJson(refusal.causeCode, refusal.cause)});
    return jsonReply(refusal.status, {{QStringLiteral("success"), false},
                                      {QStringLiteral("errors"), QJsonArray{error}},
                                      {QStringLiteral("messages"), QJsonArray()},
                                      {QStringLiteral("result"), QJsonValue()}});
}
