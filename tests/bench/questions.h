// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The DNS of the bare engine: questions over one UDP socket, answers to callbacks. Reads just what
// the engine goes on with; a yardstick, no resolver.

#include <chrono>
#include <cstdint>
#include <functional>
#include <netinet/in.h>
#include <string>
#include <unordered_map>
#include <vector>

using Clock = std::chrono::steady_clock;

/// Something that waits in the epoll set of the engine.
struct Waiter
{
    virtual ~Waiter() = default;
    virtual void onReady(uint32_t events) = 0;
};

struct BareAnswer
{
    std::vector<std::string> mailHosts;
    std::vector<in_addr> addresses;
};

class Questions : public Waiter
{
public:
    using Callback = std::function<void(const BareAnswer &)>;
    Questions(const std::string &address, uint16_t port);
    [[nodiscard]] int descriptor() const { return m_socket; }
    void ask(const std::string &name, uint16_t type, Callback callback);
    void askAgain(); // what has not been answered for a second
    void onReady(uint32_t events) override;

private:
    struct Pending
    {
        std::string packet;
        Callback callback;
        Clock::time_point at;
    };
    int m_socket;
    uint16_t m_next = 0;
    std::unordered_map<uint16_t, Pending> m_pending;
};
