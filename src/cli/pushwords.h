// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the words of `plan`, `push`, `remove` and `token` say: the service, the secret, the domain.

#include "account/accounts.h"
#include "base/secret.h"
#include "push/service.h"
#include "store/domainstore.h"
#include "survey/network.h"

class QCommandLineOption;
class QCommandLineParser;

void addPushOptions(QCommandLineParser &parser);
/// --provider, --provider-url, --account, --token-stdin, --state-dir.
void addServiceOptions(QCommandLineParser &parser);
/// --dns-port, --json and what networkOptions() reads.
void addLookingOptions(QCommandLineParser &parser);

/// From standard input or the environment, which loses it then (T-6); empty where neither has one.
[[nodiscard]] Result<Secret> givenSecret(const QCommandLineParser &parser);
/// The service that the words name. Malformed when they name none.
[[nodiscard]] Result<Account> namedAccount(const QCommandLineParser &parser);
/// --state-dir, and the folder that it names, or the one of the program.
[[nodiscard]] QCommandLineOption stateOption();
[[nodiscard]] QString stateFolder(const QCommandLineParser &parser);
/// --dns-port, and the port of the zone's own name servers; Malformed when it is none.
[[nodiscard]] QCommandLineOption dnsPortOption();
[[nodiscard]] Result<quint16> dnsPort(const QCommandLineParser &parser);

/// What the words say, checked before anything is asked of the network.
struct PushWords
{
    DomainName domain;
    NetworkOptions network;
    quint16 dnsPort = 53; // of the zone's own name servers
    QString folder;       // of what this computer keeps: domains and journals
    Service service;
    bool isDelegated = false; // the mail provider makes the policy

    [[nodiscard]] QString journals() const { return folder + QStringLiteral("/journals"); }
    [[nodiscard]] DomainStore store() const
    {
        return DomainStore(folder + QStringLiteral("/domains"));
    }
};
/// Those that need no service: it stays closed.
[[nodiscard]] Result<PushWords> lookingWords(const QCommandLineParser &parser);
/// All but the domain and what is said of the policy host.
[[nodiscard]] Result<PushWords> serviceWords(const QCommandLineParser &parser);
/// Malformed: one line that names the way out. Where no secret is given, that of the key store is taken.
[[nodiscard]] Result<PushWords> pushWords(const QCommandLineParser &parser, const char *command);
