// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts tlsa hook: the deploy hook for renewal programs, to be saved on the mail server.
#include "base/printable.h"
#include "cli/output.h"
#include "dane/renewaladvice.h"

#include <QCoreApplication>

int tlsaHookCommand(const Invocation &invocation)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
            "Options", "Prints a script that renewal programs run before the mail server takes a "
                       "new certificate: it holds back what senders that check DANE would refuse. "
                       "Without servers, they are to be filled in."));
    parser.addPositionalArgument(QStringLiteral("hook"), QString(),
                                 QStringLiteral("tlsa hook [HOST...]"));
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    QList<DomainName> servers;
    for (const QString &word : parser.positionalArguments().mid(1)) {
        const TypedDomain read = DomainName::parse(word);
        if (read.outcome == TypedDomain::Outcome::Reject)
            return usageError(QStringLiteral("“%1” is not the name of a mail server")
                                      .arg(printable(word, 80)));
        if (!servers.contains(read.domain))
            servers.append(read.domain);
    }
    writeOut(tlsaDeployHook(servers));
    return ExitOk;
}
