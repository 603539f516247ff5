// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is unwise about the choices, said before anything is written.

#include "deploy/choices.h"

/// What is known about the domain when the choices are judged. Empty optionals: not looked at.
struct Circumstances
{
    bool mxKnown = false;
    bool mxCut = false;            // there are more than were looked at (DNS-14)
    QList<QByteArray> mxHosts;     // as in the MX records; the domain itself where there is none
    bool implicitMx = false;       // no MX record (RFC 5321 5.1)
    bool nullMx = false;           // RFC 7505
    std::optional<int> openErrors; // of the last check
    bool liveKnown = false;        // whether a policy is served, and which, has been seen
    std::optional<Policy::Mode> liveMode; // of the policy that is served now, if any
    std::optional<qint64> testingDays;    // since testing was seen first
    bool reportsKnown = false;            // the live TLS-RPT record, or that there is none
    QList<QByteArray> liveReportTo;       // its rua URIs
};

/// How long testing should last before enforce (STS-85).
inline constexpr int TestingDays = 14;

[[nodiscard]] QList<Issue> adviseOnChoices(const Choices &choices, const Circumstances &known);
/// The rest is about a policy, which may be a provider's.
[[nodiscard]] bool isAboutReports(const Issue &advice);

/// Whether the policy can go from testing to enforce (STS-85), whatever is chosen now.
struct Readiness
{
    enum class State {
        Unknown, // something that decides was not seen
        NotYet,
        Ready,
        Enforced, // it is in force already
    };
    State state = State::Unknown;
    QList<Issue> reasons; // against it; empty when ready
};
[[nodiscard]] Readiness readinessToEnforce(const QList<MxPattern> &mx, const Circumstances &known);
