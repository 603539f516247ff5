// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What `plan`, `push` and `remove` share: the words, the secret, and the way from a domain to a plan.

#include "account/accounts.h"
#include "check/finding.h"
#include "provider/catalogue.h"
#include "push/guard.h"
#include "store/domainstore.h"
#include "survey/network.h"

class QCommandLineParser;
struct Invocation;

void addPushOptions(QCommandLineParser &parser);
/// --provider, --provider-url, --account, --token-stdin, --state-dir.
void addServiceOptions(QCommandLineParser &parser);

/// From standard input or the environment, which loses it then (T-6); empty where neither has one.
[[nodiscard]] Result<Secret> givenSecret(const QCommandLineParser &parser);
/// The service that the words name. Malformed when they name none.
[[nodiscard]] Result<Account> namedAccount(const QCommandLineParser &parser);
[[nodiscard]] QString stateFolder(const QCommandLineParser &parser);

/// What the words say, checked before anything is asked of the network.
struct PushWords
{
    DomainName domain;
    NetworkOptions network;
    quint16 dnsPort = 53; // of the zone's own name servers
    const ProviderInfo *provider = nullptr;
    QString folder; // of what this computer keeps: domains and journals
    std::unique_ptr<Provider> service;

    [[nodiscard]] QString journals() const { return folder + QStringLiteral("/journals"); }
    [[nodiscard]] DomainStore store() const
    {
        return DomainStore(folder + QStringLiteral("/domains"));
    }
};
/// Malformed: one line that names the way out. Where no secret is given, that of the key store is taken.
[[nodiscard]] Result<PushWords> pushWords(const QCommandLineParser &parser, const char *command);

/// What the domain has and what this computer remembers of it, after one more look.
struct Looked
{
    Survey survey;
    Report report;
    LiveState live;
    KeptDomain kept;
    QStringList problems; // of the store, one sentence each
};
[[nodiscard]] Looked lookNow(PushWords &words, const Cancel &cancel);
/// The id that was given to these choices before, when the file was to be changed first; a new one where
/// another policy was served under the live id, because senders that saw that one look no more (STS-15).
void takeId(Choices &choices, const Looked &looked);
void keep(const PushWords &words, const KeptDomain &kept);

/// Asks the service for the zone and what stands there, and compares.
[[nodiscard]] Result<Plan> planAt(PushWords &words, const Deployment &wanted, const LiveState &live,
                                  const Cancel &cancel);
