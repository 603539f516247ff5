// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A body that can be sent once only. Qt sends a request again, on its own, when the connection was cut
// before an answer came; what writes must not be done twice (PUSH-10), and without a body to send again
// it cannot be.

#include <QIODevice>

#include <algorithm>

class OneTimeBody : public QIODevice
{
public:
    explicit OneTimeBody(QByteArray octets)
        : m_octets(std::move(octets))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    bool atEnd() const override { return m_at == m_octets.size(); }
    qint64 bytesAvailable() const override { return m_octets.size() - m_at; }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 count = qMin(most, m_octets.size() - m_at);
        std::copy_n(m_octets.constData() + m_at, count, data);
        m_at += count;
        return count == 0 && most > 0 ? -1 : count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const QByteArray m_octets;
    qint64 m_at = 0;
};
