// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A real name server that can be written to (zonebed.sh) as long as this object lives.

#include "dns/unboundcontext.h"
#include "provider/catalogue.h"
#include "real/bedprocess.h"

class ZoneBed
{
public:
    /// Empty when it runs, else why not. `lines`: added to example.com, and a resolver with them.
    [[nodiscard]] QString start(const QString &kind, const QStringList &lines = {})
    {
        return m_process.start(QStringLiteral(TESTS_SOURCE_DIR "/provider/zonebed.sh"),
                               QStringList{kind} + lines, 60000);
    }
    void stop() { m_process.stop(); }
    [[nodiscard]] QString value(const char *key) const { return m_process.value(key); }
    [[nodiscard]] ServerAddress nameServer() const
    {
        return serverAddress(value("dns"), 53).value_or(ServerAddress());
    }
    [[nodiscard]] std::unique_ptr<Provider> provider(const char *id,
                                                     const QByteArray &secret = {}) const
    {
        auto made = makeProvider(
                *providerInfo(id), value("address"),
                Secret(secret.isEmpty() ? value("secret").toUtf8() : QByteArray(secret)));
        return made ? std::move(*made) : nullptr;
    }

private:
    BedProcess m_process;
};
