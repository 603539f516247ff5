// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Waits until senders get the policy file that the records will announce (STS-83).

#include "base/cancel.h"
#include "base/error.h"

#include <functional>

struct ServedWait
{
    int firstMs = 3000;   // around the first try
    int laterMs = 15000;  // after each other
    int totalMs = 900000; // then it is given up; 0: one try
    bool isNew = false;   // set up a moment ago: even the first try waits
    int inARow = 3;       // a service with many places has the old file in some of them for a while
};

/// Empty when `text` is served, octet by octet, so often in a row. `onWait` hears, before each wait, what
/// was wrong. Refused: something is served, and it is another file. Cancelled, Timeout: later, perhaps;
/// any other kind is that of the last try.
[[nodiscard]] Result<void>
waitUntilServed(const QByteArray &text,
                const std::function<Result<QByteArray>(const Cancel &)> &servedPolicy,
                const ServedWait &wait, const Cancel &cancel,
                const std::function<void(const QString &)> &onWait);
