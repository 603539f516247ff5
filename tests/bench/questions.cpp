// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "questions.h"

#include <arpa/inet.h>
#include <cstring>
#include <sys/socket.h>

namespace {

constexpr uint16_t TypeA = 1, TypeMx = 15;

void put16(std::string &packet, unsigned int value)
{
    packet += char(value >> 8);
    packet += char(value & 0xFF);
}

class Reader
{
public:
    Reader(const uint8_t *octets, size_t size)
        : m_octets(octets)
        , m_size(size)
    {
    }
    [[nodiscard]] unsigned int number(size_t at) const
    {
        return at + 2 <= m_size ? unsigned(m_octets[at] << 8 | m_octets[at + 1]) : 0;
    }
    /// The name at `at`, which moves behind it.
    std::string name(size_t &at) const
    {
        std::string text;
        size_t place = at;
        bool hasJumped = false;
        for (int steps = 0; place < m_size && steps < 128; ++steps) {
            const size_t length = m_octets[place];
            if (!hasJumped)
                at = place + (length >= 0xC0 ? 2 : length + 1);
            if (length == 0)
                break;
            if (length >= 0xC0) {
                place = number(place) & 0x3FFF;
                hasJumped = true;
                continue;
            }
            if (place + 1 + length > m_size)
                break;
            if (!text.empty())
                text += '.';
            text.append(reinterpret_cast<const char *>(m_octets) + place + 1, length);
            place += length + 1;
        }
        return text;
    }
    [[nodiscard]] BareAnswer answer() const
    {
        BareAnswer answer;
        size_t at = 12;
        name(at);
        at += 4;
        for (unsigned int left = number(6); left > 0 && at < m_size; --left) {
            name(at);
            const unsigned int type = number(at), length = number(at + 8);
            at += 10;
            if (at + length > m_size)
                break;
            if (type == TypeA && length == 4) {
                in_addr address;
                std::memcpy(&address, m_octets + at, 4);
                answer.addresses.push_back(address);
            } else if (type == TypeMx) {
                size_t target = at + 2;
                answer.mailHosts.push_back(name(target));
            }
            at += length;
        }
        return answer;
    }

private:
    const uint8_t *m_octets;
    size_t m_size;
};

} // namespace

Questions::Questions(const std::string &address, uint16_t port)
    : m_socket(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
{
    const int room = 4 << 20;
    setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    sockaddr_in peer{};
    peer.sin_family = AF_INET;
    peer.sin_port = htons(port);
    peer.sin_addr.s_addr = inet_addr(address.c_str());
    connect(m_socket, reinterpret_cast<sockaddr *>(&peer), sizeof peer);
}

void Questions::ask(const std::string &name, uint16_t type, Callback callback)
{
    while (m_pending.contains(m_next))
        ++m_next;
    std::string packet;
    put16(packet, m_next);
    put16(packet, 0x0100); // recursion desired
    for (const unsigned int count : {1U, 0U, 0U, 1U})
        put16(packet, count);
    for (size_t at = 0; at < name.size();) {
        const size_t end = std::min(name.find('.', at), name.size());
        packet += char(end - at);
        packet.append(name, at, end - at);
        at = end + 1;
    }
    packet += '\0';
    put16(packet, type);
    put16(packet, 1);
    packet.append("\0\0\x29\x04\xD0\0\0\x80\0\0\0", 11); // EDNS, 1232 octets, DNSSEC OK
    send(m_socket, packet.data(), packet.size(), 0);     // what gets lost is asked again
    m_pending[m_next++] = {std::move(packet), std::move(callback), Clock::now()};
}

void Questions::askAgain()
{
    const auto now = Clock::now();
    for (auto &[id, pending] : m_pending) {
        if (now - pending.at < std::chrono::seconds(1))
            continue;
        pending.at = now;
        send(m_socket, pending.packet.data(), pending.packet.size(), 0);
    }
}

void Questions::onReady(uint32_t)
{
    uint8_t octets[4096];
    for (;;) {
        const ssize_t count = recv(m_socket, octets, sizeof octets, 0);
        if (count < 12)
            return;
        const Reader reader(octets, size_t(count));
        const auto found = m_pending.find(uint16_t(reader.number(0)));
        if (found == m_pending.end())
            continue;
        const Callback callback = std::move(found->second.callback);
        m_pending.erase(found);
        callback(reader.answer());
    }
}
