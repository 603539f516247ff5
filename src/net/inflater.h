// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inflates gzip and zlib streams piece by piece, and never gives out more than it is allowed to.

#include <QByteArray>

#include <zlib.h>

class Inflater
{
public:
    enum class Result { More, End, Bad, Full };
    Inflater();
    ~Inflater();
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    /// Appends to `out`; Full when it would become longer than `limit`.
    [[nodiscard]] Result add(const QByteArray &octets, QByteArray &out, qsizetype limit);
    [[nodiscard]] bool hasEnded() const { return m_ended; }

private:
    z_stream m_stream{};
    bool m_usable = false;
    bool m_ended = false;
};
