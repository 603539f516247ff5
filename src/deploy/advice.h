// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is unwise about the choices, said before anything is written.

#include "deploy/choices.h"

/// What is known about the domain when the choices are judged. Empty optionals: not looked at.
struct Circumstances
{
    bool mxKnown = false;
    QList<QByteArray> mxHosts;     // as in the MX records; the domain itself where there is none
    bool implicitMx = false;       // no MX record (RFC 5321 5.1)
    bool nullMx = false;           // RFC 7505
    std::optional<int> openErrors; // of the last check
    std::optional<Policy::Mode> liveMode; // of the policy that is served now, if any
    std::optional<qint64> testingDays;    // since testing was published
};

/// How long testing should last before enforce (STS-85).
inline constexpr int TestingDays = 14;

[[nodiscard]] QList<Issue> adviseOnChoices(const Choices &choices, const Circumstances &known);
