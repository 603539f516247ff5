// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DANE at each mail server of a domain: who runs it, which keys it shows, which TLSA records stand and
// which are needed (DANE-28, 29, 41). Pure.

#include "dane/liveserverkeys.h"
#include "dane/providerword.h"
#include "dane/tlsamaking.h"
#include "survey/survey.h"

struct ServerDane
{
    enum class Runner {
        Own,       // the name is within the mail domain
        Provider,  // a known company
        Elsewhere, // another domain, of whoever owns it
    };
    QByteArray host; // of the MX record, and of the TLSA records
    Runner runner = Runner::Elsewhere;
    QString provider; // name, for Runner::Provider
    LiveHostDane::State state = LiveHostDane::State::Unknown;
    /// What a sender that checks DANE does; where addresses differ, the worst.
    DaneResult senders = DaneResult::Unknown;
    std::optional<QList<TlsaRecord>> published; // at the name; nothing: not known
    // From takeKeys(), empty before:
    QList<SourceKey> keys; // shown at any address, of either kind (DANE-38); distinct chains
    QStringList unseen;    // why `keys` may not be all of them, printable lines "address why"
    bool wasLookedAt = false;

    [[nodiscard]] bool isComplete() const { return !keys.isEmpty() && unseen.isEmpty(); }
    /// Records published here would count (RFC 7672 2.2): the zone of the name is known to be signed.
    [[nodiscard]] bool isSigned() const
    {
        return state == LiveHostDane::State::NoTlsa || state == LiveHostDane::State::Publishes;
    }
};

/// One for each mail server, in the order of the survey. What has not been looked at is unknown.
[[nodiscard]] QList<ServerDane> serverDane(const Survey &survey);
/// The same without `senders`, which takes the cryptography of every address.
[[nodiscard]] QList<ServerDane> serverZones(const Survey &survey);
[[nodiscard]] QList<LiveHostDane> liveHostsDane(const QList<ServerDane> &servers);
/// What a look at the server itself has shown.
void takeKeys(ServerDane &server, const LiveServerKeys &seen);
/// The records for the keys that it shows, and for `next`; against what is published. `issuer`:
/// TlsaWish::issuer.
[[nodiscard]] TlsaMaking tlsaFor(const ServerDane &server, const QList<SourceKey> &next,
                                 std::optional<int> issuer, const QDateTime &now);
