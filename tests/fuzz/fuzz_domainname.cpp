// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any typed text: a domain that comes out is one that is strict by itself.
#include "mail/domainname.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray octets(reinterpret_cast<const char *>(data), qsizetype(size));
    const TypedDomain typed = DomainName::parse(QString::fromUtf8(octets));
    const bool isRejected = typed.outcome == TypedDomain::Outcome::Reject;
    if (isRejected != typed.domain.isEmpty())
        std::abort();
    if (!isRejected && DomainName::fromAscii(typed.domain.ascii()) != typed.domain)
        std::abort();
    (void)typed.domain.display();
    (void)typed.suggestion.display();
    (void)organizationalDomain(octets.left(300));
    return 0;
}
