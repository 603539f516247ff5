// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/cloudflaresigning.h"

#include "provider/cloudflareapi.h"
#include "provider/cloudflarezone.h"

namespace {

using namespace Cloudflare;
using Signing = TokenFacts::Signing;

QByteArray textAt(const QJsonValue &value, const char *key)
{
    return value[QLatin1String(key)].toString().toLatin1();
}

/// The one key that signs, and its DS; all of it is null while signing is off.
std::optional<SigningKey> keyOf(const QJsonValue &result)
{
    const int flags = result[QLatin1String("flags")].toInt();
    const QByteArray words = QByteArray::number(flags) + " 3 " + textAt(result, "algorithm") + ' ' +
                             textAt(result, "public_key");
    const auto key = dnskeyFromText(words);
    const auto ds = dsFromText(textAt(result, "ds"));
    if (!key || !ds)
        return std::nullopt;
    return SigningKey{*key, {*ds}};
}

class CloudflareSigning : public ZoneSigning
{
public:
    CloudflareSigning(const QUrl &api, Secret token)
        : m_rest(api, {"Authorization", "Bearer ", std::move(token)})
    {
    }

    Result<ZoneSigningState> look(const Zone &zone, const Cancel &cancel) override
    {
        const auto answer = envelope(m_rest.get(path(zone), cancel), DnsEdit);
        if (!answer)
            return tl::unexpected(answer.error());
        const QJsonValue result = answer->value(QLatin1String("result"));
        ZoneSigningState state;
        state.state = signingOf(textAt(result, "status"));
        if (state.state != Signing::On && state.state != Signing::Pending)
            return state;
        if (const auto key = keyOf(result)) // each of its parts may be null
            state.keys = {*key};
        return state;
    }

    Result<void> switchOn(const Zone &zone, const Cancel &cancel) override
    {
        const auto answer = envelope(
                m_rest.send("PATCH", path(zone), cancel, R"({"status":"active"})"), DnsEdit);
        if (!answer)
            return tl::unexpected(answer.error());
        return {};
    }

private:
    static QString path(const Zone &zone) { return zonePath(zone) + QLatin1String("/dnssec"); }

    Rest m_rest;
};

} // namespace

std::unique_ptr<ZoneSigning> cloudflareSigning(const QUrl &api, Secret token)
{
    return std::make_unique<CloudflareSigning>(api, std::move(token));
}
