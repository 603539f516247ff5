// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The reader of HTTP answers: whole, octet by octet and in halves must come to the same end.
#include "net/http.h"

#include <cstdlib>

namespace {

struct End
{
    HttpReader::State state;
    int status;
    QByteArray body;
    bool operator==(const End &) const = default;
};

End readIn(const QByteArray &octets, qsizetype piece)
{
    HttpReader reader({512, 1024});
    for (qsizetype at = 0; at < octets.size(); at += piece)
        reader.feed(octets.mid(at, piece));
    const HttpReader::State state = reader.finish(false);
    if (reader.answer().body.size() > 1024 || (state == HttpReader::State::Reading))
        std::abort();
    const bool whole = state == HttpReader::State::Complete;
    return {state, whole ? reader.answer().status : 0, whole ? reader.answer().body : QByteArray()};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray octets(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const End whole = readIn(octets, octets.size());
    if (!(whole == readIn(octets, 1)) || !(whole == readIn(octets, 1 + octets.size() / 2)))
        std::abort();
    return 0;
}
