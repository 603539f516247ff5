// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A handle to a stop flag, copied into every worker. Waits ask it at least every 50 ms.

#include <QDeadlineTimer>

#include <atomic>
#include <memory>

class Cancel
{
public:
    Cancel()
        : m_flag(std::make_shared<Flag>())
    {
    }

    /// Stopped with this one, and by a cancel() of its own that stops nothing else.
    [[nodiscard]] Cancel part() const
    {
        Cancel child = *this;
        child.m_flag = std::make_shared<Flag>();
        child.m_flag->whole = m_flag;
        return child;
    }

    /// Same flag, and besides stopped once the deadline has passed (the bound on a whole look).
    [[nodiscard]] Cancel until(QDeadlineTimer deadline) const
    {
        Cancel child = *this;
        if (deadline < child.m_deadline)
            child.m_deadline = deadline;
        return child;
    }
    void cancel() const noexcept { m_flag->isSet.store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool isCancelled() const
    {
        for (const Flag *flag = m_flag.get(); flag; flag = flag->whole.get()) {
            if (flag->isSet.load(std::memory_order_relaxed))
                return true;
        }
        return m_deadline.hasExpired();
    }

private:
    struct Flag
    {
        std::atomic<bool> isSet = false;
        std::shared_ptr<const Flag> whole; // what this is a part of
    };
    std::shared_ptr<Flag> m_flag;
    QDeadlineTimer m_deadline{QDeadlineTimer::Forever};
};

/// The longest a wait may sleep before it asks its Cancel again, in milliseconds.
inline constexpr int CancelSliceMs = 50;
