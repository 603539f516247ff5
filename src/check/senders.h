// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What well-known senders would do with mail to the domain right now, and with a policy that they may
// still hold. Pure. What was not seen stays unknown: nothing here says that mail is delivered where no
// server was seen to take it.

#include "check/checks.h"
#include "mail/policy.h"

enum class SenderKind {
    Gmail,
    Microsoft365,
    PostfixMtaSts, // with a helper for MTA-STS, without DANE
    PostfixDane,   // smtp_tls_security_level = dane: opportunistic DANE, no MTA-STS
    Neither,       // uses TLS where it is offered
};

/// What the sender honours when it sends, as publicly known at `asOf`.
struct SenderTraits
{
    SenderKind kind = SenderKind::Neither;
    bool mtaSts = false;
    bool dane = false;
    bool daneForUnsignedMx = false; // uses TLSA of a host although the MX answer is not signed
    QDate asOf;                     // invalid: by its own configuration, not by date
};

/// From worst to best; an unknown one is never better than any other.
enum class Handling {
    Unknown,
    NoMail,    // the domain receives none
    Deferred,  // not delivered now: of a host, the next one is tried; of a domain, mail waits
    Plain,     // delivered without encryption
    Encrypted, // delivered over TLS, to whoever answers
    Verified,  // delivered over TLS to the server that the policy or the TLSA records name
};

/// One mail server, in the order in which it is tried.
struct SenderStep
{
    QByteArray host;
    int preference = 0;
    Handling delivery = Handling::Unknown;
    Handling seen = Handling::Unknown; // of the addresses that this computer could test
    QList<Issue> reasons;
};

struct SenderOutcome
{
    Handling delivery = Handling::Unknown;
    /// Unknown only because some addresses were out of reach from here: what the tested ones give.
    Handling asFarAsSeen = Handling::Unknown;
    QList<QByteArray> hosts; // where it is delivered; one of them, where they have one preference
    QList<Issue> reasons;    // of the whole domain
    QList<SenderStep> steps; // every host, also those that are not come to
};

/// A policy that was served earlier, and until when some sender may hold it (RFC 8461 3.2 max_age).
struct CachedPolicy
{
    Policy policy;
    QDateTime until; // UTC
    friend bool operator==(const CachedPolicy &, const CachedPolicy &) = default;
};

struct SenderView
{
    SenderTraits sender;
    SenderOutcome now;
    /// With a policy it may hold; only for senders with MTA-STS, while it is valid, and where it does
    /// something else than the one served now. Of several the one that does most harm: mail that waits
    /// comes first, then what is not known, then what is not verified.
    std::optional<SenderOutcome> withCached;
    CachedPolicy cached; // that one
    int othersHeld = 0;  // beside it
};

[[nodiscard]] const QList<SenderTraits> &knownSenders();
[[nodiscard]] QList<SenderView> whatSendersDo(const Survey &survey, const Report &report,
                                              const QList<CachedPolicy> &held = {});
