// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The policy file: https://mta-sts.<domain>/.well-known/mta-sts.txt (RFC 8461 3.2). On octets.
//   version: STSv1
//   mode: testing
//   mx: mx1.example.com
//   max_age: 86400

#include "base/severity.h"
#include "mail/mxpattern.h"

#include <QByteArray>
#include <QList>
#include <QPair>

#include <optional>

struct Policy
{
    enum class Mode { None, Testing, Enforce };
    Mode mode = Mode::None;
    QList<MxPattern> mx;
    qint64 maxAge = 0;                               // seconds, 0..31557600
    QList<QPair<QByteArray, QByteArray>> extensions; // unknown fields, in order, value as octets
    friend bool operator==(const Policy &, const Policy &) = default;
};

struct PolicyReading
{
    std::optional<Policy> policy; // empty: senders get no usable policy
    bool grammarValid = false;    // matches the ABNF of RFC 8461 3.2
    QList<Issue> issues;
};

/// Reads a served body. First of doubled fields wins (STS-36); strict about everything else.
[[nodiscard]] PolicyReading readPolicy(const QByteArray &body);
/// ASCII, CRLF, version, mode, mx..., max_age; what every known sender accepts (STS-39).
[[nodiscard]] QByteArray writePolicy(const Policy &policy);
[[nodiscard]] QByteArray modeName(Policy::Mode mode); // "none", "testing", "enforce"
[[nodiscard]] std::optional<Policy::Mode> modeFromName(const QByteArray &name);
/// What is legal and still unwise: lifetimes, wide wildcards, patterns that cannot match a public
/// server or are repeated (STS-41, 42, 44, 71). `domain` (A-labels) may be empty: not known.
[[nodiscard]] QList<Issue> adviseOnPolicy(const Policy &policy, const QByteArray &domain);
