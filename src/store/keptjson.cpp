// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keptjson.h"

#include "base/jsonobject.h"
#include "base/printable.h"
#include "deploy/deployment.h"
#include "mail/stsrecord.h"
#include "store/heldpolicies.h"
#include "store/lastcheckjson.h"

#include <QJsonDocument>

namespace {

constexpr char SchemaName[] = "mta-sts-domain/";
constexpr int SchemaVersion = 1;

/// Text where the policy is text, so that the file can be read.
QJsonObject servedJson(const LastServed &served)
{
    QJsonObject json{{QStringLiteral("id"), QString::fromLatin1(served.id)},
                     {QStringLiteral("since"), timeJson(served.since)},
                     {QStringLiteral("at"), timeJson(served.at)},
                     {QStringLiteral("gone"), timeJson(served.gone)}};
    const QString text = QString::fromUtf8(served.body);
    if (text.toUtf8() == served.body)
        json[QStringLiteral("body")] = text;
    else
        json[QStringLiteral("bodyBase64")] = QString::fromLatin1(served.body.toBase64());
    return json;
}

std::optional<LastServed> servedFrom(const QJsonObject &json)
{
    LastServed served;
    served.id = json[QStringLiteral("id")].toString().toLatin1();
    served.body = json.contains(QStringLiteral("bodyBase64"))
                          ? QByteArray::fromBase64(
                                    json[QStringLiteral("bodyBase64")].toString().toLatin1())
                          : json[QStringLiteral("body")].toString().toUtf8();
    served.since = timeFrom(json[QStringLiteral("since")]);
    served.at = timeFrom(json[QStringLiteral("at")]);
    served.gone = timeFrom(json[QStringLiteral("gone")]);
    const bool isWhole = !served.id.isEmpty() && served.id.size() <= Limits::ShownText &&
                         served.body.size() <= Limits::PolicyBody && served.at.isValid() &&
                         served.since.isValid();
    return isWhole ? std::optional(served) : std::nullopt;
}

qint64 maxAgeFrom(const QJsonValue &json)
{
    const double seconds = json.toDouble();
    return seconds >= 0 && seconds <= double(Limits::MaxAge) ? qint64(seconds) : 0;
}

QJsonArray heldJson(const QList<CachedPolicy> &held)
{
    QJsonArray json;
    for (const CachedPolicy &one : held)
        json.append(
                QJsonObject{{QStringLiteral("body"), QString::fromLatin1(writePolicy(one.policy))},
                            {QStringLiteral("until"), timeJson(one.until)}});
    return json;
}

QList<CachedPolicy> heldFrom(const QJsonArray &json)
{
    QList<CachedPolicy> held;
    for (qsizetype i = 0; i < std::min(json.size(), HeldLimits::Policies); ++i) {
        const QJsonObject one = json.at(i).toObject();
        const QByteArray body = one[QStringLiteral("body")].toString().toUtf8();
        const QDateTime until = timeFrom(one[QStringLiteral("until")]);
        const std::optional<Policy> policy = readPolicy(body.left(HeldLimits::Octets)).policy;
        if (policy && until.isValid())
            hold(held, *policy, until.addSecs(-policy->maxAge));
    }
    return held;
}

/// A file from before they were listed: those that it names for other reasons.
QList<CachedPolicy> heldBefore(const KeptDomain &kept)
{
    QList<CachedPolicy> held;
    for (const std::optional<LastServed> *one : {&kept.served, &kept.sameId}) {
        const auto policy = *one ? readPolicy((*one)->body).policy : std::nullopt;
        if (policy)
            hold(held, *policy, (*one)->gone.isValid() ? (*one)->gone : (*one)->at);
    }
    return held;
}

QJsonObject deliveryJson(const HandOver &delivery)
{
    return {{QStringLiteral("id"), QString::fromLatin1(delivery.id)},
            {QStringLiteral("digest"), QString::fromLatin1(delivery.digest)},
            {QStringLiteral("done"), namesJson(delivery.done)}};
}

/// Without an id that can stand in a record nothing was handed over.
HandOver deliveryFrom(const QJsonObject &json)
{
    HandOver delivery;
    delivery.id = json[QStringLiteral("id")].toString().toLatin1();
    // Through the reader of records, so that there is one place that knows what an id is.
    if (delivery.id.isEmpty() || readStsRecords({writeStsRecord(delivery.id)}).id != delivery.id)
        return {};
    delivery.digest = json[QStringLiteral("digest")].toString().left(128).toLatin1();
    delivery.done = namesFrom(json[QStringLiteral("done")]);
    return delivery;
}

// What is to be removed is not kept: by the next time a key may need it.
QJsonArray tlsaJson(const QList<DnsRecord> &records)
{
    QJsonArray array;
    for (const DnsRecord &record : records)
        array.append(QJsonObject{{QStringLiteral("name"), QString::fromLatin1(record.name)},
                                 {QStringLiteral("data"), QString::fromLatin1(record.data)}});
    return array;
}

/// Half a record is none.
QList<DnsRecord> tlsaFrom(const QJsonValue &json)
{
    QList<DnsRecord> records;
    const QJsonArray array = json.toArray();
    for (const QJsonValue &one : array) {
        const QByteArray name = one[QStringLiteral("name")].toString().toLatin1();
        const TlsaReading read = readTlsa(one[QStringLiteral("data")].toString().toLatin1());
        if (read.record && isLegalName(name) && records.size() < KeptLimits::Names)
            records.append(
                    {normalName(name), RecordType::TLSA, RecordTtl, tlsaToText(*read.record)});
    }
    return records;
}

QJsonObject draftJson(const Choices &choices, const QByteArray &step)
{
    QList<QByteArray> mx;
    for (const MxPattern &pattern : choices.mx)
        mx.append(pattern.text());
    return {{QStringLiteral("mode"), QString::fromLatin1(modeName(choices.mode))},
            {QStringLiteral("mx"), namesJson(mx)},
            {QStringLiteral("maxAge"), choices.maxAge},
            {QStringLiteral("reportTo"), namesJson(choices.reportTo)},
            {QStringLiteral("hosting"), QString::fromLatin1(hostingName(choices.hosting))},
            {QStringLiteral("delivery"), deliveryJson(choices.delivery)},
            {QStringLiteral("tlsa"), tlsaJson(choices.tlsa)},
            {QStringLiteral("step"), QString::fromLatin1(step)}};
}

/// Nothing without a mode: a policy must never be guessed (STS-28).
std::optional<Choices> draftFrom(const QJsonObject &json, const DomainName &domain)
{
    const auto mode = modeFromName(json[QStringLiteral("mode")].toString().toLatin1());
    if (!mode)
        return std::nullopt;
    Choices choices;
    choices.domain = domain;
    choices.mode = *mode;
    choices.maxAge = maxAgeFrom(json[QStringLiteral("maxAge")]);
    if (choices.maxAge == 0)
        choices.maxAge = defaultMaxAge(*mode);
    for (const QByteArray &text : namesFrom(json[QStringLiteral("mx")])) {
        if (const auto pattern = MxPattern::parse(text))
            choices.mx.append(*pattern);
    }
    choices.reportTo = namesFrom(json[QStringLiteral("reportTo")]);
    choices.hosting = hostingFromName(json[QStringLiteral("hosting")].toString().toLatin1())
                              .value_or(Hosting::Undecided);
    choices.delivery = deliveryFrom(json[QStringLiteral("delivery")].toObject());
    choices.tlsa = tlsaFrom(json[QStringLiteral("tlsa")]);
    return choices;
}

/// What is in `all` beside the members of `known`.
QJsonObject beside(QJsonObject all, const QJsonObject &known)
{
    for (auto it = known.begin(); it != known.end(); ++it)
        all.remove(it.key());
    return all;
}

QJsonObject joined(QJsonObject all, const QJsonObject &known)
{
    for (auto it = known.begin(); it != known.end(); ++it)
        all[it.key()] = it.value();
    return all;
}

/// Every member this program knows, null where there is nothing.
QJsonObject known(const KeptDomain &kept)
{
    const auto served = [](const std::optional<LastServed> &one) {
        return one ? QJsonValue(servedJson(*one)) : QJsonValue();
    };
    return {{QStringLiteral("schema"), QLatin1String(SchemaName) + QString::number(SchemaVersion)},
            {QStringLiteral("domain"), QString::fromLatin1(kept.domain.ascii())},
            {QStringLiteral("setUp"), kept.isSetUp},
            {QStringLiteral("draft"),
             kept.draft ? QJsonValue(draftJson(*kept.draft, kept.draftStep)) : QJsonValue()},
            {QStringLiteral("lastCheck"),
             kept.lastCheck ? QJsonValue(lastCheckJson(*kept.lastCheck)) : QJsonValue()},
            {QStringLiteral("served"), served(kept.served)},
            {QStringLiteral("sameId"), served(kept.sameId)},
            {QStringLiteral("testingSince"), timeJson(kept.testingSince)},
            {QStringLiteral("wasOn"), kept.wasOn},
            {QStringLiteral("largestMaxAge"), kept.largestMaxAge},
            {QStringLiteral("cachedUntil"), timeJson(kept.cachedUntil)},
            {QStringLiteral("enforcedUntil"), timeJson(kept.enforcedUntil)},
            {QStringLiteral("held"), heldJson(kept.held)}};
}

/// 0 when it is no document of ours.
int versionOf(const QJsonObject &json)
{
    const QString schema = json[QStringLiteral("schema")].toString();
    return schema.startsWith(QLatin1String(SchemaName))
                   ? schema.mid(int(sizeof SchemaName) - 1).toInt()
                   : 0;
}

} // namespace

QByteArray writeKept(const KeptDomain &kept)
{
    QJsonObject json = joined(kept.others, known(kept));
    const QString draft = QStringLiteral("draft");
    if (kept.draft)
        json[draft] = joined(kept.others[draft].toObject(), json[draft].toObject());
    return QJsonDocument(json).toJson();
}

Result<KeptDomain> readKept(const QByteArray &octets)
{
    const Result<QJsonObject> read = jsonObject(octets, KeptLimits::File);
    if (!read)
        return tl::unexpected(read.error());
    const QJsonObject &json = *read;
    const int version = versionOf(json);
    const auto domain = DomainName::fromAscii(json[QStringLiteral("domain")].toString().toLatin1());
    if (version < 1 || !domain)
        return failed(Error::Kind::Malformed,
                      QLatin1String(QT_TRANSLATE_NOOP("Error", "the file is not about a domain")));
    KeptDomain kept;
    kept.domain = *domain;
    kept.isFromNewer = version > SchemaVersion;
    kept.isSetUp = json[QStringLiteral("setUp")].toBool();
    const QJsonObject draft = json[QStringLiteral("draft")].toObject();
    kept.draft = draftFrom(draft, *domain);
    if (kept.draft)
        kept.draftStep = draft[QStringLiteral("step")].toString().left(40).toLatin1();
    kept.lastCheck = lastCheckFrom(json[QStringLiteral("lastCheck")].toObject());
    kept.served = servedFrom(json[QStringLiteral("served")].toObject());
    kept.sameId = servedFrom(json[QStringLiteral("sameId")].toObject());
    kept.testingSince = timeFrom(json[QStringLiteral("testingSince")]);
    kept.largestMaxAge = maxAgeFrom(json[QStringLiteral("largestMaxAge")]);
    kept.cachedUntil = timeFrom(json[QStringLiteral("cachedUntil")]);
    kept.enforcedUntil = timeFrom(json[QStringLiteral("enforcedUntil")]);
    kept.wasOn = json[QStringLiteral("wasOn")].toBool() || kept.cachedUntil.isValid();
    const QJsonValue held = json[QStringLiteral("held")];
    kept.held = held.isArray() ? heldFrom(held.toArray()) : heldBefore(kept);
    kept.others = beside(json, known(kept));
    const QJsonObject draftOthers = beside(draft, draftJson({}, {}));
    if (kept.draft && !draftOthers.isEmpty())
        kept.others[QStringLiteral("draft")] = draftOthers;
    return kept;
}
