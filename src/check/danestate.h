// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DANE of the domain's mail servers, from what the survey holds: where it applies, and what a sender
// that checks it would do at each address.

#include "check/judges.h"
#include "net/dane.h"
#include "net/danediscovery.h"

/// A look-up that somebody stopped was not made; it is no failure that senders would meet.
[[nodiscard]] std::optional<DnsAnswer> madeLookup(const Survey &survey,
                                                  const std::optional<DnsAnswer> &answer);
[[nodiscard]] DaneDiscovery daneDiscovery(const Survey &survey);
/// The MX set was found bogus or a loop of aliases: DANE senders stop here, whoever the hosts are.
[[nodiscard]] bool isMxSetBroken(const Survey &survey);
/// The TLSA set that counts for a host: at its base domain.
[[nodiscard]] QList<TlsaRecord> daneRecords(const MailHost &host, const DaneHostPlan &plan);
/// What the server shows to senders that check DANE: to the base domain as SNI (RFC 7672 8.1).
[[nodiscard]] const SmtpFacts &daneFacts(const MailHost &host, const DaneHostPlan &plan,
                                         const AddressLook &look);
/// Unknown where the server was not seen far enough.
[[nodiscard]] DaneVerdict daneVerdict(const Survey &survey, const MailHost &host,
                                      const DaneHostPlan &plan, const AddressLook &look);
/// The same where the server has a second certificate for another kind of key: the worse of the two, as
/// nobody knows which one a sender is shown (DANE-38).
[[nodiscard]] DaneResult daneResult(const Survey &survey, const MailHost &host,
                                    const DaneHostPlan &plan, const AddressLook &look);
[[nodiscard]] Report::Dane daneState(const Context &context);
/// "authenticated", "fail", "encrypt-unauthenticated", "absent", "insecure" or "unknown".
[[nodiscard]] QByteArray daneWordOf(const Survey &survey, const MailHost &host,
                                    const AddressLook &look);
