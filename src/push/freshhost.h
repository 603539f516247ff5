// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The addresses of a host that has just been made. A resolver that was asked before it was made may go on
// saying for half an hour that there is none (RFC 2308 5); the servers of the zone know better.

#include "dns/resolver.h"
#include "provider/nameserverlook.h"

#include <future>
#include <vector>

class FreshHost : public Resolver
{
public:
    /// Everything but the addresses of `host` is `other`'s to answer, and those, too, where none of
    /// `servers` has any: an alias leads out of their zone.
    FreshHost(Resolver &other, QByteArray host, QList<NamedServer> servers);
    ~FreshHost() override; // cancels and waits
    [[nodiscard]] PendingAnswer start(const QByteArray &name, RecordType type) override;
    [[nodiscard]] QString description() const override { return m_other.description(); }

private:
    void ask(RecordType type, const PendingAnswer &pending) const;

    Resolver &m_other;
    QByteArray m_host;
    QList<NamedServer> m_servers;
    Cancel m_cancel;
    std::vector<std::future<void>> m_asking;
    std::mutex m_mutex; // of m_asking
};
