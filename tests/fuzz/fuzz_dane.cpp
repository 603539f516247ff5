// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One hostile TLSA record and one hostile certificate:  length (2 octets), record, certificate.
#include "net/dane.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const QByteArray octets(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const qsizetype length = data[0] * 256 + data[1];
    const std::optional<TlsaRecord> record = tlsaFromWire(octets.mid(2, length));
    const std::optional<Certificate> leaf = certificateFromDer(octets.mid(2 + length));
    if (!record)
        return 0;
    DaneInput input;
    input.records = {*record};
    input.names = {"mx1.example.com"};
    input.now = QDateTime::fromSecsSinceEpoch(1800000000, Qt::UTC);
    if (leaf) {
        input.chain = {*leaf, *leaf};
        input.records.append({3, 1, 1, tlsaData(*leaf, 1, 1)});
    }
    const DaneVerdict verdict = judgeDane(input);
    // A record of the very key, if it can be read at all, always authenticates, unless a stronger digest hides it.
    if (leaf && record->matching != 2 && leaf->keyBits > 0 &&
        verdict.result != DaneResult::Authenticated)
        std::abort();
    return 0;
}
