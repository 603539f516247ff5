// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "publishdoors.h"

#include "account/keychain.h"
#include "push/proof.h"

#include <QCoreApplication>
#include <QDesktopServices>

PublishDoors realPublishDoors(const NetworkOptions &options)
{
    constexpr quint16 DnsPort = 53;
    PublishDoors doors;
    doors.open = [](const Account &account, Secret secret) -> Result<Service> {
        const ProviderInfo *info = providerInfo(account.provider);
        if (!info)
            return failed(Error::Kind::NotFound,
                          QLatin1String(QT_TRANSLATE_NOOP("Error", "no such service")));
        return openService(*info, account.address, std::move(secret));
    };
    doors.servedPolicy = [options](const DomainName &domain, const Cancel &cancel) {
        return servedPolicy(domain, options, DnsPort, cancel);
    };
    doors.nameServers = [options](const QByteArray &zone, const Cancel &cancel) {
        return nameServersOf(zone, options, DnsPort, cancel);
    };
    doors.openTokenPage = [](const QUrl &page) { QDesktopServices::openUrl(page); };
    doors.keys = {Keychain::read, Keychain::keep, Keychain::forget};
    return doors;
}
