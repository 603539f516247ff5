// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/catalogue.h"

#include "base/printable.h"
#include "provider/cloudflare.h"
#include "provider/cloudflareapi.h"
#include "provider/cloudflarehost.h"
#include "provider/cloudflaresigning.h"
#include "provider/desec.h"
#include "provider/desecsigning.h"
#include "provider/hetzner.h"
#include "provider/powerdns.h"
#include "provider/powerdnssigning.h"
#include "provider/rfc2136.h"

namespace {

using Made = Result<std::unique_ptr<Provider>>;
using Hosted = Result<std::unique_ptr<PolicyHost>>;
using Signer = Result<std::unique_ptr<ZoneSigning>>;

Made makePowerDns(const QString &address, Secret secret)
{
    const Result<QUrl> url = apiAddress(address);
    if (!url)
        return tl::unexpected(url.error());
    return powerDns(*url, std::move(secret));
}

Made makeRfc2136(const QString &address, Secret secret)
{
    constexpr quint16 DnsPort = 53;
    const auto server = serverAddress(address, DnsPort);
    if (!server)
        return failed(Error::Kind::Malformed,
                      QStringLiteral("%1 is not the address of a name server, like 192.0.2.53 or "
                                     "192.0.2.53@5353")
                              .arg(printable(address, 80)));
    Result<TsigKey> key = tsigKey(std::move(secret));
    if (!key)
        return tl::unexpected(key.error());
    return rfc2136(*server, std::move(*key));
}

/// Where Cloudflare is and with what, for both of its faces.
template <class Face>
Result<std::unique_ptr<Face>> makeCloudflare(const QString &address, Secret secret,
                                             std::unique_ptr<Face> (*make)(const QUrl &, Secret))
{
    const Result<QUrl> url = cloudflareAddress(address);
    if (!url)
        return tl::unexpected(url.error());
    Result<Secret> token = Cloudflare::token(std::move(secret));
    if (!token)
        return tl::unexpected(token.error());
    return make(*url, std::move(*token));
}

Made makeCloudflareDns(const QString &address, Secret secret)
{
    return makeCloudflare<Provider>(address, std::move(secret), cloudflare);
}

Hosted makeCloudflareHost(const QString &address, Secret secret)
{
    return makeCloudflare<PolicyHost>(address, std::move(secret), cloudflareHost);
}

/// A service with one address for all: another is given in tests only.
Result<QUrl> knownAddress(const char *known, const QString &address)
{
    return apiAddress(address.isEmpty() ? QLatin1String(known) : address);
}

Made makeDeSec(const QString &address, Secret secret)
{
    const Result<QUrl> url = knownAddress(DeSecAddress, address);
    if (!url)
        return tl::unexpected(url.error());
    return deSec(*url, std::move(secret));
}

Made makeHetzner(const QString &address, Secret secret)
{
    const Result<QUrl> url = knownAddress(HetznerAddress, address);
    if (!url)
        return tl::unexpected(url.error());
    return hetzner(*url, std::move(secret));
}

Signer makePowerDnsSigning(const QString &address, Secret secret)
{
    const Result<QUrl> url = apiAddress(address);
    if (!url)
        return tl::unexpected(url.error());
    return powerDnsSigning(*url, std::move(secret));
}

Signer makeCloudflareSigning(const QString &address, Secret secret)
{
    return makeCloudflare<ZoneSigning>(address, std::move(secret), cloudflareSigning);
}

Signer makeDeSecSigning(const QString &address, Secret secret)
{
    const Result<QUrl> url = knownAddress(DeSecAddress, address);
    if (!url)
        return tl::unexpected(url.error());
    return deSecSigning(*url, std::move(secret));
}

struct Row
{
    ProviderInfo info;
    Made (*make)(const QString &, Secret);
    Hosted (*makeHost)(const QString &, Secret) = nullptr;    // null: hosts nothing
    Signer (*makeSigning)(const QString &, Secret) = nullptr; // null: signs nothing for us
};

const Row Table[] = {
        {{"cloudflare",
          "Cloudflare",
          "",
          "API token",
          true,
          cloudflareTokenLink,
          {"letsencrypt.org", "pki.goog", "ssl.com"}},
         makeCloudflareDns,
         makeCloudflareHost,
         makeCloudflareSigning},
        {{"powerdns", "PowerDNS", "http://127.0.0.1:8081", "API key"},
         makePowerDns,
         nullptr,
         makePowerDnsSigning},
        {{"rfc2136", "RFC 2136 (BIND, Knot)", "192.0.2.53", "TSIG key"}, makeRfc2136},
        {{"desec", "deSEC", "", "token"}, makeDeSec, nullptr, makeDeSecSigning},
        {{"hetzner", "Hetzner DNS", "", "API token"}, makeHetzner},
};

tl::unexpected<Error> noSecret(const ProviderInfo &info)
{
    return failed(Error::Kind::Malformed,
                  QStringLiteral("no %1 was given").arg(QLatin1String(info.secretName)));
}

} // namespace

const QList<ProviderInfo> &providers()
{
    static const QList<ProviderInfo> all = [] {
        QList<ProviderInfo> list;
        for (const Row &row : Table)
            list.append(row.info);
        return list;
    }();
    return all;
}

const ProviderInfo *providerInfo(const QByteArray &id)
{
    for (const ProviderInfo &info : providers()) {
        if (id == info.id)
            return &info;
    }
    return nullptr;
}

Made makeProvider(const ProviderInfo &info, const QString &address, Secret secret)
{
    if (secret.isEmpty())
        return noSecret(info);
    for (const Row &row : Table) {
        if (QByteArray(row.info.id) == info.id)
            return row.make(address, std::move(secret));
    }
    return failed(Error::Kind::Unexpected, QStringLiteral("no such service"));
}

Hosted makePolicyHost(const ProviderInfo &info, const QString &address, Secret secret)
{
    for (const Row &row : Table) {
        if (QByteArray(row.info.id) != info.id || !row.makeHost)
            continue;
        if (secret.isEmpty())
            return noSecret(info);
        return row.makeHost(address, std::move(secret));
    }
    return nullptr;
}

Signer makeZoneSigning(const ProviderInfo &info, const QString &address, Secret secret)
{
    for (const Row &row : Table) {
        if (QByteArray(row.info.id) != info.id || !row.makeSigning)
            continue;
        if (secret.isEmpty())
            return noSecret(info);
        return row.makeSigning(address, std::move(secret));
    }
    return nullptr;
}
