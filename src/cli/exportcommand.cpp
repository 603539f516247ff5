// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts export DOMAIN --to DIR --host TARGET: writes the kit. Looks at what is live first, so that
// the id changes only with the policy.
#include "base/printable.h"
#include "cli/output.h"
#include "cli/policyoptions.h"
#include "cli/progress.h"
#include "cli/textreport.h"
#include "deploy/writebundle.h"
#include "survey/network.h"

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Options", source);
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
            text(QT_TRANSLATE_NOOP("Options", "Writes the policy file, the DNS records and the "
                                              "configuration of the server that is to serve it.")));
    parser.addPositionalArgument(QStringLiteral("DOMAIN"),
                                 text(QT_TRANSLATE_NOOP("Options", "The mail domain.")),
                                 QStringLiteral("export DOMAIN"));
    parser.addOptions({
            {QStringLiteral("to"),
             text(QT_TRANSLATE_NOOP("Options", "Folder to write into; made if need be.")),
             QStringLiteral("DIR")},
            {QStringLiteral("host"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Where the file will live: worker, nginx, apache, caddy, "
                                    "github, netlify, pages, delegate or files. Default: all of "
                                    "them but delegate.")),
             QStringLiteral("TARGET")},
            {QStringLiteral("overwrite"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Replace files that are there with other content."))},
            {QStringLiteral("json"), text(QT_TRANSLATE_NOOP("Options", "One JSON document."))},
    });
    addPolicyOptions(parser);
    addNetworkOptions(parser);
}

int printWritten(const WrittenBundle &bundle, const QString &folder, const QList<Finding> &findings,
                 bool asJson)
{
    if (asJson) {
        writeJson({{QStringLiteral("schema"), QStringLiteral("mta-sts-export/1")},
                   {QStringLiteral("folder"), folder},
                   {QStringLiteral("written"), QJsonArray::fromStringList(bundle.written)},
                   {QStringLiteral("kept"), QJsonArray::fromStringList(bundle.kept)},
                   {QStringLiteral("conflicts"), QJsonArray::fromStringList(bundle.conflicts)},
                   {QStringLiteral("notWritten"), QJsonArray::fromStringList(bundle.notWritten)},
                   {QStringLiteral("findings"), findingsJson(findings)}});
    } else {
        QString out;
        for (const QString &path : bundle.written)
            out += text("written    ") + path + QLatin1Char('\n');
        for (const QString &path : bundle.kept)
            out += text("unchanged  ") + path + QLatin1Char('\n');
        out += findingsText(findings);
        writeOut(out.toUtf8());
    }
    if (bundle.trouble) {
        usageError(QStringLiteral("stopped half-way: %1 %2. Not written, and as before: %3.")
                           .arg(bundle.trouble->what, bundle.trouble->detail,
                                bundle.notWritten.join(QStringLiteral(", "))));
        return ExitErrors;
    }
    if (bundle.conflicts.isEmpty())
        return ExitOk;
    usageError(QStringLiteral("nothing was written: other files stand in %1: %2. Choose another "
                              "folder, or give --overwrite.")
                       .arg(folder, bundle.conflicts.join(QStringLiteral(", "))));
    return ExitErrors;
}

} // namespace

int exportCommand(const Invocation &invocation)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    Result<NetworkOptions> options = networkOptions(parser);
    if (!options)
        return usageError(options.error().what);
    const QString folder = parser.value(QStringLiteral("to"));
    if (parser.positionalArguments().size() != 1 || folder.isEmpty())
        return usageError(
                QStringLiteral("try: mta-sts export example.org --to FOLDER --host nginx"));
    const TypedDomain typed = DomainName::parse(parser.positionalArguments().constFirst());
    if (typed.outcome == TypedDomain::Outcome::Reject)
        return usageError(QStringLiteral("“%1” is not a mail domain")
                                  .arg(printable(parser.positionalArguments().constFirst(), 80)));
    std::optional<Hosting> hosting;
    if (parser.isSet(QStringLiteral("host"))) {
        hosting = hostingFromName(parser.value(QStringLiteral("host")).toUtf8());
        if (!hosting)
            return usageError(
                    QStringLiteral("--host wants worker, nginx, apache, caddy, github, netlify, "
                                   "pages, delegate or files"));
    }
    options->look.smtp = false; // what is written depends on the DNS and the served file alone
    Network network(*options);
    Survey survey;
    {
        Progress progress;
        survey = look(typed.domain, network.options().look, network.doors(), invocation.cancel,
                      [&](const Survey &partial) { progress.show(partial); });
    }
    if (invocation.cancel.isCancelled())
        return ExitInterrupted;
    Result<Choices> choices = chosenPolicy(parser, survey);
    if (!choices) {
        usageError(choices.error().what);
        return choices.error().kind == Error::Kind::Malformed ? ExitUsage : ExitUnknown;
    }
    const LiveState live = liveState(survey);
    if (hosting == Hosting::Delegated && !live.canDelegate()) {
        usageError(noDelegation(survey.domain));
        return ExitUnknown;
    }
    choices->hosting = hosting.value_or(Hosting::Undecided);
    const Deployment wanted = deployment(*choices, live, survey.at);
    const auto written =
            writeBundle(bundle(wanted, hosting), folder,
                        parser.isSet(QStringLiteral("overwrite")) ? Overwrite::Yes : Overwrite::No);
    if (!written) {
        usageError(written.error().what + QLatin1Char(' ') + written.error().detail);
        return ExitErrors;
    }
    return printWritten(*written, folder, adviceOn(*choices, survey),
                        parser.isSet(QStringLiteral("json")));
}
