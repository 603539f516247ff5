// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Kept domains for tests, and files of them.

#include "store/domainstore.h"

[[nodiscard]] inline DomainName named(const QByteArray &ascii)
{
    return *DomainName::fromAscii(ascii);
}

/// Protected, checked an hour ago.
[[nodiscard]] inline KeptDomain keptDomain(const QByteArray &name)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    KeptDomain kept;
    kept.domain = named(name);
    LastCheck check;
    check.at = now.addSecs(-3600);
    check.verdict = Verdict::Ok;
    check.sts = Report::Sts::Enforce;
    check.tlsRpt = Report::TlsRpt::Present;
    check.mx = {"mx1." + name};
    kept.lastCheck = check;
    kept.served = LastServed{"one",
                             "version: STSv1\r\nmode: enforce\r\nmx: mx1." + name +
                                     "\r\nmax_age: 604800\r\n",
                             now.addDays(-9),
                             check.at,
                             {}};
    return kept;
}

inline void keepIn(const QString &folder, const QList<KeptDomain> &all)
{
    for (const KeptDomain &kept : all) {
        if (!DomainStore(folder).save(kept))
            qFatal("%s cannot be written", qPrintable(folder));
    }
}
