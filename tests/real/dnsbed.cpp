// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "real/dnsbed.h"

#include <QDeadlineTimer>

DnsBed::~DnsBed()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(10000))
        m_process.kill();
    m_process.waitForFinished(1000);
}

QString DnsBed::start(const QString &extraZones)
{
    constexpr int StartMs = 60000;
    const QDeadlineTimer deadline(StartMs);
    QStringList arguments{QStringLiteral(TESTS_SOURCE_DIR "/real/dnsbed.sh")};
    if (!extraZones.isEmpty())
        arguments.append(extraZones);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral("bash"), arguments);
    while (m_process.canReadLine() || m_process.waitForReadyRead(int(deadline.remainingTime()))) {
        while (m_process.canReadLine()) {
            const QString line = QString::fromUtf8(m_process.readLine()).trimmed();
            if (line == QLatin1String("ready"))
                return {};
            m_values.insert(line.section(QLatin1Char('='), 0, 0),
                            line.section(QLatin1Char('='), 1));
        }
    }
    if (isMissing())
        return QStringLiteral("%1 is not installed").arg(value("missing"));
    return QStringLiteral("dnsbed.sh did not become ready");
}

QString DnsBed::value(const char *key) const
{
    return m_values.value(QLatin1String(key));
}

ResolverOptions DnsBed::options() const
{
    ResolverOptions options;
    options.servers = {value("resolver")};
    options.trustAnchorFile = value("anchor");
    return options;
}
