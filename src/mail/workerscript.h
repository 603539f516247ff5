// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The Cloudflare Worker that serves policies: one script, a table of host names.

#include "base/error.h"

#include <QByteArray>
#include <QList>

#include <optional>

struct ServedPolicy
{
    QByteArray host; // mta-sts.example.com
    QByteArray text; // octets of the policy file, or policyPassedOn()
    friend bool operator==(const ServedPolicy &, const ServedPolicy &) = default;
};

/// Module syntax, for the compatibility date below. Its first lines name each host and the SHA-256 of
/// its policy, so that the script is known again.
[[nodiscard]] Result<QByteArray> workerScript(const QList<ServedPolicy> &policies);
/// What a script of workerScript() serves, also one of another version. Nothing for any other script,
/// and for one whose policies were changed by hand: it is not ours to replace.
[[nodiscard]] std::optional<QList<ServedPolicy>> policiesOfWorker(const QByteArray &script);

/// What the Worker of a domain is called: lower case, at most 63 characters, another for each domain.
[[nodiscard]] QByteArray workerName(const QByteArray &domain);

/// A fixed date: today's would make the script change its meaning by itself.
inline constexpr char WorkerCompatibilityDate[] = "2026-01-01";
