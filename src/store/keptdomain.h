// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What this computer remembers of one domain: the choices under way, the last check, what was served.
// Plain values, never a secret.
//
// Times come from the clock of this computer, which may be wrong. A check is believed when the policy
// host, over verified TLS, names the same day: then times of earlier checks that lie in its future are
// pulled back to it. Without such a witness nothing that guards against a mistake is ever lowered, and
// whoever reads a time that lies in the future must not conclude anything good from it.

#include "check/checks.h"
#include "check/senders.h"
#include "deploy/choices.h"
#include "deploy/livestate.h"

#include <QJsonObject>

/// The earliest ending certificate of one host, as last seen.
struct KeptCertificate
{
    QByteArray host;
    QDateTime notBefore, notAfter; // UTC
    friend bool operator==(const KeptCertificate &, const KeptCertificate &) = default;
};

/// The last complete check that learnt anything, as far as a list of domains shows it.
struct LastCheck
{
    QDateTime at; // UTC
    Verdict verdict = Verdict::Unknown;
    Report::Sts sts = Report::Sts::Unknown;
    Report::Dane dane = Report::Dane::Unknown;
    Report::TlsRpt tlsRpt = Report::TlsRpt::Unknown;
    int problems = 0, warnings = 0, notTested = 0;
    std::optional<Finding> worst;        // the first problem, else the first warning
    QList<QByteArray> mx;                // names of the mail servers; as last seen
    QList<KeptCertificate> certificates; // of mail servers and policy host, each as last seen
    friend bool operator==(const LastCheck &, const LastCheck &) = default;
};

/// A policy that senders could fetch, and the id beside it (STS-15).
struct LastServed
{
    QByteArray id;
    QByteArray body;
    QDateTime since; // first seen with this body, UTC
    QDateTime at;    // last seen, UTC
    QDateTime gone;  // first seen that it is no longer served, UTC; invalid while it is
    friend bool operator==(const LastServed &, const LastServed &) = default;
};

struct KeptDomain
{
    DomainName domain;
    bool isSetUp = false;         // the assistant was used for it, not only the check
    std::optional<Choices> draft; // an assistant left half-way, or files not seen live yet
    QByteArray draftStep;         // where it was left: "policy"
    std::optional<LastCheck> lastCheck;
    std::optional<LastServed> served;
    /// Another policy that was served under the same id: senders keep it until it runs out (STS-15).
    std::optional<LastServed> sameId;
    QDateTime testingSince; // first seen in mode testing, without another mode since; UTC
    // Of policies in mode testing or enforce; STS-87, 88. Times UTC.
    bool wasOn = false;       // one was seen: what follows is known, even where it is over
    qint64 largestMaxAge = 0; // seconds; the largest of those that may still be cached
    QDateTime cachedUntil;    // until then some sender may hold one of them
    QDateTime enforcedUntil;  // the same, of policies in mode enforce alone
    /// Each policy that some sender may hold, the one served now too; bounded (heldpolicies.h).
    QList<CachedPolicy> held;
    bool isFromNewer = false; // the file's schema is a newer one: shown, never overwritten
    QJsonObject others;       // members of a newer program, written back as they were read
    friend bool operator==(const KeptDomain &, const KeptDomain &) = default;

    /// For the judges that compare with the look before.
    [[nodiscard]] LastSeen lastSeen() const;
};

/// The domain after one more check. What a check did not see stays as it was; one that was stopped or
/// learnt nothing leaves the last check alone. A draft that is live now is done. Pure.
[[nodiscard]] KeptDomain afterCheck(KeptDomain kept, const Survey &survey, const Report &report);

/// Policy and reports are live as chosen: nothing is left to publish.
[[nodiscard]] bool isLive(const Choices &choices, const LiveState &live);
