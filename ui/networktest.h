// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The “Test” buttons of the settings: does this resolver answer and let DNSSEC through, does this proxy
// reach port 25? Blocking, for worker threads; every wait asks its Cancel and ends within TestMs.

#include "base/severity.h"
#include "survey/network.h"

#include <functional>

inline constexpr int TestMs = 20000;

struct TestResult
{
    Severity severity = Severity::Unknown;
    QString sentence;     // translated, printable
    bool finished = true; // false: cancelled, or its time was up
};

/// `hasAnchor`: a DNSSEC trust anchor is in force (UnboundResolver::isValidating()).
[[nodiscard]] TestResult testResolver(Resolver &quick, Resolver &validating, bool hasAnchor,
                                      const Cancel &cancel);
/// Through the proxy to the first of `hosts` that has an address and answers.
[[nodiscard]] TestResult testProxy(Resolver &resolver, Smtp &smtp, const QList<QByteArray> &hosts,
                                   const Cancel &cancel);

/// How the settings dialog tests: with doors of its own, or a test's.
struct NetworkTests
{
    using Test = std::function<TestResult(const NetworkOptions &, const Cancel &)>;
    Test resolver;
    Test proxy;
};
[[nodiscard]] NetworkTests realNetworkTests();
