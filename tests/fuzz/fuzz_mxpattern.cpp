// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A pattern and a host name (split at the first line end): never crashes, and a match means that the
// names agree in length but for the wildcard's label.
#include "mail/mxpattern.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray octets(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const qsizetype border = octets.indexOf('\n');
    const auto pattern = MxPattern::parse(octets.left(border));
    const QByteArray host = border < 0 ? octets : octets.mid(border + 1);
    const bool isUsable = isHostName(host);
    if (!pattern || !pattern->matches(host))
        return 0;
    const QByteArray name = host.endsWith('.') ? host.chopped(1) : host;
    if (!isUsable || name.count('.') != pattern->text().count('.') ||
        (!pattern->isWildcard() && name.size() != pattern->text().size()))
        std::abort();
    return 0;
}
