// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Hostile certificates: read, named and judged without a crash, and shown without control characters.
#include "net/certificate.h"

#include <cstdlib>

static void use(const QList<Certificate> &chain)
{
    static const TrustStore none = TrustStore::only({});
    static const QDateTime now = QDateTime::fromSecsSinceEpoch(1800000000, Qt::UTC);
    for (const Certificate &certificate : chain) {
        const QString shown = certificate.subject + certificate.issuer + certificate.commonName +
                              certificate.dnsNames.join(QString());
        for (const QChar character : shown) {
            if (character.category() == QChar::Other_Control)
                std::abort();
        }
        static_cast<void>(namesHost(certificate, "mx1.example.com"));
    }
    // Nothing is trusted by a store without roots.
    if (judgeChain(chain, "mx1.example.com", none, now).trusted)
        std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray octets(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const std::optional<Certificate> certificate = certificateFromDer(octets))
        use({*certificate, *certificate});
    use(certificatesFromPem(octets));
    return 0;
}
