// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window program: options, then the window; nothing is looked up, loaded or read before that.

#include "check/checks.h"
#include "keylook.h"
#include "networksettings.h"
#include "program.h"
#include "rolloverjobs.h"

#include <QApplication>
#include <QCommandLineParser>

#include <cstdio>

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    Program::prepare();
    QCommandLineParser parser;
    parser.setApplicationDescription(Program::description());
    parser.addHelpOption();
    parser.addVersionOption();
    Program::addOptions(parser);
    parser.addOption({QStringLiteral("practice"),
                      QCoreApplication::translate(
                              "Program", "With a practice domain inside the program; nothing "
                                         "leaves this computer.")});
    addNetworkOptions(parser);
    parser.process(application);
    const Result<NetworkOptions> given = networkOptions(parser);
    if (!given) {
        std::fprintf(stderr, "mta-sts-assistant: %s\n", qPrintable(given.error().what));
        return 64;
    }

    if (parser.isSet(QStringLiteral("practice")))
        return Program::practise(parser);

    const auto makeEngine = [&parser, &given](const QSettings &settings) {
        const NetworkOptions options =
                withSettings(*given, parser, NetworkSettings::read(settings));
        // Doors of its own for every look: "check again" must not see what a resolver remembers.
        const auto look = [options](const DomainName &domain, const Cancel &cancel,
                                    const Engine::Progress &progress) {
            Network network(options);
            return ::look(domain, options.look, network.doors(), cancel, progress);
        };
        return Engine{look, judge, realPublishDoors(options), serverKeysDoor(options),
                      rolloverDoor(options)};
    };
    return Program::run(parser, makeEngine);
}
