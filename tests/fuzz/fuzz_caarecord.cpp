// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Record data as octets and as zone-file text; what is read can be written and read again.
#include "mail/caarecord.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray octets(reinterpret_cast<const char *>(data), qsizetype(size));
    for (const std::optional<CaaRecord> &record : {caaFromWire(octets), caaFromText(octets)}) {
        if (!record)
            continue;
        (void)mayIssue(QList<CaaRecord>{*record}, "letsencrypt.org", CertificateKind::Wildcard);
        if (record->value.size() < 60000 && caaFromText(caaToText(*record)) != record)
            std::abort();
    }
    (void)relevantCaaSet(octets, {});
    return 0;
}
