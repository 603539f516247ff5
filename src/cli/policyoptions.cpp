// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/policyoptions.h"

#include "base/printable.h"
#include "deploy/advice.h"
#include "deploy/proposal.h"
#include "mail/tlsrptrecord.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Options", source);
}

Error wrong(const QString &sentence)
{
    return {Error::Kind::Malformed, sentence, {}};
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

} // namespace

void addPolicyOptions(QCommandLineParser &parser)
{
    parser.addOptions({
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
    });
}

QString noDelegation(const DomainName &domain)
{
    return QStringLiteral("the mail servers of %1 belong to no provider that is known to take both "
                          "halves of MTA-STS; choose another --host")
            .arg(domain.display());
}

Result<Choices> chosenPolicy(const QCommandLineParser &parser, const Survey &survey)
{
    Result<Choices> choices = readChoices(parser, survey);
    if (choices)
        keepLiveReports(survey, *choices);
    return choices;
}

QList<Finding> adviceOn(const Choices &choices, const Survey &survey)
{
    const Circumstances known = circumstances(survey);
    QList<Finding> findings;
    for (const Issue &issue : adviseOnChoices(choices, known)) {
        if (choices.hosting == Hosting::Delegated && !isAboutReports(issue))
            continue;
        findings.append(toFinding(issue, Group::Policy, choices.domain.display()));
    }
    return findings;
}
