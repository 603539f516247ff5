// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The DNS services that can be written to: one explicit table. A new one touches its own file, this table
// and its test.

#include "base/secret.h"
#include "provider/policyhost.h"
#include "provider/zonesigning.h"

#include <QUrl>

#include <memory>

struct ProviderInfo
{
    const char *id;             // as in --provider
    const char *title;          // a name of its own, not translated
    const char *addressExample; // of the service, as in --provider-url; empty: its address is known
    const char *secretName;     // what the service calls the secret
    bool isPolicyHost = false;  // it can serve the policy file too
    /// The page where a fitting secret is made, with a policy host or without; null: there is none.
    QUrl (*secretLink)(bool withHost) = nullptr;
    /// Who may issue the certificates of its policy host, as in CAA records; the first is the one to name.
    QList<QByteArray> issuers = {};
};

[[nodiscard]] const QList<ProviderInfo> &providers();
[[nodiscard]] const ProviderInfo *providerInfo(const QByteArray &id);

/// Connects to nothing yet. Malformed, Refused: the address or the secret is none of this service.
[[nodiscard]] Result<std::unique_ptr<Provider>> makeProvider(const ProviderInfo &info,
                                                             const QString &address, Secret secret);
/// The same for the signing of zones; null where this program cannot do it there.
[[nodiscard]] Result<std::unique_ptr<ZoneSigning>>
makeZoneSigning(const ProviderInfo &info, const QString &address, Secret secret);
/// The same for the policy host of the service; null when it hosts nothing.
[[nodiscard]] Result<std::unique_ptr<PolicyHost>>
makePolicyHost(const ProviderInfo &info, const QString &address, Secret secret);
