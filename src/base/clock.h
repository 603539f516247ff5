// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What time it is for whoever looks, publishes or waits for a date.

#include <QDateTime>

#include <functional>

/// UTC, from any thread. Of a practice it may be ahead of the computer's.
using Clock = std::function<QDateTime()>;

[[nodiscard]] inline Clock computersClock()
{
    return [] { return QDateTime::currentDateTimeUtc(); };
}
