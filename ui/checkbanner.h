// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the banner of the check page says of a whole check: where the result is from, and what one cause
// many findings share. Pure.

#include "check/readreport.h"

struct CheckBanner
{
    enum class Action { None, CheckAgain, Port25Help };
    Severity severity = Severity::Info;
    QString text; // empty: nothing to say
    Action action = Action::None;
};

/// Of a check made here. That only some servers time out is a warning of theirs and no banner.
[[nodiscard]] CheckBanner bannerFor(const Survey &survey);
/// Of a saved result: its date, so that it is not taken for a fresh one, and where it is from.
[[nodiscard]] CheckBanner bannerFor(const SavedReport &saved, const QDateTime &now);
