// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Every certificate that a server shows: at each of its addresses, RSA as well as ECDSA (DANE-38).

#include "base/cancel.h"
#include "dane/keysource.h"
#include "dns/resolver.h"
#include "net/smtp.h"
#include "survey/look.h"

struct LookOptions;

struct LiveServer
{
    QByteArray host; // whose addresses are looked at
    QByteArray name; // asked for in TLS (SNI), the base domain of the TLSA records; empty: `host`
    quint16 port = 25;
    /// Smtp: STARTTLS. Tls: from the first octet, as on port 443.
    enum class Start { Smtp, Tls };
    Start start = Start::Smtp;
    bool allowPrivate = false; // TLS-31
};

/// As mail and web use the ports: STARTTLS on 25 and 587. `port` is that of the TLSA records; `options`
/// may name others to connect to, in a test bed.
[[nodiscard]] LiveServer liveServer(const QByteArray &host, quint16 port,
                                    const LookOptions &options);

/// A chain and the addresses that showed it.
struct ShownChain
{
    QList<Certificate> chain; // as sent, leaf first
    QList<QHostAddress> addresses;
};

struct UnseenKey
{
    QHostAddress address;  // null: the addresses themselves are not known
    QString why;           // printable, one line
    bool hasNoTls = false; // the server answered, and offers no STARTTLS: there is no key
};

struct LiveServerKeys
{
    QList<ShownChain> chains; // distinct, in the order seen
    QList<UnseenKey>
            unseen; // what could not be looked at; a kind of key that is not there is no gap
    QByteArray canonicalName; // where the aliases of `host` lead; equals it without

    /// False: something was not seen, so nobody knows whether these are all the keys.
    [[nodiscard]] bool isComplete() const { return !chains.isEmpty() && unseen.isEmpty(); }
};

/// The keys of the chains, in their order; every one counts as the server's, whatever it says of itself.
[[nodiscard]] QList<SourceKey> sourceKeys(const LiveServerKeys &seen);
/// "192.0.2.1 no answer": one line each, printable.
[[nodiscard]] QStringList unseenLines(const LiveServerKeys &seen);

/// Blocking: DNS, then address after address, at most one connection at a time. A stop or a deadline of
/// `cancel` leaves the rest unseen. `smtp` is used for Start::Smtp only.
[[nodiscard]] LiveServerKeys lookAtServerKeys(const LiveServer &server, Resolver &resolver,
                                              Smtp &smtp, const Cancel &cancel);
