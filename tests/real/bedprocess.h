// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A script that starts servers, prints key=value lines, "missing=PROGRAM" where one is not installed, and
// "ready"; and stops them when it is told to end or its standard input closes. #include "real/bedprocess.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QHash>
#include <QProcess>

class BedProcess
{
public:
    ~BedProcess() { stop(); }

    /// Empty when it runs, else why not: isMissing() tells a missing program from a fault.
    [[nodiscard]] QString start(const QString &script, const QStringList &arguments,
                                int milliseconds)
    {
        const QDeadlineTimer deadline(milliseconds);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral("bash"), QStringList{script} + arguments);
        while (m_process.canReadLine() ||
               m_process.waitForReadyRead(int(deadline.remainingTime()))) {
            while (m_process.canReadLine()) {
                const QByteArray line = m_process.readLine().trimmed();
                if (line == "ready")
                    return {};
                const qsizetype equals = line.indexOf('=');
                m_values.insert(line.left(equals), QString::fromUtf8(line.mid(equals + 1)));
            }
        }
        if (isMissing())
            return QStringLiteral("%1 is not installed").arg(value("missing"));
        return QStringLiteral("%1 did not become ready").arg(QFileInfo(script).fileName());
    }
    void stop()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.closeWriteChannel();
        m_process.terminate();
        if (!m_process.waitForFinished(15000))
            m_process.kill();
        m_process.waitForFinished(1000);
    }
    [[nodiscard]] bool isMissing() const { return !value("missing").isEmpty(); }
    [[nodiscard]] const QHash<QByteArray, QString> &values() const { return m_values; }
    [[nodiscard]] QString value(const QByteArray &key) const { return m_values.value(key); }

private:
    QProcess m_process;
    QHash<QByteArray, QString> m_values;
};
