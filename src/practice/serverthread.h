// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The thread in which the servers of the practice internet answer: one for all of them, as each does
// next to nothing. Made before the servers and destroyed after them.

#include "base/limits.h"

#include <QThread>

#include <functional>
#include <memory>

/// Of the practice servers themselves: nobody who connects can hold more than this. Tests shrink them.
struct ServerLimits
{
    int connectionMs = 30000;                // a connection as a whole
    int deafMs = Limits::SmtpHostMs + 60000; // to a deaf server: longer than any look waits
    int connections = 100;                   // to one server at a time; more are closed at once
};

class ServerThread
{
public:
    explicit ServerThread(ServerLimits limits = {});
    ~ServerThread();
    ServerThread(const ServerThread &) = delete;
    ServerThread &operator=(const ServerThread &) = delete;

    /// Does the work in the thread and returns when it is done. Never called by the work itself.
    void run(const std::function<void()> &work);
    [[nodiscard]] const ServerLimits &limits() const { return m_limits; }

private:
    class Inside;
    const ServerLimits m_limits;
    QThread m_thread;
    const std::unique_ptr<Inside> m_inside; // lives in the thread
};
