// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts: the command line. Links no widgets, so that it runs on a mail server without a desktop.
#include "cli/command.h"
#include "cli/output.h"

#include <QCoreApplication>

#include <csignal>
#include <cstring>

namespace {

using Run = int (*)(const Invocation &);
struct Command
{
    const char *name;
    Run run;
    const char *summary;
};

constexpr Command Commands[] = {
        {"check", checkCommand, "look at live deployments"},
        {"lint", lintCommand, "judge a policy file, TXT records or a typed domain offline"},
        {"tlsa", tlsaCommand,
         "make the TLSA records of a server, publish or judge them, or change its key"},
        {"dnssec", dnssecCommand, "is a zone signed and proven; have it signed"},
        {"export", exportCommand, "write policy, zone lines and host configuration"},
        {"plan", planCommand, "say what a push to a DNS service would change"},
        {"push", pushCommand, "make those changes, prove them, or take them back"},
        {"remove", removeCommand, "the dated way out of MTA-STS"},
        {"token", tokenCommand, "keep the token of a DNS service in the key store, or forget it"},
};

const Cancel *interrupted = nullptr; // set before the handler is

void onInterrupt(int)
{
    interrupted->cancel(); // one lock-free atomic store
}

QString overview()
{
    QString text = QStringLiteral("Usage: mta-sts COMMAND ... (COMMAND --help tells more)\n\n");
    for (const Command &command : Commands)
        text += QStringLiteral("  %1 %2\n")
                        .arg(QLatin1String(command.name), -8)
                        .arg(QLatin1String(command.summary));
    return text;
}

QStringList wordsOf(int argc, char **argv)
{
    // Records are octets: lint reads its words one octet a character, so that nothing is lost.
    const bool isOctets = argc > 1 && std::strcmp(argv[1], "lint") == 0;
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(isOctets ? QString::fromLatin1(argv[i]) : QString::fromLocal8Bit(argv[i]));
    return words;
}

} // namespace

int main(int argc, char **argv)
{
    const QStringList words = wordsOf(argc, argv);
    QCoreApplication app(argc, argv);
    // As the window: both keep what they know of a domain in one folder.
    QCoreApplication::setApplicationName(QStringLiteral("mta-sts-assistant"));
    QCoreApplication::setOrganizationName(QStringLiteral("mta-sts-assistant"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ASSISTANT_VERSION));
    const QString name = words.value(0);
    if (name == QLatin1String("--version")) {
        writeOut("mta-sts " ASSISTANT_VERSION "\n");
        return ExitOk;
    }
    if (name == QLatin1String("--help") || name == QLatin1String("-h")) {
        writeOut(overview().toUtf8());
        return ExitOk;
    }
    const Invocation invocation{.arguments = words, .cancel = {}};
    interrupted = &invocation.cancel;
    std::signal(SIGINT, onInterrupt);
    std::signal(SIGTERM, onInterrupt);
    for (const Command &command : Commands) {
        if (name == QLatin1String(command.name))
            return command.run(invocation);
    }
    return usageError(name.isEmpty() ? QStringLiteral("which command? Try --help.")
                                     : QStringLiteral("no command “%1”. Try --help.").arg(name));
}
