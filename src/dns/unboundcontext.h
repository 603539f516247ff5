// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A libunbound context made from our options. Nothing is sent and no thread runs before the first
// question is asked of it.

#include "dns/tlsbridge.h"
#include "dns/unboundresolver.h"

#include <optional>
#include <vector>

struct ub_ctx;

struct UnboundContextDelete
{
    void operator()(ub_ctx *context) const;
};
using UnboundContextPointer = std::unique_ptr<ub_ctx, UnboundContextDelete>;

struct UnboundContext
{
    std::vector<std::unique_ptr<TlsBridge>> bridges; // outlive the context that talks to them
    UnboundContextPointer context; // empty: no question can be asked; `problems` says why
    bool validating = false;       // validation is on and a trust anchor is in force
    QStringList problems;
};

[[nodiscard]] UnboundContext makeUnboundContext(const ResolverOptions &options);

struct ServerAddress
{
    QHostAddress address;
    quint16 port = 53;
    friend bool operator==(const ServerAddress &, const ServerAddress &) = default;
};
/// "192.0.2.53" or "192.0.2.53@5300".
[[nodiscard]] std::optional<ServerAddress> serverAddress(const QString &server,
                                                         quint16 defaultPort);
