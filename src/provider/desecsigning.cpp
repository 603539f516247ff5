// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/desecsigning.h"

#include "base/printable.h"
#include "provider/rest.h"

#include <QJsonArray>

namespace {

class DeSecSigning : public ZoneSigning
{
public:
    DeSecSigning(const QUrl &api, Secret token)
        : m_rest(api, {"Authorization", "Token ", std::move(token)})
    {
    }

    Result<ZoneSigningState> look(const Zone &zone, const Cancel &cancel) override
    {
        const auto reply = m_rest.get(
                QLatin1String("/domains/") + urlSegment(zone.handle) + QLatin1Char('/'), cancel);
        if (!reply)
            return tl::unexpected(reply.error());
        const QJsonObject domain = reply->object();
        if (!reply->isGood())
            return refusal(*reply,
                           printable(domain.value(QLatin1String("detail")).toString(), 200));
        ZoneSigningState state;
        for (const QJsonValue value : domain.value(QLatin1String("keys")).toArray()) {
            const auto key = dnskeyFromText(value[QLatin1String("dnskey")].toString().toLatin1());
            // A key of another signer may stand there too; it is not ours to hand to the parent.
            if (!key || !value[QLatin1String("managed")].toBool(true) ||
                value[QLatin1String("keytype")].toString() == QLatin1String("zsk"))
                continue;
            SigningKey one{*key, {}};
            for (const QJsonValue text : value[QLatin1String("ds")].toArray()) {
                if (const auto ds = dsFromText(text.toString().toLatin1()))
                    one.ds.append(*ds);
            }
            state.keys.append(one);
        }
        if (state.keys.isEmpty())
            return failed(Error::Kind::Malformed,
                          QStringLiteral("deSEC does not say which key signs this zone"));
        state.state = TokenFacts::Signing::On;
        return state;
    }

    Result<void> switchOn(const Zone &, const Cancel &) override { return {}; } // it always is

private:
    Rest m_rest;
};

} // namespace

std::unique_ptr<ZoneSigning> deSecSigning(const QUrl &api, Secret token)
{
    return std::make_unique<DeSecSigning>(api, std::move(token));
}
