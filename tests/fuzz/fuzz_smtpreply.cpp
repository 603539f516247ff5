// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Replies from hostile octets: never crashes, and packet borders never change what is read.
#include "net/smtpreply.h"

#include <cstdint>
#include <cstdlib>

namespace {

struct Seen
{
    QList<SmtpReply> replies;
    SmtpReplyReader::Fault fault = SmtpReplyReader::Fault::None;
    friend bool operator==(const Seen &, const Seen &) = default;
};

Seen readInPieces(const QByteArray &octets, qsizetype piece)
{
    SmtpReplyReader reader;
    Seen seen;
    for (qsizetype at = 0; at < octets.size(); at += piece) {
        reader.feed(octets.mid(at, piece));
        while (const std::optional<SmtpReply> reply = reader.take())
            seen.replies.append(*reply);
    }
    seen.fault = reader.fault();
    return seen;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray octets(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const Seen whole = readInPieces(octets, qMax<qsizetype>(1, octets.size()));
    if (!(whole == readInPieces(octets, 1)) || !(whole == readInPieces(octets, 7)))
        std::abort();
    return 0;
}
