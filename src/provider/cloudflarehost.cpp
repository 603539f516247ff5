// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/cloudflarehost.h"

#include "provider/cloudflarehostedname.h"

namespace {

using namespace Cloudflare;

class CloudflareHost : public PolicyHost
{
public:
    CloudflareHost(const QUrl &api, Secret token)
        : m_rest(api, {"Authorization", "Bearer ", std::move(token)})
    {
    }
    Result<HostState> look(const Zone &zone, const QByteArray &host, const QByteArray &text,
                           const Cancel &cancel) override
    {
        return HostedName(m_rest, zone, host).look(text, cancel);
    }
    Result<void> publish(const Zone &zone, const QByteArray &host, const QByteArray &text,
                         const HostState &shown, const Cancel &cancel) override
    {
        return HostedName(m_rest, zone, host).publish(text, shown, cancel);
    }
    Result<void> withdraw(const Zone &zone, const QByteArray &host, const HostState &before,
                          const Cancel &cancel) override
    {
        return HostedName(m_rest, zone, host).withdraw(before, cancel);
    }

private:
    Rest m_rest;
};

} // namespace

std::unique_ptr<PolicyHost> cloudflareHost(const QUrl &api, Secret token)
{
    return std::make_unique<CloudflareHost>(api, std::move(token));
}
