// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The door to a DNS service that can be written to. The contract, which tests/provider/tst_conformance.cpp
// runs against every service:
//
// - Calls block, in a worker thread, and end within seconds of `cancel`, except apply(): what has been
//   sent is waited for, with the work that the service does behind its answer, because leaving early would
//   only make its outcome unknown.
// - Names are absolute, lower case, without the final dot. TXT data are the joined octets, whatever the
//   service quotes or splits; TLSA data have lower-case hexadecimal; host names in data have no final dot.
// - records() is complete: every page is read before it answers, or it fails (PUSH-17).
// - apply() changes the sets it is given and nothing else. It takes whole sets, so that a service that
//   only knows sets keeps the texts of others at the same name (PUSH-4). Twice is once: a set that already
//   is as wanted is no change. Where isAtomic, all changes happen or none.
// - An Error of apply() says what can be known: Refused, NotFound: the service said no, and where isAtomic
//   nothing has changed. Every other kind: the outcome is unknown, and the caller reads back before it
//   does anything else (PUSH-10). No Error at all is no proof either (RFC 2136 servers ignore in silence
//   what cannot stand beside an alias): the caller always reads back (PUSH-8).
// - No Error, and nothing else that comes from here, holds the token; all texts are printable.

#include "base/cancel.h"
#include "base/error.h"
#include "base/severity.h"
#include "dns/record.h"

#include <QDateTime>

struct Zone
{
    QByteArray name;   // absolute
    QByteArray handle; // the service's own name for it, opaque
    /// Empty: can be written. Else an id of words.cpp that says why not: secondary, partial.
    QByteArray obstacle;
    /// Seconds, where the service sets one for this zone; else that of the traits counts.
    int minimumTtl = 0;
    /// As obstacle, but only in the way of serving from it: its records can be written.
    QByteArray hostObstacle = {};
    friend bool operator==(const Zone &, const Zone &) = default;
};

struct ZoneRecord
{
    DnsRecord record;
    QByteArray handle;       // the service's own name for it; empty where it knows only sets
    bool isReadOnly = false; // kept by the service itself; never in a change
    QByteArray extra = {};   // what else the service keeps of it, opaque; to put it back as it was
    friend bool operator==(const ZoneRecord &, const ZoneRecord &) = default;
};

/// All records of one name and type: what was seen, and what is wanted instead. Empty: no such set.
struct SetChange
{
    QByteArray name;
    RecordType type = RecordType::TXT;
    QList<ZoneRecord> before;
    QList<DnsRecord> after; // one TTL for all
    friend bool operator==(const SetChange &, const SetChange &) = default;
};

struct ProviderTraits
{
    bool isAtomic = false; // one apply() is one transaction
    int minimumTtl = 1;    // seconds
    int maximumTtl = 2147483647;
};

/// What a token is needed for.
enum class TokenUse { Records, RecordsAndHost };

/// What a token may do, as far as that is found out without writing.
struct TokenFacts
{
    /// DNSSEC of the zone, as the service says. Pending: signed, and the parent does not say so yet.
    enum class Signing { Unknown, Off, Pending, On };
    QDateTime expires;   // invalid: never, or the service does not say
    QStringList missing; // permissions that it lacks, as the service names them
    int zonesSeen = 0;   // how many zones it can read; 0: not known
    Signing signing = Signing::Unknown;
};

class Provider
{
public:
    virtual ~Provider() = default;
    [[nodiscard]] virtual ProviderTraits traits() const = 0;
    /// The zones of the account that could hold `name`: itself or above it. Tells, too, whether the
    /// token is good: Refused when it is not.
    [[nodiscard]] virtual Result<QList<Zone>> zones(const QByteArray &name,
                                                    const Cancel &cancel) = 0;
    /// Everything that stands at these names, of every type.
    [[nodiscard]] virtual Result<QList<ZoneRecord>>
    records(const Zone &zone, const QList<QByteArray> &names, const Cancel &cancel) = 0;
    [[nodiscard]] virtual Result<void> apply(const Zone &zone, const QList<SetChange> &changes,
                                             const Cancel &cancel) = 0;
    /// Looks at the token before it is kept (PUSH-15). Refused: no good; the text says why. Only asks
    /// for the zone of `name` where the service tells nothing more.
    [[nodiscard]] virtual Result<TokenFacts> token(const QByteArray &name, TokenUse use,
                                                   const Cancel &cancel);
};

/// PUSH-2: the longest zone that is `name` or above it on a label border. NotFound when none is;
/// Refused when two fit equally well.
[[nodiscard]] Result<Zone> zoneFor(const QByteArray &name, const QList<Zone> &zones);
