// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Does what a plan says, in its order, and believes nothing that it has not read back: the policy host is
// set up, the policy file is served (STS-83), the records stand as they did when the plan was shown (PUSH-3), TLSA
// records fit what the mail servers show at that moment (T-32), all are written in one go, they stand at the service, every
// name server of the zone has them (PUSH-8), and DNSSEC proves the TLSA records (DANE-2). Blocking; for a
// worker thread.

#include "provider/nameserverlook.h"
#include "push/journal.h"
#include "push/servedwait.h"

#include <functional>

struct PushDoors
{
    Provider &provider;
    /// The policy file of a domain as a sender gets it now, certificate and all; an Error says what is wrong with it.
    std::function<Result<QByteArray>(const DomainName &, const Cancel &)> servedPolicy;
    /// Where the zone's own name servers are asked, each with its name; an Error when they cannot be found.
    std::function<Result<QList<NamedServer>>(const Cancel &)> nameServers;
    PolicyHost *host = nullptr; // of a plan that writes to it
    /// Of a plan with TLSA records (TlsaDoors makes both). Right before writing: whether the mail servers
    /// still show what these fit (T-32); an Error says why not to write.
    std::function<Result<void>(const Plan &, const Cancel &)> lastLook = {};
    /// After the name servers: whether senders can prove what was written (DANE-2); an Error says why not yet.
    std::function<Result<void>(const Plan &, const Cancel &)> provenToSenders = {};
};

struct PushEvent
{
    enum class Step { Policy, Read, Write, ReadBack, Dns, Host, Keys, Senders };
    enum class State { Started, Done, Failed };
    Step step = Step::Policy;
    State state = State::Started;
    QString detail; // printable
};

struct Outcome
{
    enum class State {
        Nothing,  // nothing had to be written
        Done,     // written, read back, seen at every name server
        NotInDns, // written and read back; some name server does not have it yet, or was not reached
        NotProven,  // every name server has it; senders that check DANE cannot prove it yet
        NotDone,    // nothing was written
        PartlyDone, // some records, or the policy host alone
        Unknown,    // something was sent, and what stands now could not be read
    };
    State state = State::NotDone;
    QList<SetChange> done, notDone;
    QStringList serversWithout;   // printable; for NotInDns
    std::optional<Error> trouble; // why it is not Done
    bool isHostDone = false;      // the plan's step for the policy host is done, as read back
};

struct PushLimits
{
    int readBacks = 5;      // how often the service is asked before its answer is taken as final
    int readBackMs = 1000;  // between them
    int dnsMs = 30000;      // how long the name servers get
    ServedWait served = {}; // where the plan has a policy host: certificates take minutes
};

[[nodiscard]] Outcome push(const Plan &plan, const PushDoors &doors, Journal &journal,
                           const Cancel &cancel,
                           const std::function<void(const PushEvent &)> &onEvent = {},
                           const PushLimits &limits = {});
