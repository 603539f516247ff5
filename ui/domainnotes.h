// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the assistant's first page says of a domain beside the rows: the one message on top, and what
// is special about the domain, explained. Pure.

#include "advicelist.h"
#include "deploy/choices.h"

struct Report;
struct Survey;

/// Whether there is a mail server to protect, as far as is known.
enum class MailServers {
    Unknown,  // not looked up, or it failed
    Looking,  // on the way
    NoDomain, // the name does not exist
    None,     // the domain receives no mail
    Known,
};
[[nodiscard]] MailServers mailServersOf(const Survey &survey, bool looking);
/// Why the assistant cannot go on with these; empty for Known.
[[nodiscard]] QString whyNotOn(MailServers servers);

struct DomainMessage
{
    enum class Act {
        None,
        LookAgain,
        TakeLive,      // choices as they are live
        TakeMxNames,   // mx lines exactly as the MX records
        TakeProviders, // mx lines as the provider recommends
    };
    Severity severity = Severity::Info;
    QString text; // empty: nothing to say
    Act act = Act::None;
    QString action; // the button
};
[[nodiscard]] DomainMessage domainMessage(const Survey &survey, const Choices &choices,
                                          bool looking);
/// The choices after the message's button was pressed.
[[nodiscard]] Choices afterAct(DomainMessage::Act act, const Survey &survey, Choices choices);

/// Findings that explain the kind of set-up: no MX, null MX, aliases to a provider, DNSSEC.
[[nodiscard]] QList<Told> domainNotes(const Report &report);
/// The line below the rows; empty when there is nothing to say.
[[nodiscard]] QString domainStatus(const Survey &survey, bool looking, const QString &slowest);
