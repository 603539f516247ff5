// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/inflater.h"

#include <array>

Inflater::Inflater()
    : m_usable(inflateInit2(&m_stream, 15 + 32) == Z_OK) // gzip or zlib, by its header
{
}

Inflater::~Inflater()
{
    inflateEnd(&m_stream);
}

Inflater::Result Inflater::add(const QByteArray &octets, QByteArray &out, qsizetype limit)
{
    if (!m_usable || m_ended)
        return Result::Bad;
    QByteArray input = octets; // zlib wants it writable
    m_stream.next_in = reinterpret_cast<Bytef *>(input.data());
    m_stream.avail_in = static_cast<uInt>(input.size());
    std::array<char, 4096> piece;
    for (;;) {
        m_stream.next_out = reinterpret_cast<Bytef *>(piece.data());
        m_stream.avail_out = static_cast<uInt>(piece.size());
        const int result = inflate(&m_stream, Z_NO_FLUSH);
        const auto made = static_cast<qsizetype>(piece.size() - m_stream.avail_out);
        if (out.size() + made > limit)
            return Result::Full;
        out.append(piece.data(), made);
        m_ended = result == Z_STREAM_END;
        if (m_ended)
            return m_stream.avail_in == 0 ? Result::End : Result::Bad;
        if (result != Z_OK && result != Z_BUF_ERROR)
            return Result::Bad;
        if (m_stream.avail_in == 0 && m_stream.avail_out > 0)
            return Result::More;
        if (result == Z_BUF_ERROR)
            return Result::Bad;
    }
}
