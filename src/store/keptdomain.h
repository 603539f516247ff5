// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What this computer remembers of one domain: the choices under way, the last check, what was served.
// Plain values, never a secret.

#include "check/checks.h"
#include "deploy/choices.h"

#include <QJsonObject>

/// The last complete check, as far as a list of domains shows it.
struct LastCheck
{
    QDateTime at; // UTC
    Verdict verdict = Verdict::Unknown;
    Report::Sts sts = Report::Sts::Unknown;
    Report::Dane dane = Report::Dane::Unknown;
    Report::TlsRpt tlsRpt = Report::TlsRpt::Unknown;
    int problems = 0, warnings = 0, notTested = 0;
    std::optional<Finding> worst; // the first problem, else the first warning
    QList<QByteArray> mx;         // names of the mail servers
    QDateTime certificateEnds;    // the earliest of all that were seen, UTC; invalid: none seen
    QByteArray certificateHost;   // whose it is
    friend bool operator==(const LastCheck &, const LastCheck &) = default;
};

/// The policy that senders could fetch, and the id beside it (STS-15).
struct LastServed
{
    QByteArray id;
    QByteArray body;
    QDateTime since; // first seen with this body, UTC
    QDateTime at;    // last seen, UTC
    friend bool operator==(const LastServed &, const LastServed &) = default;
};

struct KeptDomain
{
    DomainName domain;
    std::optional<Choices> draft; // an assistant left half-way
    QByteArray draftStep;         // where it was left: "policy"
    std::optional<LastCheck> lastCheck;
    std::optional<LastServed> served;
    QDateTime testingSince; // first seen in mode testing, without another mode since; UTC
    qint64 largestMaxAge =
            0;             // seconds; of every policy ever seen that may still be cached (STS-87)
    QDateTime cachedUntil; // until then some sender may hold one of them (STS-88), UTC
    QJsonObject others;    // members of a newer program, written back as they were read
    friend bool operator==(const KeptDomain &, const KeptDomain &) = default;

    /// For the judges that compare with the look before.
    [[nodiscard]] LastSeen lastSeen() const;
};

/// The domain after one more complete check. A check that was stopped or found nothing changes nothing
/// it did not see. Pure.
[[nodiscard]] KeptDomain afterCheck(KeptDomain kept, const Survey &survey, const Report &report);
