// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DANE of mail servers that somebody else runs (DANE-41): who has to act, what is known of that
// company, and what the owner of the mail domain can do: steps in a console, or a sentence to send.
// Live DNS decides; the dated table only explains.

#include "mail/domainname.h"
#include "net/danediscovery.h"
#include "preset/mailprovider.h"

/// What the live DNS says of one MX host.
struct LiveHostDane
{
    enum class State {
        Unknown,  // could not be told
        Unsigned, // its zone is not signed
        NoTlsa,   // signed, and without a record that counts
        Publishes,
        Fails, // look-ups that senders need fail
    };
    QByteArray host;
    State state = State::Unknown;
};

[[nodiscard]] LiveHostDane liveHostDane(const DaneHostPlan &plan);

struct ProviderWord
{
    enum class Actor {
        Unknown,  // not everything was seen: nobody is asked for anything
        Nobody,   // every host publishes
        Owner,    // the owner of the domain, in the provider's console
        Provider, // only who runs the hosts
    };
    /// What the table says beside what was seen live.
    enum class Agreement { NotKnown, Agrees, Contradicts };

    Actor actor = Actor::Unknown;
    QString provider; // name; empty: nobody known
    MailProvider::InboundDane known = MailProvider::InboundDane::Unknown;
    QDate checked; // of the table's row
    Agreement agreement = Agreement::NotKnown;
    QList<QByteArray> unsignedHosts, withoutTlsa, failing, unseen;
    QStringList sentences;      // for people, translated, in order
    QList<QByteArray> commands; // to run in the provider's console, in order; see `sentences`
    QString letter;             // to copy and send, in English; empty where there is nobody to ask
};

/// `hosts`: every MX host of the domain. Empty is unknown.
[[nodiscard]] ProviderWord providerWord(const DomainName &domain, const QList<LiveHostDane> &hosts);
