// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A real name server that can be written to (zonebed.sh) as long as this object lives.

#include "dns/unboundcontext.h"
#include "provider/catalogue.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QProcess>

class ZoneBed
{
public:
    ~ZoneBed() { stop(); }
    /// Empty when it runs, else why not.
    [[nodiscard]] QString start(const QString &kind)
    {
        const QDeadlineTimer deadline(60000);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral("bash"),
                        {QStringLiteral(TESTS_SOURCE_DIR "/provider/zonebed.sh"), kind});
        while (m_process.canReadLine() ||
               m_process.waitForReadyRead(int(deadline.remainingTime()))) {
            while (m_process.canReadLine()) {
                const QString line = QString::fromUtf8(m_process.readLine()).trimmed();
                if (line == QLatin1String("ready"))
                    return {};
                m_values.insert(line.section(QLatin1Char('='), 0, 0),
                                line.section(QLatin1Char('='), 1));
            }
        }
        const QString missing = value("missing");
        return missing.isEmpty() ? QStringLiteral("zonebed.sh did not become ready")
                                 : QStringLiteral("%1 is not installed").arg(missing);
    }
    void stop()
    {
        m_process.closeWriteChannel();
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(10000))
            m_process.kill();
        m_process.waitForFinished(1000);
    }
    [[nodiscard]] QString value(const char *key) const
    {
        return m_values.value(QLatin1String(key));
    }
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
    QProcess m_process;
    QHash<QString, QString> m_values;
};
