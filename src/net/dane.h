// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The verdict of a DANE SMTP sender on a chain (RFC 7671, 7672). No connection: OpenSSL's own DANE
// code judges the chain that the probe kept; ours only leaves out what SMTP forbids.

#include "base/severity.h"
#include "mail/tlsarecord.h"
#include "net/certificate.h"

/// What is known of the TLSA answer itself.
enum class TlsaAnswer {
    Secure,   // validated: `records` as they are, empty means that none are published
    Insecure, // of an unsigned zone: nobody uses the records
    Failed,   // bogus, SERVFAIL, timeout
    Unknown,  // not validated by us
};

struct DaneInput
{
    QList<TlsaRecord> records;
    QList<Certificate> chain; // as sent, leaf first; empty when there was no TLS
    bool startTls = true;     // false: the server offers no TLS
    QList<QByteArray> names;  // reference names for DANE-TA, base domain first (RFC 7672 3.2.2)
    QDateTime now;
    TlsaAnswer answer = TlsaAnswer::Secure;
};

enum class DaneResult {
    Unknown,                // could not be looked at
    NotApplicable,          // plain opportunistic TLS
    Authenticated,          // a considered record matches and its extra checks pass
    Fail,                   // usable records, none authenticates, or TLS is missing
    EncryptUnauthenticated, // records, none usable: TLS required
    Unreachable,            // look-up failure: senders skip the host
};

struct DaneVerdict
{
    DaneResult result = DaneResult::Unknown;
    QList<int> usable;     // indexes into records
    QList<int> considered; // after digest agility (RFC 7671 9)
    int matched = -1;      // index of the first record that authenticates
    QList<Issue> issues;   // DANE-1..32, 50 as far as answer, records and chain show
};

[[nodiscard]] DaneVerdict judgeDane(const DaneInput &input);
[[nodiscard]] QByteArray daneResultName(DaneResult result); // "encrypt-unauthenticated"
/// The octets a record with this selector and matching type carries for a certificate.
[[nodiscard]] QByteArray tlsaData(const Certificate &certificate, quint8 selector, quint8 matching);

/// Indexes of the records an SMTP sender can use; OpenSSL has to understand full data too.
[[nodiscard]] QList<int> usableRecords(const QList<TlsaRecord> &records);
/// RFC 7671 9: per usage and selector, full data and the strongest digest of the `usable` ones.
[[nodiscard]] QList<int> strongestRecords(const QList<TlsaRecord> &records,
                                          const QList<int> &usable);

/// What an operator can do next in a change of keys (RFC 7671 8.1). Records and chains of one moment
/// tell the first four; the others need what was seen before (dane/rollover.h).
enum class RolloverStep {
    None,
    PublishNext, // the planned key has no record yet
    Switch,      // after two TTLs, as both keys are published
    RemoveOld,   // once every address shows the new key
    WaitForCaches,
    VerifyAll, // some address shows the new key, not every one was seen to
    Done,
    Broken,
};

struct PublishingInput
{
    QList<TlsaRecord> records;
    QList<QList<Certificate>> chains; // in use: one for each kind of key (DANE-38), leaf first
    QList<Certificate> planned;       // leaf first; empty without a plan
    bool startTls = true;             // false: the server no longer offers TLS
    QByteArray host = {};             // the server, as the issues name it
};

struct PublishingVerdict
{
    bool ok = false; // nothing in `issues` is an error
    RolloverStep next = RolloverStep::None;
    QList<Issue> issues; // DANE-13, 27, 28, 32, 38
};

/// RFC 7671 8: every usage, selector, matching combination present must match the current chain.
[[nodiscard]] PublishingVerdict judgePublishing(const PublishingInput &input);
[[nodiscard]] QList<Issue> judgePublishing(const QList<TlsaRecord> &records,
                                           const QList<Certificate> &chain,
                                           const QByteArray &host = {});
[[nodiscard]] QByteArray rolloverStepName(RolloverStep step); // "remove the old record ..."
