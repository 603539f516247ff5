// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/carryout.h"

#include "cli/output.h"
#include "cli/plantext.h"
#include "cli/textreport.h"
#include "dns/presentation.h"
#include "push/proof.h"
#include "push/tlsasight.h"

#include <cstdio>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Push", source);
}

QList<Finding> blockersOf(const Plan &plan)
{
    QList<Finding> findings;
    for (const Issue &issue : plan.blockers)
        findings.append(toFinding(issue, Group::Record, plan.domain.display()));
    return findings;
}

QJsonObject preparedJson(const Prepared &made)
{
    QJsonObject json = planJson(made.plan);
    json[QStringLiteral("findings")] =
            findingsJson(blockersOf(made.plan) + made.against + made.advice);
    return json;
}

void tellProblems(const Prepared &made)
{
    for (const QString &problem : made.looked.problems)
        usageError(problem);
}

void show(const Prepared &made, bool asJson)
{
    if (asJson) {
        writeJson(preparedJson(made));
        return;
    }
    QString out = planText(made.plan);
    out += findingsText(blockersOf(made.plan) + made.advice);
    if (made.plan.isEmpty() && made.plan.blockers.isEmpty())
        out += text(QT_TRANSLATE_NOOP("Push", "Everything is already as it should be.\n"));
    writeOut(out.toUtf8());
}

QJsonArray namesJson(const QList<SetChange> &sets)
{
    QJsonArray names;
    for (const SetChange &set : sets)
        names.append(QString::fromLatin1(typeName(set.type) + ' ' + set.name));
    return names;
}

QJsonObject outcomeJson(const Outcome &outcome, const QString &journal)
{
    return {{QStringLiteral("schema"), QStringLiteral("mta-sts-push/1")},
            {QStringLiteral("state"), QString::fromLatin1(outcomeName(outcome.state))},
            {QStringLiteral("done"), namesJson(outcome.done)},
            {QStringLiteral("notDone"), namesJson(outcome.notDone)},
            {QStringLiteral("policyHostDone"), outcome.isHostDone},
            {QStringLiteral("serversWithout"), QJsonArray::fromStringList(outcome.serversWithout)},
            {QStringLiteral("trouble"),
             outcome.trouble ? QJsonValue(outcome.trouble->what) : QJsonValue()},
            {QStringLiteral("journal"), journal}};
}

int statusOf(Outcome::State state)
{
    return state == Outcome::State::Nothing || state == Outcome::State::Done ? ExitOk : ExitErrors;
}

/// Carries the plan out, saying each step.
int pushIt(Prepared &made, bool asJson, const Cancel &cancel)
{
    keep(made.words, made.looked.kept);
    auto journal = Journal::start(made.words.journals(), made.plan, QDateTime::currentDateTimeUtc(),
                                  made.against);
    if (!journal)
        return end({ExitErrors, journal.error().what + QStringLiteral(": ") +
                                        journal.error().detail +
                                        QStringLiteral(". Nothing was changed.")});
    const PushWords &words = made.words;
    PushDoors doors{*words.service.provider,
                    [&](const DomainName &domain, const Cancel &stop) {
                        return servedPolicy(domain, words.network, words.dnsPort, stop);
                    },
                    [&](const Cancel &stop) {
                        return nameServersOf(made.plan.zone.name, words.network, words.dnsPort,
                                             stop);
                    },
                    words.service.policyHost.get()};
    openTlsaDoors(doors, words.network, made.against);
    const Outcome outcome = push(made.plan, doors, *journal, cancel, [&](const PushEvent &event) {
        if (!asJson)
            writeOut(eventText(event).toUtf8());
    });
    if (asJson)
        writeJson(outcomeJson(outcome, journal->path()));
    else
        writeOut((outcomeText(outcome, journal->path()) + made.byHand).toUtf8());
    return statusOf(outcome.state);
}

} // namespace

Stopped stopped(const Error &error)
{
    const bool isUnknown = error.kind == Error::Kind::Network ||
                           error.kind == Error::Kind::Timeout ||
                           error.kind == Error::Kind::NotFound;
    const int status = error.kind == Error::Kind::Malformed   ? int(ExitUsage)
                       : error.kind == Error::Kind::Cancelled ? int(ExitInterrupted)
                       : isUnknown                            ? int(ExitUnknown)
                                                              : int(ExitErrors);
    return {status,
            error.detail.isEmpty() ? error.what : error.what + QStringLiteral(": ") + error.detail};
}

int end(const Stopped &stopped)
{
    if (!stopped.why.isEmpty())
        usageError(stopped.why);
    return stopped.status;
}

bool isAgreedTo(const QString &question)
{
#ifdef Q_OS_UNIX
    if (isatty(STDIN_FILENO) == 0)
        return false;
#endif
    writeOut((question + text(QT_TRANSLATE_NOOP("Push", " [y/N] "))).toUtf8());
    char answer[16] = {};
    return std::fgets(answer, sizeof answer, stdin) != nullptr &&
           (answer[0] == 'y' || answer[0] == 'Y');
}

void describe(QCommandLineParser &parser, const char *command, const QString &description)
{
    parser.setApplicationDescription(description);
    parser.addPositionalArgument(QStringLiteral("DOMAIN"),
                                 text(QT_TRANSLATE_NOOP("Push", "The mail domain.")),
                                 QLatin1String(command) + QStringLiteral(" DOMAIN"));
}

void addConsentOptions(QCommandLineParser &parser)
{
    parser.addOptions({
            {QStringLiteral("yes"),
             text(QT_TRANSLATE_NOOP("Push", "Do not ask before the changes are made."))},
            {QStringLiteral("override"),
             text(QT_TRANSLATE_NOOP("Push",
                                    "The domain once more: do it although mail could be lost.")),
             QStringLiteral("DOMAIN")},
    });
}

int showPlan(const Prepared &made, bool asJson)
{
    tellProblems(made);
    show(made, asJson);
    if (!asJson)
        writeOut(findingsText(made.against).toUtf8());
    return made.plan.isEmpty() && made.plan.blockers.isEmpty() ? int(ExitOk) : int(ExitChanges);
}

int carryOut(Prepared &made, const QCommandLineParser &parser, const Cancel &cancel)
{
    const bool asJson = parser.isSet(QStringLiteral("json"));
    tellProblems(made);
    if (!asJson || made.plan.isEmpty() || !made.plan.blockers.isEmpty())
        show(made, asJson);
    if (!made.plan.blockers.isEmpty()) {
        usageError(QStringLiteral("nothing was changed: see above what stands in the way"));
        return ExitRefused;
    }
    if (made.plan.isEmpty()) {
        if (!asJson)
            writeOut(made.byHand.toUtf8());
        return ExitOk;
    }
    const QString override = parser.value(QStringLiteral("override"));
    if (!made.against.isEmpty() &&
        DomainName::parse(override).domain.ascii() != made.words.domain.ascii()) {
        if (asJson)
            show(made, true); // the reasons are among its findings
        else
            writeOut(findingsText(made.against).toUtf8());
        usageError(QStringLiteral("nothing was changed, because mail could be lost. To do it all "
                                  "the same, add --override %1")
                           .arg(made.words.domain.display()));
        return ExitRefused;
    }
    if (!parser.isSet(QStringLiteral("yes")) &&
        !isAgreedTo(text(QT_TRANSLATE_NOOP("Push", "Make these changes?"))))
        return end({ExitErrors, QStringLiteral("nothing was changed: say yes, or give --yes where "
                                               "nobody can be asked")});
    return pushIt(made, asJson, cancel);
}
