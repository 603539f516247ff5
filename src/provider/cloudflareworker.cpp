// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/cloudflareworker.h"

#include "mail/workerscript.h"
#include "provider/cloudflareapi.h"

#include <QCryptographicHash>
#include <QRegularExpression>

namespace {

constexpr char Module[] = "worker.js";

QByteArray part(const QByteArray &boundary, const QByteArray &disposition, const QByteArray &type,
                const QByteArray &body)
{
    return "--" + boundary + "\r\nContent-Disposition: form-data; " + disposition +
           "\r\nContent-Type: " + type + "\r\n\r\n" + body + "\r\n";
}

QByteArray boundaryOf(const QByteArray &contentType)
{
    static const QRegularExpression pattern(
            QStringLiteral("^multipart/form-data\\b.*;\\s*boundary=\"?([^\";]+)\"?"),
            QRegularExpression::CaseInsensitiveOption);
    return pattern.match(QString::fromLatin1(contentType)).captured(1).trimmed().toLatin1();
}

bool isInTheWay(const ZoneRecord &record)
{
    const RecordType type = record.record.type;
    return !record.isReadOnly &&
           (type == RecordType::A || type == RecordType::AAAA || type == RecordType::CNAME);
}

} // namespace

RestRequest Cloudflare::uploadOf(const QByteArray &script, const QString &path)
{
    // Its own hash is in no script.
    const QByteArray boundary =
            "mta-sts-" +
            QCryptographicHash::hash(script, QCryptographicHash::Sha256).toHex().left(32);
    const QJsonObject metadata{
            {QStringLiteral("main_module"), QLatin1String(Module)},
            {QStringLiteral("compatibility_date"), QLatin1String(WorkerCompatibilityDate)}};
    // The module is found by its file name, or by the name of its part: both are given.
    const QByteArray name = QByteArray("name=\"") + Module + "\"; filename=\"" + Module + '"';
    const QByteArray body = part(boundary, "name=\"metadata\"", "application/json",
                                 QJsonDocument(metadata).toJson(QJsonDocument::Compact)) +
                            part(boundary, name, "application/javascript+module", script) + "--" +
                            boundary + "--\r\n";
    return {"PUT", path, body, "multipart/form-data; boundary=" + boundary};
}

std::optional<QByteArray> Cloudflare::moduleOf(const RestReply &reply)
{
    if (!reply.contentType.toLower().startsWith("multipart/"))
        return reply.body;
    const QByteArray boundary = boundaryOf(reply.contentType);
    if (boundary.isEmpty())
        return std::nullopt;
    const QByteArray delimiter = "\r\n--" + boundary;
    const QByteArray body = "\r\n" + reply.body;
    const qsizetype first = body.indexOf(delimiter);
    const qsizetype second = first < 0 ? -1 : body.indexOf(delimiter, first + delimiter.size());
    const bool isOnly = second >= 0 && body.mid(second + delimiter.size()).startsWith("--");
    const qsizetype content = first < 0 ? -1 : body.indexOf("\r\n\r\n", first + delimiter.size());
    if (!isOnly || content < 0 || content > second)
        return std::nullopt;
    return body.mid(content + 4, second - content - 4);
}

Result<std::optional<QByteArray>> Cloudflare::contentFrom(const Result<RestReply> &reply)
{
    const QByteArray type = reply ? reply->contentType.toLower() : QByteArray();
    if (reply && reply->isGood() && (type.startsWith("multipart/") || type.contains("javascript")))
        return moduleOf(*reply).value_or(QByteArray()); // several modules: there, and not ours
    const auto answer = envelope(reply, WorkersEdit);
    if (answer)
        return failed(Error::Kind::Malformed,
                      QStringLiteral("the answer is not one of Cloudflare's API"));
    if (answer.error().kind == Error::Kind::NotFound)
        return std::nullopt;
    return tl::unexpected(answer.error());
}

HostState Cloudflare::stateOf(const std::optional<QByteArray> &script, const QByteArray &host)
{
    HostState state;
    state.content = HostState::Content::Absent;
    if (!script)
        return state;
    state.content = HostState::Content::Foreign;
    const auto policies = policiesOfWorker(*script);
    // One that serves other hosts too would be cut short by a script for this one alone.
    if (!policies || policies->size() != 1 || policies->first().host != host)
        return state;
    state.content = HostState::Content::Ours;
    state.text = policies->first().text;
    return state;
}

Result<Cloudflare::AttachedDomain> Cloudflare::domainFrom(const Result<RestReply> &reply)
{
    const auto answer = envelope(reply, WorkersEdit);
    if (!answer)
        return tl::unexpected(answer.error());
    const QJsonValue first = answer->value(QLatin1String("result")).toArray().first();
    return AttachedDomain{first[QLatin1String("id")].toString().toLatin1(),
                          first[QLatin1String("service")].toString().toUtf8()};
}

Result<QList<ZoneRecord>> Cloudflare::conflictsFrom(const Result<RestReply> &reply)
{
    const auto answer = envelope(reply, DnsEdit);
    if (!answer)
        return tl::unexpected(answer.error());
    const QJsonValue info = answer->value(QLatin1String("result_info"));
    if (info[QLatin1String("total_pages")].toInt(1) > 1)
        return failed(Error::Kind::Malformed, QStringLiteral("too many records at one name"));
    QList<ZoneRecord> records;
    for (const QJsonValue value : answer->value(QLatin1String("result")).toArray()) {
        const auto record = recordFrom(value.toObject());
        if (record && isInTheWay(*record))
            records.append(*record);
    }
    return records;
}
