// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "publishdoors.h"

#include "account/keychain.h"
#include "push/proof.h"

#include <QCoreApplication>
#include <QDesktopServices>

void openDaneDoors(PublishDoors &doors, const NetworkOptions &options, quint16 dnsPort)
{
    doors.tlsaSights = [options](const Plan &plan, const Cancel &cancel) {
        return lookForTlsa(plan, options, cancel);
    };
    doors.openTlsa = [options](PushDoors &push, const QList<Finding> &told) {
        openTlsaDoors(push, options, told);
    };
    doors.delegation = [options, dnsPort](const QByteArray &zone, const Cancel &cancel) {
        return lookAtDelegation(zone, options, dnsPort, cancel);
    };
    doors.zoneAbove = [options](const QByteArray &name, const Cancel &cancel) {
        return zoneAbove(name, options, cancel);
    };
}

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
    openDaneDoors(doors, options, DnsPort);
    doors.keys = {Keychain::read, Keychain::keep, Keychain::forget};
    return doors;
}
