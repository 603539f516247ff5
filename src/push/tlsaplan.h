// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A plan for TLSA records alone, whose mail servers are in one zone. Blocking.

#include "mail/tlsarecord.h"
#include "push/service.h"

/// Asks the service for the zone of the first owner and what stands there, and compares. An owner of another
/// zone is a blocker. `domain`: under which it is written down. Malformed: there is no record at all.
[[nodiscard]] Result<Plan> tlsaPlanAt(Service &service, const DomainName &domain,
                                      const QList<DnsRecord> &wanted, const QList<DnsRecord> &gone,
                                      const Cancel &cancel);
/// The TLSA records that stand at the service at this owner; what is no such record is left out.
[[nodiscard]] Result<QList<TlsaRecord>> tlsaAt(Service &service, const QByteArray &owner,
                                               const Cancel &cancel);
