// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The judges, and the one function that runs them all over what has been looked at so far.

#include "check/finding.h"
#include "survey/survey.h"

/// What this computer remembers of the domain from earlier looks; empty on the first one.
struct LastSeen
{
    QByteArray stsId;
    QByteArray policyBody;
    QDateTime at;
};

/// Pure. Parts that have not arrived give no finding while the survey runs, and an unknown one when
/// it is finished: a check that was not made can never turn a verdict green (T-45).
[[nodiscard]] Report judge(const Survey &survey, const LastSeen &lastSeen = {});
