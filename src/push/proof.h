// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The doors of a push to the world outside the service: what senders get, and who serves the zone.
// Blocking; each call looks anew, with no answer remembered from before.

#include "mail/domainname.h"
#include "provider/nameserverlook.h"
#include "survey/network.h"

/// The policy file as a sender gets it now: every address, certificate and all. Refused: senders do not
/// get it; Network: that cannot be told from here. Both say why in `what`. Where a resolver knows no
/// address of the host, the servers of the zone, on `port`, are asked themselves: it may be a new one.
[[nodiscard]] Result<QByteArray> servedPolicy(const DomainName &domain,
                                              const NetworkOptions &options, quint16 port,
                                              const Cancel &cancel);

/// Every address of every name server of the zone, each with the server's name. Private addresses are
/// left out unless they are allowed (TLS-31). NotFound when none is left, Network when the DNS fails.
[[nodiscard]] Result<QList<NamedServer>> nameServersOf(const QByteArray &zone,
                                                       const NetworkOptions &options, quint16 port,
                                                       const Cancel &cancel);
