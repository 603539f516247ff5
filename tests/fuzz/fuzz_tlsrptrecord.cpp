// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A TXT set, one record a line, and the same octets as a typed report address.
#include "mail/tlsrptrecord.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray octets(reinterpret_cast<const char *>(data), qsizetype(size));
    const TlsRptReading reading = readTlsRptRecords(octets.split('\n'), "example.com");
    if ((reading.outcome == RecordOutcome::Valid) == reading.rua.isEmpty())
        std::abort();
    if (!reading.rua.isEmpty() &&
        readTlsRptRecords({writeTlsRptRecord(reading.rua)}, {}).rua != reading.rua)
        std::abort();
    const TypedReportAddress typed = parseReportAddress(QString::fromUtf8(octets));
    if (!typed.uri.isEmpty() &&
        readTlsRptRecords({writeTlsRptRecord({typed.uri})}, {}).rua != QList<QByteArray>{typed.uri})
        std::abort();
    return 0;
}
