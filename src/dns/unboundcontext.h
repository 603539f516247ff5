// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A libunbound context made from our options. Nothing is sent and no thread runs before the first
// question is asked of it.

#include "dns/unboundresolver.h"

struct ub_ctx;

struct UnboundContextDelete
{
    void operator()(ub_ctx *context) const;
};
using UnboundContextPointer = std::unique_ptr<ub_ctx, UnboundContextDelete>;

struct UnboundContext
{
    UnboundContextPointer context; // empty: no question can be asked; `problems` says why
    bool validating = false;       // validation is on and a trust anchor is in force
    QStringList problems;
};

[[nodiscard]] UnboundContext makeUnboundContext(const ResolverOptions &options);
/// "192.0.2.53@853#dns.example" as libunbound wants a server; empty when it is not one.
[[nodiscard]] QByteArray serverAddress(const QString &server, const QString &tlsName);
