// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/powerdnssigning.h"

#include "base/printable.h"
#include "provider/powerdns.h"

#include <QJsonArray>

namespace {

using Signing = TokenFacts::Signing;

tl::unexpected<Error> notPowerDns()
{
    return failed(Error::Kind::Malformed,
                  QStringLiteral("this address does not answer like a PowerDNS server"));
}

/// The keys that the parent vouches for, those that sign now. Nothing when one cannot be read.
std::optional<QList<SigningKey>> keysOf(const QJsonArray &array)
{
    QList<SigningKey> keys;
    for (const QJsonValue value : array) {
        const QString type = value[QLatin1String("keytype")].toString();
        const bool isInUse = value[QLatin1String("active")].toBool() &&
                             value[QLatin1String("published")].toBool(true); // told since 4.3
        if (type == QLatin1String("zsk") || !isInUse)
            continue;
        const auto key = dnskeyFromText(value[QLatin1String("dnskey")].toString().toLatin1());
        if (!key)
            return std::nullopt;
        SigningKey one{*key, {}};
        for (const QJsonValue text : value[QLatin1String("ds")].toArray()) {
            if (const auto ds = dsFromText(text.toString().toLatin1()))
                one.ds.append(*ds);
        }
        keys.append(one);
    }
    return keys;
}

class PowerDnsSigning : public ZoneSigning
{
public:
    PowerDnsSigning(const QUrl &api, Secret key)
        : m_rest(api, {"X-API-Key", {}, std::move(key)})
    {
    }

    Result<ZoneSigningState> look(const Zone &zone, const Cancel &cancel) override
    {
        const QString path = PowerDns::zonePath(zone);
        const auto replies = m_rest.sendAll({{"GET", path + QLatin1String("?rrsets=false"), {}},
                                             {"GET", path + QLatin1String("/cryptokeys"), {}}},
                                            cancel);
        for (const auto &reply : replies) {
            if (!reply)
                return tl::unexpected(reply.error());
            if (!reply->isGood())
                return PowerDns::saysNo(*reply);
        }
        const QJsonValue isSigned = replies.first()->object().value(QLatin1String("dnssec"));
        const QJsonDocument keys = QJsonDocument::fromJson(replies.last()->body);
        if (!isSigned.isBool() || !keys.isArray())
            return notPowerDns();
        ZoneSigningState state;
        if (!isSigned.toBool()) {
            state.state = Signing::Off;
            return state;
        }
        const auto read = keysOf(keys.array());
        if (!read)
            return notPowerDns();
        state.keys = *read;
        state.state = read->isEmpty() ? Signing::Unknown : Signing::On;
        return state;
    }

    Result<void> switchOn(const Zone &zone, const Cancel &cancel) override
    {
        const QString path = PowerDns::zonePath(zone);
        const auto reply = m_rest.send("PUT", path, cancel, R"({"dnssec":true})");
        if (!reply)
            return tl::unexpected(reply.error());
        if (!reply->isGood())
            return PowerDns::saysNo(*reply);
        // Denials need the order of names (its "rectify"); what this says decides nothing, as a server that
        // does it by itself refuses.
        (void)m_rest.send("PUT", path + QLatin1String("/rectify"), cancel);
        (void)m_rest.send("PUT", path + QLatin1String("/notify"), cancel); // for the secondaries
        return {};
    }

private:
    Rest m_rest;
};

} // namespace

std::unique_ptr<ZoneSigning> powerDnsSigning(const QUrl &api, Secret key)
{
    return std::make_unique<PowerDnsSigning>(api, std::move(key));
}
