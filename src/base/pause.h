// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A wait for nothing but time, in a worker thread.

#include "base/cancel.h"

#include <chrono>
#include <thread>

/// False when it was stopped before the time was over.
inline bool pauseFor(qint64 milliseconds, const Cancel &cancel)
{
    for (QDeadlineTimer end(milliseconds); !end.hasExpired();) {
        if (cancel.isCancelled())
            return false;
        const qint64 slice = qBound(0LL, end.remainingTime(), qint64(CancelSliceMs));
        std::this_thread::sleep_for(std::chrono::milliseconds(slice));
    }
    return true;
}
