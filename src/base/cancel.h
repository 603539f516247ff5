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
        : m_flag(std::make_shared<std::atomic<bool>>(false))
    {
    }

    /// Same flag, and besides stopped once the deadline has passed (the bound on a whole look).
    [[nodiscard]] Cancel until(QDeadlineTimer deadline) const
    {
        Cancel child = *this;
        if (deadline < child.m_deadline)
            child.m_deadline = deadline;
        return child;
    }
    void cancel() const noexcept { m_flag->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool isCancelled() const
    {
        return m_flag->load(std::memory_order_relaxed) || m_deadline.hasExpired();
    }

private:
    std::shared_ptr<std::atomic<bool>> m_flag;
    QDeadlineTimer m_deadline{QDeadlineTimer::Forever};
};

/// The longest a wait may sleep before it asks its Cancel again, in milliseconds.
inline constexpr int CancelSliceMs = 50;
