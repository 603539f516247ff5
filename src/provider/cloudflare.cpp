// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/cloudflare.h"

#include "base/printable.h"
#include "provider/cloudflareapi.h"
#include "provider/cloudflarebatch.h"
#include "provider/cloudflarezone.h"

#include <algorithm>

namespace {

using namespace Cloudflare;

constexpr int ZonesAPage = 50, RecordsAPage = 5000;
constexpr int LowestTtl = 60, HighestTtl = 86400; // seconds; lower only with an Enterprise plan

QString textAt(const QJsonValue &value, const char *key)
{
    return value[QLatin1String(key)].toString();
}

class CloudflareDns : public Provider
{
public:
    CloudflareDns(const QUrl &api, Secret token)
        : m_isAccountToken(isAccountToken(token))
        , m_rest(api, {"Authorization", "Bearer ", std::move(token)})
    {
    }

    ProviderTraits traits() const override
    {
        return {.isAtomic = true, .minimumTtl = LowestTtl, .maximumTtl = HighestTtl};
    }

    Result<QList<Zone>> zones(const QByteArray &name, const Cancel &cancel) override;
    Result<QList<ZoneRecord>> records(const Zone &zone, const QList<QByteArray> &names,
                                      const Cancel &cancel) override;
    Result<void> apply(const Zone &zone, const QList<SetChange> &changes,
                       const Cancel &cancel) override;
    Result<TokenFacts> token(const QByteArray &name, TokenUse use, const Cancel &cancel) override;

private:
    Result<QJsonArray> zonesAbove(const QByteArray &name, const Cancel &cancel);
    Error whyRefused(const Error &error, const Cancel &cancel);
    Result<void> seeWhetherDone(const Zone &zone, const QList<SetChange> &changes,
                                const Error &error);

    const bool m_isAccountToken;
    int m_zonesSeen = 0;
    Rest m_rest;
};

/// All zones that the token sees, where one page holds them, as it nearly always does; else by name.
Result<QJsonArray> CloudflareDns::zonesAbove(const QByteArray &name, const Cancel &cancel)
{
    const auto first = envelope(
            m_rest.get(QStringLiteral("/zones?per_page=%1").arg(ZonesAPage), cancel), ZoneRead);
    if (!first)
        return tl::unexpected(first.error());
    const QJsonValue info = first->value(QLatin1String("result_info"));
    QJsonArray all = first->value(QLatin1String("result")).toArray();
    m_zonesSeen = info[QLatin1String("total_count")].toInt(int(all.size()));
    if (info[QLatin1String("total_pages")].toInt(1) <= 1)
        return all;
    QList<RestRequest> requests;
    for (const QByteArray &possible : possibleZones(name))
        requests.append(
                {"GET",
                 QStringLiteral("/zones?per_page=%1&name=").arg(ZonesAPage) + urlSegment(possible),
                 {}});
    all = QJsonArray();
    const auto replies = m_rest.sendAll(requests, cancel);
    for (const Result<RestReply> &reply : replies) {
        const auto answer = envelope(reply, ZoneRead);
        if (!answer)
            return tl::unexpected(answer.error());
        for (const QJsonValue zone : answer->value(QLatin1String("result")).toArray())
            all.append(zone);
    }
    return all;
}

Result<QList<Zone>> CloudflareDns::zones(const QByteArray &name, const Cancel &cancel)
{
    const auto found = zonesAbove(name, cancel);
    if (!found && found.error().kind == Error::Kind::Refused)
        return tl::unexpected(whyRefused(found.error(), cancel));
    if (!found)
        return tl::unexpected(found.error());
    QList<Zone> zones;
    for (const QJsonValue value : *found) {
        const Zone zone = zoneOf(value);
        if (isWithin(name, zone.name))
            zones.append(zone);
    }
    return withoutIdle(zones);
}

/// A token that is good lacks a permission; another is old or unknown. Asked only when something failed.
Error CloudflareDns::whyRefused(const Error &error, const Cancel &cancel)
{
    if (m_isAccountToken) // can be verified only where the account is known
        return error;
    const auto answer =
            envelope(m_rest.get(QStringLiteral("/user/tokens/verify"), cancel), ZoneRead);
    if (!answer)
        return answer.error().kind == Error::Kind::Refused ? answer.error() : error;
    const QString status = textAt(answer->value(QLatin1String("result")), "status");
    return {Error::Kind::Refused,
            status == QLatin1String("active")
                    ? QStringLiteral("the token lacks the permission %1")
                              .arg(QLatin1String(ZoneRead))
                    : QStringLiteral("the token is not in use any more: %1")
                              .arg(printable(status, 40)),
            error.detail};
}

/// What must not be read is not known: a token for records need not open this.
TokenFacts::Signing signingFrom(const Result<RestReply> &reply)
{
    const auto answer = envelope(reply, DnsEdit);
    return signingOf(answer ? textAt(answer->value(QLatin1String("result")), "status").toLatin1()
                            : QByteArray());
}

Result<TokenFacts> CloudflareDns::token(const QByteArray &name, TokenUse use, const Cancel &cancel)
{
    const auto found = zones(name, cancel);
    if (!found)
        return tl::unexpected(found.error());
    const auto zone = zoneFor(name, *found);
    if (!zone)
        return tl::unexpected(zone.error());
    const QString ofAccount = accountPath(*zone) + QLatin1String("/tokens/verify");
    QList<RestRequest> requests{
            {"GET", m_isAccountToken ? ofAccount : QStringLiteral("/user/tokens/verify"), {}},
            {"GET", zonePath(*zone) + QLatin1String("/dns_records?per_page=1"), {}},
            {"GET", zonePath(*zone) + QLatin1String("/dnssec"), {}}};
    if (use == TokenUse::RecordsAndHost)
        requests.append({"GET", accountPath(*zone) + QLatin1String("/workers/domains"), {}});
    const auto replies = m_rest.sendAll(requests, cancel);
    auto verified = envelope(replies.first(), "");
    // Tokens of an account had no prefix once, and the user's page does not know them.
    if (replies.first() && hasCode(*replies.first(), InvalidToken) && !m_isAccountToken)
        verified = envelope(m_rest.get(ofAccount, cancel), "");
    if (!verified)
        return tl::unexpected(verified.error());
    const QJsonValue result = verified->value(QLatin1String("result"));
    if (textAt(result, "status") != QLatin1String("active"))
        return failed(Error::Kind::Refused, QStringLiteral("the token is not in use any more: %1")
                                                    .arg(printable(textAt(result, "status"), 40)));
    TokenFacts facts;
    facts.expires = QDateTime::fromString(textAt(result, "expires_on"), Qt::ISODate);
    facts.zonesSeen = m_zonesSeen;
    facts.signing = signingFrom(replies.at(2));
    for (qsizetype i = 1; i < replies.size(); ++i) {
        if (i == 2)
            continue;
        const char *permission = i == 1 ? DnsEdit : WorkersEdit;
        const auto probed = envelope(replies.at(i), permission);
        if (!probed && probed.error().kind != Error::Kind::Refused)
            return tl::unexpected(probed.error());
        if (!probed)
            facts.missing.append(QLatin1String(permission));
    }
    return facts;
}

Result<QList<ZoneRecord>> CloudflareDns::records(const Zone &zone, const QList<QByteArray> &names,
                                                 const Cancel &cancel)
{
    const QString path = zonePath(zone) + QLatin1String("/dns_records?");
    QJsonArray all;
    bool isWhole = false;
    if (names.size() > 1) { // one answer has all of nearly every zone
        const auto first =
                envelope(m_rest.get(path + QStringLiteral("per_page=%1").arg(RecordsAPage), cancel),
                         DnsEdit);
        if (!first)
            return tl::unexpected(first.error());
        const QJsonValue info = first->value(QLatin1String("result_info"));
        isWhole = info[QLatin1String("total_pages")].toInt(1) <= 1;
        all = first->value(QLatin1String("result")).toArray();
    }
    for (qsizetype i = 0; i < names.size() && !isWhole; ++i) {
        if (i == 0)
            all = QJsonArray();
        const auto there = allPages(m_rest, path + QLatin1String("name=") + urlSegment(names.at(i)),
                                    RecordsAPage, DnsEdit, cancel);
        if (!there)
            return tl::unexpected(there.error());
        for (const QJsonValue value : *there)
            all.append(value);
    }
    QList<ZoneRecord> found;
    for (const QJsonValue value : std::as_const(all)) {
        const auto record = recordFrom(value.toObject());
        if (record && names.contains(record->record.name))
            found.append(*record);
    }
    return found;
}

Result<void> CloudflareDns::apply(const Zone &zone, const QList<SetChange> &changes,
                                  const Cancel &cancel)
{
    const Result<Batch> batch = batchOf(changes);
    if (!batch)
        return tl::unexpected(batch.error());
    if (batch->isEmpty())
        return {};
    if (cancel.isCancelled())
        return failed(Error::Kind::Cancelled, QStringLiteral("stopped"));
    const auto reply = m_rest.send("POST", zonePath(zone) + QLatin1String("/dns_records/batch"),
                                   cancel, batch->json());
    const auto answer = envelope(reply, DnsEdit);
    if (answer)
        return {};
    if (reply && (hasCode(*reply, SameRecord) || hasCode(*reply, SameAddress)))
        return seeWhetherDone(zone, changes, answer.error());
    return tl::unexpected(answer.error());
}

/// "This record exists already" is no refusal when it is what was wanted: twice is once.
Result<void> CloudflareDns::seeWhetherDone(const Zone &zone, const QList<SetChange> &changes,
                                           const Error &error)
{
    QList<QByteArray> names;
    for (const SetChange &change : changes)
        names.append(change.name);
    const auto there = records(zone, names, Cancel());
    if (!there)
        return tl::unexpected(there.error());
    if (std::all_of(changes.begin(), changes.end(),
                    [&](const SetChange &change) { return stands(change, *there); }))
        return {};
    return failed(
            Error::Kind::Refused,
            QStringLiteral("the records have changed since they were read; nothing was written"),
            error.detail);
}

} // namespace

std::unique_ptr<Provider> cloudflare(const QUrl &api, Secret token)
{
    return std::make_unique<CloudflareDns>(api, std::move(token));
}

Result<QUrl> cloudflareAddress(const QString &text)
{
    const auto known = QUrl(QStringLiteral("https://api.cloudflare.com/client/v4"));
    if (text.trimmed().isEmpty())
        return known;
    const Result<QUrl> url = apiAddress(text);
    if (!url || *url == known)
        return url;
    const bool isHere = url->scheme() == QLatin1String("http"); // apiAddress() takes no other
    if (!isHere)
        return failed(Error::Kind::Refused,
                      QStringLiteral("the API of Cloudflare has one address; leave it out"));
    return url;
}

QUrl cloudflareTokenLink(bool withWorker)
{
    QJsonArray keys;
    const auto add = [&](const char *key, const char *type) {
        keys.append(QJsonObject{{QStringLiteral("key"), QLatin1String(key)},
                                {QStringLiteral("type"), QLatin1String(type)}});
    };
    add("zone", "read");
    add("dns", "edit");
    if (withWorker)
        add("workers_scripts", "edit");
    const auto value = [](const QByteArray &text) {
        return QString::fromLatin1(text.toPercentEncoding());
    };
    return QUrl(QStringLiteral("https://dash.cloudflare.com/profile/"
                               "api-tokens?permissionGroupKeys=%1&accountId=%2&zoneId=all&name=%3")
                        .arg(value(QJsonDocument(keys).toJson(QJsonDocument::Compact)), value("*"),
                             value("MTA-STS Assistant")),
                QUrl::StrictMode);
}
