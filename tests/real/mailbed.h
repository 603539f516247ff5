// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The small internet of bed.sh (see there for its domains) as long as this object lives, and the
// real mta-sts program run in it.

#include "real/bedprocess.h"

#include <QJsonObject>
#include <QTemporaryDir>

class MailBed
{
public:
    /// How a command ended; status is -1 when it did not end by itself.
    struct Run
    {
        int status = -1;
        QByteArray out;
        QByteArray err;
        /// For QVERIFY2.
        [[nodiscard]] QByteArray told() const
        {
            return "status " + QByteArray::number(status) + '\n' + out.right(4000) +
                   err.right(4000);
        }
    };

    MailBed() = default;
    MailBed(const MailBed &) = delete;
    MailBed &operator=(const MailBed &) = delete;
    /// Empty when it runs, else why not: isMissing() tells a missing program from a fault.
    [[nodiscard]] QString start();
    [[nodiscard]] bool isMissing() const { return m_process.isMissing(); }
    [[nodiscard]] QString value(const QByteArray &key) const { return m_process.value(key); }
    [[nodiscard]] bool hasOwnNetwork() const
    {
        return value("own_network") == QLatin1String("yes");
    }
    [[nodiscard]] QStringList domains() const { return value("domains").split(QLatin1Char(' ')); }
    /// Every mail server of the bed, in order.
    [[nodiscard]] QList<QByteArray> hosts() const;

    /// Runs a command in the network of the bed.
    [[nodiscard]] Run run(const QStringList &command) const;
    /// mta-sts check with the bed's resolver, roots and ports; a later --resolver replaces them.
    [[nodiscard]] Run check(const QStringList &words) const;
    /// One domain, as JSON; empty and a failed test when there is none.
    [[nodiscard]] QJsonObject checked(const QString &domain) const;

private:
    QTemporaryDir m_dir;
    BedProcess m_process; // ends before its folder goes
};
