// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The Cloudflare Worker that serves policies: one script, a table of host names.

#include "base/error.h"

#include <QByteArray>
#include <QList>

struct ServedPolicy
{
    QByteArray host; // mta-sts.example.com
    QByteArray text; // octets of the policy file
};

/// Module syntax, for the compatibility date below.
[[nodiscard]] Result<QByteArray> workerScript(const QList<ServedPolicy> &policies);

/// A fixed date: today's would make the script change its meaning by itself.
inline constexpr char WorkerCompatibilityDate[] = "2026-01-01";
