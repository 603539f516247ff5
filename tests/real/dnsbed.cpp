// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "real/dnsbed.h"

QString DnsBed::start(const QString &extraZones)
{
    constexpr int StartMs = 60000;
    return m_process.start(QStringLiteral(TESTS_SOURCE_DIR "/real/dnsbed.sh"),
                           extraZones.isEmpty() ? QStringList() : QStringList{extraZones}, StartMs);
}

ResolverOptions DnsBed::options() const
{
    ResolverOptions options;
    options.servers = {value("resolver")};
    options.trustAnchorFile = value("anchor");
    return options;
}
