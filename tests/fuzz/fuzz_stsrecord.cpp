// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any TXT set at _mta-sts (records split at NUL NUL): never crashes, an id is always usable.
#include "mail/stsrecord.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    QByteArray octets(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    QList<QByteArray> texts;
    const QByteArray border(2, '\0');
    for (qsizetype end = octets.indexOf(border); end >= 0; end = octets.indexOf(border)) {
        texts.append(octets.left(end));
        octets.remove(0, end + border.size());
    }
    texts.append(octets);
    const StsReading reading = readStsRecords(texts);
    if (reading.outcome == RecordOutcome::Unknown)
        std::abort();
    if (reading.outcome == RecordOutcome::Valid &&
        readStsRecords({writeStsRecord(reading.id)}).id != reading.id)
        std::abort();
    return 0;
}
