// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts export DOMAIN --to DIR --host TARGET: writes the kit. Looks at what is live first, so that
// the id changes only with the policy.
#include "base/printable.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/textreport.h"
#include "deploy/advice.h"
#include "deploy/proposal.h"
#include "deploy/writebundle.h"
#include "mail/tlsrptrecord.h"
#include "survey/network.h"

namespace {

Error wrong(const QString &sentence)
{
    return {Error::Kind::Malformed, sentence, {}};
}

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
            {QStringLiteral("mode"),
             text(QT_TRANSLATE_NOOP(
                     "Options", "testing, enforce or none. Default: as it is live, else testing.")),
             QStringLiteral("MODE")},
            {QStringLiteral("max-age"),
             text(QT_TRANSLATE_NOOP("Options", "Seconds that senders keep the policy.")),
             QStringLiteral("N")},
            {QStringLiteral("mx"),
             text(QT_TRANSLATE_NOOP("Options", "Mail server or pattern to allow; may be given "
                                               "again. Default: from the live MX "
                                               "records.")),
             QStringLiteral("PATTERN")},
            {QStringLiteral("rua"),
             text(QT_TRANSLATE_NOOP(
                     "Options",
                     "Address for TLS reports, a mailbox or https://; may be given again.")),
             QStringLiteral("ADDRESS")},
            {QStringLiteral("overwrite"),
             text(QT_TRANSLATE_NOOP("Options",
                                    "Replace files that are there with other content."))},
            {QStringLiteral("json"), text(QT_TRANSLATE_NOOP("Options", "One JSON document."))},
    });
    addNetworkOptions(parser);
}

Result<void> readPatterns(const QCommandLineParser &parser, const Survey &survey, Choices &choices)
{
    for (const QString &typed : parser.values(QStringLiteral("mx"))) {
        const std::optional<MxPattern> pattern = MxPattern::parse(typed.toUtf8());
        if (!pattern)
            return tl::unexpected(wrong(QStringLiteral("--mx %1 is not a host name or *. and one")
                                                .arg(printable(typed))));
        choices.mx.append(*pattern);
    }
    if (!choices.mx.isEmpty())
        return {};
    choices.mx = proposedChoices(survey).mx;
    if (!survey.mx || !survey.mx->isKnown())
        return failed(Error::Kind::Network,
                      QStringLiteral("the mail servers of %1 could not be looked up; check the "
                                     "network, or name them with --mx")
                              .arg(survey.domain.display()));
    if (choices.mx.isEmpty())
        return failed(
                Error::Kind::NotFound,
                QStringLiteral("%1 has no mail servers; name them with --mx if mail should arrive")
                        .arg(survey.domain.display()));
    return {};
}

Result<Choices> readChoices(const QCommandLineParser &parser, const Survey &survey)
{
    Choices choices;
    choices.domain = survey.domain;
    // What is live stays, unless the words say otherwise.
    const std::optional<Policy> live = livePolicy(survey);
    if (live && live->mode != Policy::Mode::None)
        choices.mode = live->mode;
    if (parser.isSet(QStringLiteral("mode"))) {
        const auto mode = modeFromName(parser.value(QStringLiteral("mode")).toUtf8());
        if (!mode)
            return tl::unexpected(wrong(QStringLiteral("--mode wants testing, enforce or none")));
        choices.mode = *mode;
    }
    choices.maxAge =
            live && live->mode == choices.mode ? live->maxAge : defaultMaxAge(choices.mode);
    if (parser.isSet(QStringLiteral("max-age"))) {
        bool isNumber = false;
        choices.maxAge = parser.value(QStringLiteral("max-age")).toLongLong(&isNumber);
        if (!isNumber || choices.maxAge < 0 || choices.maxAge > Limits::MaxAge)
            return tl::unexpected(wrong(
                    QStringLiteral("--max-age wants seconds from 0 to %1").arg(Limits::MaxAge)));
    }
    for (const QString &typed : parser.values(QStringLiteral("rua"))) {
        const TypedReportAddress address = parseReportAddress(typed);
        if (address.uri.isEmpty())
            return tl::unexpected(
                    wrong(QStringLiteral("--rua %1 is not a mailbox or an https:// address")
                                  .arg(printable(typed))));
        choices.reportTo.append(address.uri);
    }
    if (const auto done = readPatterns(parser, survey, choices); !done)
        return tl::unexpected(done.error());
    return choices;
}

/// Without --rua the record that is live stays as it is.
void keepLiveReports(const Survey &survey, Choices &choices)
{
    if (choices.reportTo.isEmpty() && survey.tlsRpt && survey.tlsRpt->isFound())
        choices.reportTo = readTlsRptRecords(texts(*survey.tlsRpt), survey.domain.ascii()).rua;
}

QList<Finding> advice(const Choices &choices, const Survey &survey)
{
    const Circumstances known = circumstances(survey);
    QList<Finding> findings;
    for (const Issue &issue : adviseOnChoices(choices, known))
        findings.append(toFinding(issue, Group::Policy, choices.domain.display()));
    return findings;
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
    Result<Choices> choices = readChoices(parser, survey);
    if (!choices) {
        usageError(choices.error().what);
        return choices.error().kind == Error::Kind::Malformed ? ExitUsage : ExitUnknown;
    }
    keepLiveReports(survey, *choices);
    const LiveState live = liveState(survey);
    if (hosting == Hosting::Delegated && !live.canDelegate()) {
        usageError(QStringLiteral("the mail servers of %1 belong to no provider that is known to "
                                  "take both halves of MTA-STS; choose another --host")
                           .arg(survey.domain.display()));
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
    return printWritten(*written, folder, advice(*choices, survey),
                        parser.isSet(QStringLiteral("json")));
}
