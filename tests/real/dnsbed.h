// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The small DNS of dnsbed.sh (see there for its zones) as long as this object lives.
//
//     DnsBed bed;
//     if (const QString why = bed.start(); !why.isEmpty()) QSKIP(qPrintable(why));
//     UnboundResolver resolver(bed.options());

#include "dns/unboundresolver.h"
#include "real/bedprocess.h"

class DnsBed
{
public:
    DnsBed() = default;
    DnsBed(const DnsBed &) = delete;
    DnsBed &operator=(const DnsBed &) = delete;
    /// Empty when it runs, else why not: isMissing() tells a missing program from a fault.
    [[nodiscard]] QString start(const QString &extraZones = {});
    [[nodiscard]] bool isMissing() const { return m_process.isMissing(); }
    [[nodiscard]] QString value(const char *key) const { return m_process.value(key); }
    /// A validating resolver on this bed.
    [[nodiscard]] ResolverOptions options() const;

private:
    BedProcess m_process;
};
