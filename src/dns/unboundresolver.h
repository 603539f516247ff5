// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The resolver on libunbound: asynchronous, one context with one dispatcher thread.

#include "base/limits.h"
#include "dns/resolver.h"

#include <QStringList>

struct ResolverOptions
{
    QStringList servers;     // "192.0.2.53", "192.0.2.53@5300"; empty: the system's
    QString tlsName;         // not empty: DNS over TLS to those servers, with this name certified
    QString caFile;          // extra roots for DNS over TLS
    QString trustAnchorFile; // empty: the system's root key, else the one shipped
    enum class Validation { On, Off };
    Validation validation = Validation::On;
    int lookupMs = Limits::DnsLookupMs;
};

class UnboundResolver : public Resolver
{
public:
    explicit UnboundResolver(const ResolverOptions &options);
    ~UnboundResolver() override;
    [[nodiscard]] PendingAnswer start(const QByteArray &name, RecordType type) override;
    [[nodiscard]] QString description() const override;
    /// True when validation is on and a trust anchor is in force. Whether the path lets DNSSEC
    /// through is another question: rootKeyIsSecure().
    [[nodiscard]] bool isValidating() const;
    /// Options that could not be used (unreadable anchor, bad address): one printable sentence each.
    [[nodiscard]] QStringList problems() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};
