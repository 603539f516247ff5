// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The chain of trust that DANE stands on (RFC 7672 2.1, 2.2), link by link, as far as the survey proves
// it. A link that nothing proves is unknown, never good: a secure answer proves every link above it, an
// insecure one only that some link is missing, an answer that was not validated nothing at all.

#include "base/severity.h"

#include <QString>

struct Survey;

struct TrustLink
{
    enum class Kind {
        Root,
        TopLevel,
        Zone, // of the mail domain
        Mx,
        HostZone, // of the mail server, where that is not the domain's
        Address,
        Tlsa,
        Certificate,
    };
    enum class State {
        Unknown,
        Holds,      // signed; of the certificate: authenticated by the TLSA records
        Unsigned,   // provably: no chain of trust leads here
        Absent,     // provably: there is nothing
        Broken,     // it is there and fails: senders that check DANE mostly do not deliver
        NotReached, // behind a break, so it counts for nothing
    };
    Kind kind = Kind::Root;
    QString name; // printable
    State state = State::Unknown;
    QByteArray why; // "no-ds"; trustSentence() says it
    QString about;  // printable: the second name in that sentence
    friend bool operator==(const TrustLink &, const TrustLink &) = default;
};

/// From the root down to one mail server. Without mail servers it ends with the MX records.
struct TrustChain
{
    QString host; // printable; empty where there is none
    QList<TrustLink> links;
    bool hasRecords = false; // TLSA records were seen: somebody means to use DANE
    friend bool operator==(const TrustChain &, const TrustChain &) = default;
};

/// The chain does not go on here, and that is known.
[[nodiscard]] bool isCut(TrustLink::State state);

/// One for each mail server, in the order of the survey; one without a host where there is none.
[[nodiscard]] QList<TrustChain> trustChains(const Survey &survey);
/// The first link at which the chain ends, else the first that is not known; -1: all of it holds.
[[nodiscard]] qsizetype firstBreak(const TrustChain &chain);
/// Senders that check DANE verify the server.
[[nodiscard]] bool isVerified(const TrustChain &chain);
/// How bad a link is: what is not signed weighs more where TLSA records are published, and most where
/// nobody heeds them.
[[nodiscard]] Severity trustSeverity(const TrustChain &chain, const TrustLink &link);
