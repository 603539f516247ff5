// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One look in this process, with caches as cold as at the start of the program, several times:
//   onecheck TIMES DOMAIN [options of mta-sts check]
// Prints medians in milliseconds: first=  the first record is there; servers=  every mail server's
// certificate is; all=  look() has ended and judge() too.
#include "check/checks.h"
#include "survey/network.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace {

struct Times
{
    std::vector<double> first, servers, all;
};

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values.at(values.size() / 2);
}

bool hasRecord(const Survey &survey)
{
    return (survey.mx && survey.mx->isKnown()) || (survey.sts && survey.sts->isKnown());
}

bool hasServers(const Survey &survey)
{
    const auto isSeen = [](const AddressLook &look) { return look.smtp.tls.established; };
    const auto areSeen = [&](const MailHost &host) {
        return !host.addresses.isEmpty() &&
               std::all_of(host.addresses.begin(), host.addresses.end(), isSeen);
    };
    return !survey.hosts.isEmpty() &&
           std::all_of(survey.hosts.begin(), survey.hosts.end(), areSeen);
}

bool measure(const DomainName &domain, const NetworkOptions &options, Times &times)
{
    Network network(options);
    QElapsedTimer clock;
    clock.start();
    const auto now = [&] { return double(clock.nsecsElapsed()) / 1e6; };
    double first = 0, servers = 0;
    const Survey survey =
            look(domain, options.look, network.doors(), Cancel(), [&](const Survey &partial) {
                if (first == 0 && hasRecord(partial))
                    first = now();
                if (servers == 0 && hasServers(partial))
                    servers = now();
            });
    const Report report = judge(survey);
    times.all.push_back(now());
    times.first.push_back(first);
    times.servers.push_back(servers);
    return report.finished && first > 0 && servers > 0 && report.sts == Report::Sts::Enforce;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    addNetworkOptions(parser);
    parser.process(application);
    const Result<NetworkOptions> options = networkOptions(parser);
    const QStringList words = parser.positionalArguments();
    if (!options || words.size() != 2)
        return 64;
    const DomainName domain = DomainName::parse(words.at(1)).domain;
    Times times;
    for (int i = 0; i < words.at(0).toInt(); ++i) {
        if (!measure(domain, *options, times)) {
            std::fprintf(stderr, "onecheck: the bed did not give a good answer\n");
            return 1;
        }
    }
    std::printf("first=%.1f servers=%.1f all=%.1f\n", median(times.first), median(times.servers),
                median(times.all));
    return 0;
}
