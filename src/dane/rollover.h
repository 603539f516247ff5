// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A change of the key of one mail server, over days (RFC 7671 8.1, RFC 7672 4): publish the next key
// beside the current one, wait two TTLs, switch, verify every address, remove the old record. What is
// kept between looks, and what each look means. Pure; judgePublishing() is the judge of every set.

#include "net/dane.h"

/// One of the zone's name servers: the TLSA set as it gives it.
struct SeenNameServer
{
    QByteArray name;    // or its address
    bool known = false; // false: out of reach, or it failed; says nothing of the records
    QList<TlsaRecord> records = {};
    int ttl = 0; // seconds
};

/// One address of the mail server.
struct SeenAddress
{
    QString address;
    bool known = false;   // false: out of reach, or not seen as far as a certificate
    bool startTls = true; // with `known`: false is a server that no longer offers TLS
    QList<QList<Certificate>> chains = {}; // one for each kind of key (DANE-38), leaf first
    bool isWhole = true;                   // false: it may show a key besides these
};

/// One look at everything. Empty lists are unknown, never "none".
struct RolloverSight
{
    QDateTime at;
    TlsaAnswer validated = TlsaAnswer::Unknown; // what a validating resolver says of the TLSA name
    QList<SeenNameServer> nameServers = {};     // every one that the zone has
    QList<SeenAddress> addresses = {};          // every one that the mail server has
};

/// What is kept. A time is that of the look in which the program first saw it done; unset: not yet.
struct KeptRollover
{
    QByteArray host; // lower case, no final dot
    quint16 port = 25;
    QList<TlsaRecord> oldKey = {};  // records of the key that goes; usable ones only
    QList<TlsaRecord> nextKey = {}; // records of the planned key; empty: no plan
    /// Records that the change leaves alone: of a second kind of key that stays (DANE-38), of an issuer
    /// that signs both keys.
    QList<TlsaRecord> staying = {};
    int ttl = 0; // seconds; the largest that the set was seen with since the start
    QDateTime started = {};
    QDateTime published = {}; // the next key's records, at every name server, validated
    QDateTime switched = {};  // the next key alone, at every address
    QDateTime removed = {};   // no name server has the old records any more
    friend bool operator==(const KeptRollover &, const KeptRollover &) = default;
};

struct RolloverState
{
    RolloverStep step = RolloverStep::None;
    QDateTime earliest = {}; // of the next act; unset: at once, or it depends on sight
    QList<Issue> issues = {};
    bool isOfBefore = false; // Done: an earlier look saw it, this one could not see everything
};

/// What is kept after one more look. What was not seen changes nothing; what is seen undone is unset
/// again, so that its wait starts anew.
[[nodiscard]] KeptRollover noted(const KeptRollover &kept, const RolloverSight &seen);

/// The step that a rollover is at. Unknown sight never moves it on and is never taken for done.
[[nodiscard]] RolloverState rolloverAt(const KeptRollover &kept, const RolloverSight &seen,
                                       const QDateTime &now);

/// What is taken out of the zone at the end: of the old key alone.
[[nodiscard]] QList<TlsaRecord> recordsThatGo(const KeptRollover &kept);
/// What the zone lacks at some name server that answered: of the next key while it is to be published, and
/// at a broken step of every key that is shown. Of all that matter then where no server answered.
[[nodiscard]] QList<TlsaRecord> recordsToAdd(const KeptRollover &kept, RolloverStep step,
                                             const RolloverSight &seen);
/// "old", "next", "both" (of two kinds), "staying" (neither, and not meant to
/// change), "other" or "unknown".
[[nodiscard]] QByteArray shownKeyName(const KeptRollover &kept, const SeenAddress &seen);

/// RFC 7671 8.1: two TTLs, of the larger one, after every name server had the next key. Unset before.
[[nodiscard]] QDateTime cachesExpireAt(const KeptRollover &kept);
