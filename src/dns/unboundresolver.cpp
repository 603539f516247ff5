// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dns/unboundresolver.h"

#include "base/printable.h"
#include "dns/unboundqueries.h"

struct UnboundResolver::Private
{
    mutable UnboundQueries queries;
};

UnboundResolver::UnboundResolver(const ResolverOptions &options)
    : d(new Private{UnboundQueries(options)})
{
}

UnboundResolver::~UnboundResolver() = default;

PendingAnswer UnboundResolver::start(const QByteArray &name, RecordType type)
{
    return d->queries.start(name, type);
}

QString UnboundResolver::description() const
{
    const ResolverOptions &options = d->queries.options();
    QString servers = options.servers.isEmpty() ? QStringLiteral("the system's name servers")
                                                : options.servers.join(QStringLiteral(", "));
    if (!options.tlsName.isEmpty())
        servers += QStringLiteral(" over TLS (%1)").arg(options.tlsName);
    return printable(servers) + (isValidating() ? QStringLiteral(", validated here")
                                                : QStringLiteral(", not validated"));
}

bool UnboundResolver::isValidating() const
{
    return d->queries.made().validating;
}

QStringList UnboundResolver::problems() const
{
    return d->queries.made().problems;
}
