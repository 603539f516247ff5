// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/cloudflareapi.h"

#include "base/printable.h"

#include <algorithm>

namespace {

constexpr int MostPages = 200; // a server that never ends its list is no server to believe

bool isBlankOrQuote(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '"' || c == '\'' || c == '`';
}

bool isTokenOctet(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-';
}

bool isHexadecimal(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// "1004 DNS Validation Error (9101 key_tag is a required data field.)": the chain has the useful part.
QString textOf(const QJsonValue &error)
{
    QString text = QString::number(error[QLatin1String("code")].toInt()) + QLatin1Char(' ') +
                   error[QLatin1String("message")].toString();
    for (const QJsonValue cause : error[QLatin1String("error_chain")].toArray())
        text += QStringLiteral(" (") + textOf(cause) + QLatin1Char(')');
    return text;
}

QString detailOf(const QJsonObject &object)
{
    QStringList texts;
    for (const QJsonValue error : object.value(QLatin1String("errors")).toArray())
        texts.append(textOf(error));
    return printable(texts.join(QStringLiteral("; ")), 300);
}

bool isNamed(const QJsonValue &error, int code)
{
    if (error[QLatin1String("code")].toInt() == code)
        return true;
    const QJsonArray chain = error[QLatin1String("error_chain")].toArray();
    return std::any_of(chain.begin(), chain.end(),
                       [code](const QJsonValue &cause) { return isNamed(cause, code); });
}

tl::unexpected<Error> saysNo(const RestReply &reply, const char *permission, const QString &detail)
{
    const auto refused = [&](const QString &what) {
        return failed(Error::Kind::Refused, what, detail);
    };
    if (Cloudflare::hasCode(reply, 6003) || Cloudflare::hasCode(reply, 6111))
        return refused(QStringLiteral("this is not an API token; paste the token alone"));
    if (Cloudflare::hasCode(reply, Cloudflare::InvalidToken))
        return refused(QStringLiteral("Cloudflare does not know this token"));
    if (reply.status == 401 || reply.status == 403)
        return refused(QStringLiteral("Cloudflare does not accept this token, or it lacks the "
                                      "permission %1")
                               .arg(QLatin1String(permission)));
    if (reply.status == 404)
        return failed(Error::Kind::NotFound, QStringLiteral("Cloudflare does not have this"),
                      detail);
    return refused(QStringLiteral("Cloudflare refused the request"));
}

} // namespace

Result<Secret> Cloudflare::token(Secret pasted)
{
    const QByteArray &octets = pasted.octets();
    qsizetype begin = 0, end = octets.size();
    const auto strip = [&] {
        while (begin < end && isBlankOrQuote(octets.at(begin)))
            ++begin;
        while (end > begin && isBlankOrQuote(octets.at(end - 1)))
            --end;
    };
    strip();
    for (const char *word : {"Authorization:", "Bearer "}) {
        if (qstrnicmp(octets.constData() + begin, word, qstrlen(word)) == 0)
            begin += qsizetype(qstrlen(word));
        strip();
    }
    Secret token(octets.mid(begin, end - begin)); // one copy, which is wiped
    const QByteArray &text = token.octets();
    constexpr qsizetype Shortest = 20, GlobalKey = 37;
    if (text.startsWith("cfk_") || (text.size() == GlobalKey && isHexadecimal(text)))
        return failed(Error::Kind::Refused,
                      QStringLiteral("this is the global API key, which may do everything; make an "
                                     "API token instead"));
    if (text.size() < Shortest || !std::all_of(text.begin(), text.end(), isTokenOctet))
        return failed(Error::Kind::Malformed,
                      QStringLiteral("this is not an API token; paste the token alone"));
    return token;
}

bool Cloudflare::isAccountToken(const Secret &token)
{
    return token.octets().startsWith("cfat_");
}

bool Cloudflare::hasCode(const RestReply &reply, int code)
{
    const QJsonArray errors = reply.object().value(QLatin1String("errors")).toArray();
    return std::any_of(errors.begin(), errors.end(),
                       [code](const QJsonValue &error) { return isNamed(error, code); });
}

Result<QJsonObject> Cloudflare::envelope(const Result<RestReply> &reply, const char *permission)
{
    if (!reply)
        return tl::unexpected(reply.error());
    const QJsonObject object = reply->object();
    if (reply->status >= 500)
        return failed(Error::Kind::Network, QStringLiteral("Cloudflare has a fault of its own"),
                      object.isEmpty() ? QStringLiteral("HTTP %1").arg(reply->status)
                                       : detailOf(object));
    if (!object.value(QLatin1String("success")).isBool())
        return failed(
                Error::Kind::Malformed, QStringLiteral("the answer is not one of Cloudflare's API"),
                QStringLiteral("HTTP %1, %2")
                        .arg(QString::number(reply->status), printable(reply->contentType, 60)));
    if (reply->isGood() && object.value(QLatin1String("success")).toBool())
        return object;
    return saysNo(*reply, permission, detailOf(object));
}

Result<QJsonArray> Cloudflare::allPages(Rest &rest, const QString &path, int perPage,
                                        const char *permission, const Cancel &cancel)
{
    QJsonArray all;
    for (int page = 1; page <= MostPages; ++page) {
        const auto answer = envelope(
                rest.get(path + QStringLiteral("&per_page=%1&page=%2")
                                         .arg(QString::number(perPage), QString::number(page)),
                         cancel),
                permission);
        if (!answer)
            return tl::unexpected(answer.error());
        const QJsonValue result = answer->value(QLatin1String("result"));
        if (!result.isArray())
            break;
        for (const QJsonValue value : result.toArray())
            all.append(value);
        const QJsonValue info = answer->value(QLatin1String("result_info"));
        if (page >= info[QLatin1String("total_pages")].toInt(1))
            return all;
    }
    return failed(Error::Kind::Malformed, QStringLiteral("the list of Cloudflare has no end"));
}

QByteArray Cloudflare::handleOf(const Place &place)
{
    return (place.zone + QLatin1Char('/') + place.account).toLatin1();
}

Cloudflare::Place Cloudflare::placeOf(const Zone &zone)
{
    const QList<QByteArray> parts = zone.handle.split('/');
    return {urlSegment(parts.first()), urlSegment(parts.last())};
}

QString Cloudflare::zonePath(const Zone &zone)
{
    return QStringLiteral("/zones/") + placeOf(zone).zone;
}

QString Cloudflare::accountPath(const Zone &zone)
{
    return QStringLiteral("/accounts/") + placeOf(zone).account;
}
