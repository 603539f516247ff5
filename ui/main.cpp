// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window program: options, then the window; nothing is looked up, loaded or read before that.

#include "check/checks.h"
#include "program.h"
#include "survey/network.h"
#include "survey/sharedhosts.h"

#include <QApplication>
#include <QCommandLineParser>

#include <cstdio>
#include <mutex>

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    Program::prepare();
    QCommandLineParser parser;
    parser.setApplicationDescription(Program::description());
    parser.addHelpOption();
    parser.addVersionOption();
    Program::addOptions(parser);
    addNetworkOptions(parser);
    parser.process(application);
    const Result<NetworkOptions> options = networkOptions(parser);
    if (!options) {
        std::fprintf(stderr, "mta-sts-assistant: %s\n", qPrintable(options.error().what));
        return 64;
    }

    // Made by the first look, in its worker; outlives the window and so every look.
    std::unique_ptr<Network> network;
    std::once_flag once;
    const auto look = [&](const DomainName &domain, const Cancel &cancel,
                          const Engine::Progress &progress) {
        std::call_once(once, [&] { network = std::make_unique<Network>(*options); });
        const Doors doors = network->doors();
        doors.shared.clear(); // "check again" looks again
        return ::look(domain, options->look, doors, cancel, progress);
    };
    return Program::run(parser, {look, [](const Survey &survey) { return judge(survey); }});
}
