// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The doors of a push with TLSA records to the world: what mail servers show, and whether DNSSEC proves what
// senders need. Blocking; each call looks anew, with no answer remembered from before.

#include "dane/liveserverkeys.h"
#include "push/push.h"
#include "push/tlsaguard.h"
#include "survey/network.h"

/// A look at `host` for the records of this port. Nothing is asked at the owner itself: that it has no records
/// yet would be remembered on the way, and be in the way of the proof. `zone`: that will be written to.
[[nodiscard]] TlsaSight lookForTlsa(const QByteArray &host, quint16 port, const QByteArray &zone,
                                    const NetworkOptions &options, const Cancel &cancel);
/// The guard's view of keys that were seen already.
[[nodiscard]] TlsaSight tlsaSight(const QByteArray &host, quint16 port, const LiveServerKeys &seen);
/// Fills in what DNSSEC proves of zone and address.
void proveZone(TlsaSight &sight, const QByteArray &zone, Resolver &validating,
               const Cancel &cancel);
/// Every server whose TLSA set the plan leaves behind.
[[nodiscard]] QList<TlsaSight> lookForTlsa(const Plan &plan, const NetworkOptions &options,
                                           const Cancel &cancel);

/// Makes PushDoors::lastLook and provenToSenders. `told`: what was said yes to in spite of.
void openTlsaDoors(PushDoors &doors, const NetworkOptions &options, const QList<Finding> &told);
