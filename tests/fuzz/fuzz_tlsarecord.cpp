// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Record data as octets and as zone-file text; what is read can be written and read again.
#include "mail/tlsarecord.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray octets(reinterpret_cast<const char *>(data), qsizetype(size));
    if (const std::optional<TlsaRecord> record = tlsaFromWire(octets)) {
        (void)whyUnusable(*record);
        (void)adviceOn({*record, *record});
    }
    const TlsaReading reading = readTlsa(octets);
    if (reading.record && readTlsa(tlsaToText(*reading.record)).record != reading.record)
        std::abort();
    return 0;
}
