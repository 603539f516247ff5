// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dane/rolloverjson.h"

#include "base/jsonobject.h"
#include "base/limits.h"
#include "mail/domainname.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace {

constexpr char Family[] = "mta-sts-rollover/";
constexpr char Schema[] = "mta-sts-rollover/1";

QJsonArray recordsJson(const QList<TlsaRecord> &records)
{
    QJsonArray json;
    for (const TlsaRecord &record : records)
        json.append(QString::fromLatin1(tlsaToText(record)));
    return json;
}

QJsonValue timeJson(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

tl::unexpected<Error> malformed(const char *member)
{
    return failed(Error::Kind::Malformed,
                  QLatin1String(QT_TRANSLATE_NOOP("Error", "the file is not about a rollover")),
                  QLatin1String(member));
}

/// Nothing where it is no list of records that senders can use.
std::optional<QList<TlsaRecord>> recordsFrom(const QJsonValue &json)
{
    const QJsonArray array = json.toArray();
    if (!json.isArray() || array.size() > Limits::TlsaRecords)
        return std::nullopt;
    QList<TlsaRecord> records;
    for (const auto &one : array) {
        const QByteArray text = one.toString().toUtf8();
        const std::optional<TlsaRecord> record = readTlsa(text).record;
        if (!record || !whyUnusable(*record).isEmpty() || records.contains(*record))
            return std::nullopt;
        records.append(*record);
    }
    return records;
}

/// Nothing where it is neither null nor a time that a clock can have shown.
std::optional<QDateTime> timeFrom(const QJsonValue &json)
{
    if (json.isNull())
        return QDateTime();
    const QDateTime time = QDateTime::fromString(json.toString(), Qt::ISODateWithMs).toUTC();
    const int year = time.date().year();
    return time.isValid() && year >= 1970 && year <= 9999 ? std::optional(time) : std::nullopt;
}

std::optional<int> numberFrom(const QJsonValue &json, int least, int most)
{
    const double number = json.toDouble(-1);
    const bool isWhole = number >= least && number <= most && std::floor(number) == number;
    return isWhole ? std::optional(int(number)) : std::nullopt;
}

/// RFC 7671 8.1 has an order; what cannot have happened in it did not happen.
void dropLoose(KeptRollover &kept)
{
    const auto follows = [](QDateTime &time, const QDateTime &before) {
        if (!before.isValid() || time < before)
            time = QDateTime();
    };
    follows(kept.published, kept.started);
    follows(kept.switched, cachesExpireAt(kept));
    follows(kept.removed, kept.switched);
}

} // namespace

QByteArray writeRollover(const KeptRollover &kept)
{
    const QJsonObject json{{QStringLiteral("schema"), QLatin1String(Schema)},
                           {QStringLiteral("host"), QString::fromLatin1(kept.host)},
                           {QStringLiteral("port"), kept.port},
                           {QStringLiteral("oldKey"), recordsJson(kept.oldKey)},
                           {QStringLiteral("nextKey"), recordsJson(kept.nextKey)},
                           {QStringLiteral("staying"), recordsJson(kept.staying)},
                           {QStringLiteral("ttl"), kept.ttl},
                           {QStringLiteral("started"), timeJson(kept.started)},
                           {QStringLiteral("published"), timeJson(kept.published)},
                           {QStringLiteral("switched"), timeJson(kept.switched)},
                           {QStringLiteral("removed"), timeJson(kept.removed)}};
    return QJsonDocument(json).toJson();
}

Result<KeptRollover> readRollover(const QByteArray &octets)
{
    const Result<QJsonObject> read = jsonObject(octets, RolloverLimits::File);
    if (!read)
        return tl::unexpected(read.error());
    const QJsonObject &json = *read;
    if (json[QLatin1String("schema")].toString() != QLatin1String(Schema))
        return malformed("schema");
    const auto host = DomainName::fromAscii(json[QLatin1String("host")].toString().toLatin1());
    if (!host)
        return malformed("host");
    KeptRollover kept;
    kept.host = host->ascii();
    const auto port = numberFrom(json[QLatin1String("port")], 1, 65535);
    const auto ttl = numberFrom(json[QLatin1String("ttl")], 0, RolloverLimits::Ttl);
    const auto oldKey = recordsFrom(json[QLatin1String("oldKey")]);
    const auto nextKey = recordsFrom(json[QLatin1String("nextKey")]);
    const auto staying = recordsFrom(json[QLatin1String("staying")]);
    if (!port || !ttl || !oldKey || !nextKey || !staying)
        return malformed(!port      ? "port"
                         : !ttl     ? "ttl"
                         : !oldKey  ? "oldKey"
                         : !nextKey ? "nextKey"
                                    : "staying");
    kept.port = quint16(*port);
    kept.ttl = *ttl;
    kept.oldKey = *oldKey;
    kept.nextKey = *nextKey;
    kept.staying = *staying;
    const std::pair<const char *, QDateTime *> times[] = {{"started", &kept.started},
                                                          {"published", &kept.published},
                                                          {"switched", &kept.switched},
                                                          {"removed", &kept.removed}};
    for (const auto &[member, place] : times) {
        const auto time = timeFrom(json[QLatin1String(member)]);
        if (!time)
            return malformed(member);
        *place = *time;
    }
    dropLoose(kept);
    return kept;
}

bool isRolloverOfNewer(const QByteArray &octets)
{
    const Result<QJsonObject> read = jsonObject(octets, RolloverLimits::File);
    const QString schema = read ? (*read)[QLatin1String("schema")].toString() : QString();
    return schema.startsWith(QLatin1String(Family)) && schema != QLatin1String(Schema);
}
