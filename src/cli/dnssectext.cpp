// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/dnssectext.h"

#include "base/printable.h"
#include "cli/output.h"
#include "cli/textreport.h"

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Dnssec", source);
}

QByteArray signingName(TokenFacts::Signing state)
{
    switch (state) {
    case TokenFacts::Signing::Off:
        return "off";
    case TokenFacts::Signing::Pending:
        return "pending";
    case TokenFacts::Signing::On:
        return "on";
    case TokenFacts::Signing::Unknown:
        break;
    }
    return "unknown";
}

QJsonObject dsJson(const DsRecord &ds)
{
    return {{QStringLiteral("text"), QString::fromLatin1(dsToText(ds))},
            {QStringLiteral("keyTag"), ds.keyTag},
            {QStringLiteral("algorithm"), ds.algorithm},
            {QStringLiteral("digestType"), ds.digestType},
            {QStringLiteral("digest"), QString::fromLatin1(ds.digest.toHex().toUpper())}};
}

QJsonObject keyJson(const DnskeyRecord &key)
{
    return {{QStringLiteral("text"), QString::fromLatin1(dnskeyToText(key))},
            {QStringLiteral("keyTag"), keyTag(key)},
            {QStringLiteral("flags"), key.flags},
            {QStringLiteral("algorithm"), key.algorithm},
            {QStringLiteral("publicKey"), QString::fromLatin1(key.publicKey.toBase64())}};
}

} // namespace

QString dnssecText(const DnssecSeen &seen)
{
    QString out = text(QT_TRANSLATE_NOOP("Dnssec", "Zone %1, below %2\n"))
                          .arg(printable(seen.sight.zone), printable(seen.sight.parent));
    if (seen.wasSwitchedOn)
        out += text(QT_TRANSLATE_NOOP("Dnssec", "DNSSEC was switched on at the service.\n"));
    out += findingsText(seen.findings) +
           (seen.wish.ds.isEmpty() ? QString() : QLatin1Char('\n') + wishText(seen.wish));
    if (!seen.steps.isEmpty())
        out += QLatin1Char('\n') + seen.steps.join(QLatin1Char('\n')) + QLatin1Char('\n');
    return out;
}

QJsonObject dnssecJson(const DnssecSeen &seen)
{
    QJsonArray ds, keys;
    for (const DsRecord &one : seen.wish.ds)
        ds.append(dsJson(one));
    for (const DnskeyRecord &one : seen.wish.keys)
        keys.append(keyJson(one));
    QJsonValue service;
    if (seen.service)
        service = QJsonObject{
                {QStringLiteral("provider"), QLatin1String(seen.info->id)},
                {QStringLiteral("state"), QString::fromLatin1(signingName(seen.service->state))}};
    return {{QStringLiteral("schema"), QStringLiteral("mta-sts-dnssec/1")},
            {QStringLiteral("zone"), printable(seen.sight.zone)},
            {QStringLiteral("parent"), printable(seen.sight.parent)},
            {QStringLiteral("state"),
             QString::fromLatin1(delegationName(delegationState(seen.sight)))},
            {QStringLiteral("service"), service},
            {QStringLiteral("switchedOn"), seen.wasSwitchedOn},
            {QStringLiteral("ds"), ds},
            {QStringLiteral("dnskey"), keys},
            {QStringLiteral("steps"), QJsonArray::fromStringList(seen.steps)},
            {QStringLiteral("findings"), findingsJson(seen.findings)}};
}
