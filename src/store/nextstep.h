// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a kept domain stands, and the one thing to do next. Codes and values; the window has the words.

#include "store/keptdomain.h"

/// In the order of urgency, which is also the order of a list sorted by state.
enum class DomainState {
    Problem,
    NotTested, // never, too long ago, or something decisive could not be seen
    Draft,     // an assistant left half-way, or files not seen live yet
    ReadyToEnforce,
    Removing, // mode none is served
    Testing,
    Protected,
    NotSetUp,
};

struct NextStep
{
    enum class Act {
        Nothing,
        Restore,          // deleted, and until `date` senders may enforce what they hold (STS-88)
        Continue,         // the draft
        Publish,          // the draft's files were saved; then check
        Check,            // the last one is too old, or there was none; `date` is that of the last
        AddMailServer,    // `subject` is an MX that the policy does not cover
        Mend,             // `finding`
        SeeNotTested,     // `count` checks were not possible
        RenewCertificate, // of `subject`, ends at `date`
        Enforce,          // tested for `count` days without problems
        AskForReports,    // testing without reports tells nothing
        Wait,             // `count` more days of testing
        WaitToDelete,     // until `date`; invalid: not known (STS-88)
        Delete,           // every sender has forgotten the old policy
        DropPattern,      // `subject` covers no mail server (any more)
        SetUp,
    };
    DomainState state = DomainState::NotTested;
    Act act = Act::Nothing;
    int count = 0;
    QDateTime date; // UTC
    QByteArray subject;
    std::optional<Finding> finding;
    /// As seen last; Unknown where it was never seen.
    Report::Sts mode = Report::Sts::Unknown;
    bool isByDane = false; // Protected by DANE, without MTA-STS
    friend bool operator==(const NextStep &, const NextStep &) = default;
};

/// A check older than this, or one from the future, says nothing about today.
inline constexpr int CheckHoldsDays = 30;

/// Pure; `now` in UTC.
[[nodiscard]] NextStep nextStep(const KeptDomain &kept, const QDateTime &now);
