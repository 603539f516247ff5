// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Adds a round trip to loopback without root: what a server says is held back for that long, the
// first octets of a TCP connection for twice as long (its own handshake is one round trip).
//   relay MILLISECONDS ADDRESS:PORT:PORT_BEHIND...    UDP and TCP; prints "ready"
#include <arpa/inet.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <list>
#include <netinet/tcp.h>
#include <optional>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Held
{
    Clock::time_point until;
    std::string octets; // empty: the end of the connection
};

struct Connection
{
    int client, server;
    bool hasSpoken = false; // the server
    bool hasEnded = false;  // the server
    std::deque<Held> held;
};

struct Question
{
    int upstream;
    int door; // where it came in
    sockaddr_in from;
    Clock::time_point at;
    std::optional<Held> answer;
};

struct Door
{
    int datagrams, listener;
    sockaddr_in behind;
};

int openSocket(int kind, const sockaddr_in &address)
{
    const int made = socket(AF_INET, kind | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(made, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
        (kind == SOCK_STREAM && listen(made, 1024) != 0)) {
        std::perror("relay");
        std::exit(1);
    }
    return made;
}

class Relay
{
public:
    explicit Relay(std::chrono::microseconds roundTrip)
        : m_roundTrip(roundTrip)
    {
    }
    bool addDoor(const char *text)
    {
        char address[64];
        unsigned int port = 0, behind = 0;
        if (std::sscanf(text, "%63[^:]:%u:%u", address, &port, &behind) != 3)
            return false;
        sockaddr_in here{};
        here.sin_family = AF_INET;
        here.sin_port = htons(uint16_t(port));
        here.sin_addr.s_addr = inet_addr(address);
        sockaddr_in there = here;
        there.sin_port = htons(uint16_t(behind));
        m_doors.push_back({openSocket(SOCK_DGRAM, here), openSocket(SOCK_STREAM, here), there});
        return true;
    }
    void step()
    {
        std::vector<pollfd> polled;
        const auto watch = [&](int descriptor, bool wanted = true) {
            polled.push_back({descriptor, short(wanted ? POLLIN : 0), 0});
        };
        for (const Door &door : m_doors) {
            watch(door.datagrams);
            watch(door.listener);
        }
        for (const Question &question : m_questions)
            watch(question.upstream, !question.answer);
        for (const Connection &connection : m_connections) {
            watch(connection.client);
            watch(connection.hasEnded ? -1 : connection.server);
        }
        const timespec wait = untilNext();
        ppoll(polled.data(), polled.size(), &wait, nullptr);
        // In the order they were added; what is new comes in last, so that the order still holds.
        auto at = polled.cbegin() + long(2 * m_doors.size());
        for (Question &question : m_questions)
            takeAnswer(question, (at++)->revents != 0);
        for (auto one = m_connections.begin(); one != m_connections.end();) {
            const bool fromClient = (at++)->revents != 0;
            const bool fromServer = (at++)->revents != 0;
            const bool lives = move(*one, fromClient, fromServer);
            if (!lives) {
                close(one->client);
                close(one->server);
            }
            one = lives ? std::next(one) : m_connections.erase(one);
        }
        sendAnswers();
        for (const Door &door : m_doors) {
            takeQuestions(door);
            takeConnections(door);
        }
    }

private:
    [[nodiscard]] timespec untilNext() const
    {
        Clock::time_point next = Clock::now() + std::chrono::seconds(1);
        for (const Question &question : m_questions) {
            if (question.answer)
                next = std::min(next, question.answer->until);
        }
        for (const Connection &connection : m_connections) {
            if (!connection.held.empty())
                next = std::min(next, connection.held.front().until);
        }
        const auto left = std::max(next - Clock::now(), Clock::duration::zero());
        return {0, std::chrono::nanoseconds(left).count() % 1000000000};
    }
    void takeQuestions(const Door &door)
    {
        char octets[65536];
        for (;;) {
            sockaddr_in from{};
            socklen_t length = sizeof from;
            const ssize_t count = recvfrom(door.datagrams, octets, sizeof octets, 0,
                                           reinterpret_cast<sockaddr *>(&from), &length);
            if (count < 0)
                return;
            const int upstream = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            connect(upstream, reinterpret_cast<const sockaddr *>(&door.behind), sizeof door.behind);
            if (send(upstream, octets, size_t(count), 0) == count)
                m_questions.push_back({upstream, door.datagrams, from, Clock::now(), {}});
            else
                close(upstream);
        }
    }
    void takeAnswer(Question &question, bool isReady) const
    {
        char octets[65536];
        const ssize_t count = isReady && !question.answer
                                      ? recv(question.upstream, octets, sizeof octets, 0)
                                      : -1;
        if (count > 0)
            question.answer = Held{question.at + m_roundTrip, std::string(octets, size_t(count))};
    }
    void sendAnswers()
    {
        const auto now = Clock::now();
        m_questions.remove_if([now](const Question &question) {
            const bool isDue = question.answer && question.answer->until <= now;
            const bool isLost = !question.answer && now - question.at > std::chrono::seconds(10);
            if (isDue)
                sendto(question.door, question.answer->octets.data(),
                       question.answer->octets.size(), 0,
                       reinterpret_cast<const sockaddr *>(&question.from), sizeof question.from);
            if (isDue || isLost)
                close(question.upstream);
            return isDue || isLost;
        });
    }
    void takeConnections(const Door &door)
    {
        for (int client; (client = accept4(door.listener, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
            const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            const int on = 1;
            setsockopt(client, SOL_TCP, TCP_NODELAY, &on, sizeof on);
            setsockopt(server, SOL_TCP, TCP_NODELAY, &on, sizeof on);
            if (connect(server, reinterpret_cast<const sockaddr *>(&door.behind),
                        sizeof door.behind) == 0) {
                m_connections.push_back({client, server, false, false, {}});
            } else {
                close(server);
                close(client);
            }
        }
    }
    /// False when the connection is over.
    bool move(Connection &connection, bool fromClient, bool fromServer) const
    {
        char octets[65536];
        if (fromClient) {
            const ssize_t count = recv(connection.client, octets, sizeof octets, MSG_DONTWAIT);
            if (count <= 0 || send(connection.server, octets, size_t(count), MSG_NOSIGNAL) < count)
                return false;
        }
        if (fromServer && !connection.hasEnded) {
            const ssize_t count = recv(connection.server, octets, sizeof octets, MSG_DONTWAIT);
            auto until = Clock::now() + (connection.hasSpoken ? 1 : 2) * m_roundTrip;
            if (!connection.held.empty())
                until = std::max(until, connection.held.back().until);
            connection.hasSpoken = true;
            connection.hasEnded = count <= 0;
            connection.held.push_back({until, std::string(octets, size_t(std::max(count, {})))});
        }
        const auto now = Clock::now();
        while (!connection.held.empty() && connection.held.front().until <= now) {
            const std::string &next = connection.held.front().octets;
            if (next.empty() || send(connection.client, next.data(), next.size(), MSG_NOSIGNAL) < 0)
                return false;
            connection.held.pop_front();
        }
        return true;
    }

    const std::chrono::microseconds m_roundTrip;
    std::vector<Door> m_doors;
    std::list<Question> m_questions;
    std::list<Connection> m_connections;
};

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3)
        return 64;
    Relay relay(std::chrono::microseconds(long(std::atof(argv[1]) * 1000)));
    for (int i = 2; i < argc; ++i) {
        if (!relay.addDoor(argv[i]))
            return 64;
    }
    std::printf("ready\n");
    std::fflush(stdout);
    for (;;)
        relay.step();
}
