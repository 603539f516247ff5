// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What libunbound found, in this program's words. No look-ups here: a result goes in, an answer out.

#include "dns/answer.h"

struct ub_result;

/// `validating`: validation is on and a trust anchor is in force; otherwise security is Unknown.
[[nodiscard]] DnsAnswer answerFrom(const ub_result &result, bool validating);
/// Of the signatures in the answer section, the one that ends first; nothing without, or when malformed.
[[nodiscard]] std::optional<SignatureSpan> firstToEnd(const QByteArray &packet);
/// How many CNAME records an answer packet holds; 0 for a malformed one.
[[nodiscard]] int aliasesInPacket(const QByteArray &packet);
