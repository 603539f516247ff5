// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/network.h"

#include "survey/sharedhosts.h"

struct Network::Private
{
    explicit Private(const NetworkOptions &chosen)
        : options(chosen)
        , quick(withValidation(chosen.resolver, ResolverOptions::Validation::Off))
        , validating(withValidation(chosen.resolver, ResolverOptions::Validation::On))
        , trust(TrustStore::system(chosen.caFile))
        , fetcher(trust)
        , probe(trust, smtpOptions(chosen))
    {
    }
    static SmtpOptions smtpOptions(const NetworkOptions &chosen)
    {
        SmtpOptions options;
        options.proxy = chosen.smtpProxy;
        return options;
    }
    static ResolverOptions withValidation(ResolverOptions options,
                                          ResolverOptions::Validation validation)
    {
        options.validation = validation;
        return options;
    }

    NetworkOptions options;
    UnboundResolver quick, validating;
    TrustStore trust;
    PolicyFetcher fetcher;
    SmtpProbe probe;
    SharedHosts shared;
};

Network::Network(const NetworkOptions &options)
    : d(std::make_unique<Private>(options))
{
}
Network::~Network() = default;

Doors Network::doors()
{
    return {d->quick, d->validating, d->fetcher, d->probe, d->shared};
}

const NetworkOptions &Network::options() const
{
    return d->options;
}

QStringList Network::problems() const
{
    QStringList all = d->validating.problems();
    if (!d->trust.problem().isEmpty())
        all.append(d->trust.problem());
    return all;
}
