// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A token or key: moved, copied only by copy(), wiped when it goes. Nothing prints it, and the one request
// that needs it reads it.

#include <QByteArray>

#include <utility>

class Secret
{
public:
    Secret() = default;
    /// Takes the octets over; the caller's own copies are the caller's to wipe.
    explicit Secret(QByteArray &&octets)
        : m_octets(std::move(octets))
    {
        m_octets.detach();
    }
    Secret(Secret &&other) noexcept
        : m_octets(std::exchange(other.m_octets, {}))
    {
    }
    Secret &operator=(Secret &&other) noexcept
    {
        wipe();
        m_octets = std::exchange(other.m_octets, {});
        return *this;
    }
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;
    ~Secret() { wipe(); }

    [[nodiscard]] bool isEmpty() const { return m_octets.isEmpty(); }
    [[nodiscard]] const QByteArray &octets() const { return m_octets; }
    /// Octets of its own, which are wiped with the copy; on purpose, where two hold it.
    [[nodiscard]] Secret copy() const
    {
        return Secret(QByteArray(m_octets.constData(), m_octets.size()));
    }

private:
    void wipe()
    {
        // volatile: a compiler may leave out what nobody reads again.
        for (volatile char *at = m_octets.data(), *end = at + m_octets.size(); at != end; ++at)
            *at = 0;
        m_octets.clear();
    }
    QByteArray m_octets;
};

/// As it was pasted: without the blanks, line ends and one pair of quotes around it.
[[nodiscard]] inline Secret pastedSecret(const Secret &pasted)
{
    const QByteArray &all = pasted.octets();
    const auto isBlank = [&all](qsizetype at) {
        return all.at(at) == ' ' || (all.at(at) >= '\t' && all.at(at) <= '\r');
    };
    qsizetype begin = 0, end = all.size();
    const auto trim = [&] {
        while (begin < end && isBlank(begin))
            ++begin;
        while (end > begin && isBlank(end - 1))
            --end;
    };
    trim();
    const char first = begin < end ? all.at(begin) : '\0';
    if (end - begin >= 2 && (first == '"' || first == '\'') && all.at(end - 1) == first) {
        ++begin;
        --end;
        trim();
    }
    return Secret(
            QByteArray(all.constData() + begin, end - begin)); // the one copy; it is wiped too
}
