// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixes.h"

#include "base/printable.h"
#include "check/words.h"
#include "deploy/proposal.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace {

struct Fixes
{
    Q_DECLARE_TR_FUNCTIONS(Fixes)
};

constexpr Step PolicyHostStep = Step::Hosting;

/// The finding is advice on what the assistant writes, not only a fault.
bool isAdviceOnOurs(const Finding &finding)
{
    return finding.severity == Severity::Info &&
           (finding.group == Group::Policy || finding.group == Group::Report);
}

/// What is published of keys, by whoever can: the step for DANE has the records, or says who must act. The
/// rest of DANE is of the server, or of its name servers.
bool isOfDaneRecords(const Finding &finding)
{
    constexpr int Rules[] = {2, 5, 11, 12, 14, 15, 16, 17, 27, 28, 30, 31, 32, 37, 38, 41, 42, 50};
    const int number = finding.rule().mid(int(qstrlen("DANE-"))).toInt();
    return finding.severity != Severity::Ok &&
           std::find(std::begin(Rules), std::end(Rules), number) != std::end(Rules);
}

Step stepFor(const Finding &finding)
{
    const QByteArray rule = finding.rule();
    switch (finding.group) {
    case Group::Record:
        return rule == "STS-1" ? Step::Domain : Step::Review; // nothing set up yet: from the start
    case Group::Host:
        return rule == "STS-1" ? Step::Domain : PolicyHostStep;
    case Group::Report:
        return Step::Reports;
    case Group::Policy:
        if (rule == "STS-79" && finding.severity == Severity::Warning)
            return Step::Reports; // testing without reports tells nothing
        return rule == "STS-15" ? Step::Review : Step::Policy;
    default:
        break;
    }
    return Step::Domain;
}

} // namespace

Fix fixFor(const Finding &finding)
{
    if (finding.group == Group::Dane && isOfDaneRecords(finding))
        return {Fix::Kind::Step, Step::Dane};
    const bool isFault =
            finding.severity == Severity::Error || finding.severity == Severity::Warning;
    if (wordsFor(finding).fix.isEmpty() || (!isFault && !isAdviceOnOurs(finding)))
        return {};
    switch (finding.group) {
    case Group::Record:
        if (finding.rule() == "STS-12") // the provider's
            return {Fix::Kind::Instruction, {}};
        [[fallthrough]];
    case Group::Host:
    case Group::Policy:
    case Group::Report:
        return {Fix::Kind::Step, stepFor(finding)};
    case Group::Dns:
    case Group::Mx:
    case Group::Dane:
    case Group::Caa:
    case Group::Input:
        break;
    }
    return {Fix::Kind::Instruction, {}};
}

Choices mendedChoices(Choices choices, const Finding &finding, const Survey &survey)
{
    const QByteArray rule = finding.rule();
    if (rule == "STS-70") {
        const QByteArray host = finding.subject.toLatin1();
        const QList<QByteArray> known = mailServerNames(survey);
        const auto pattern = MxPattern::parse(host);
        if (pattern && known.contains(host) && !anyMatches(choices.mx, host))
            choices.mx.append(*pattern);
    } else if (rule == "STS-41" && !survey.hosts.isEmpty()) {
        choices.mx = patternsAsFound(survey);
    } else if (rule == "STS-42" && finding.severity != Severity::Info) {
        choices.maxAge = defaultMaxAge(choices.mode);
    } else if (rule == "STS-80") {
        choices.mode = Policy::Mode::Testing;
        choices.maxAge = defaultMaxAge(choices.mode);
    }
    return choices;
}

QString instructionFor(const Finding &finding, const DomainName &domain, const QDateTime &at)
{
    const Words words = wordsFor(finding);
    QStringList parts{fillIn(Fixes::tr("Mail to %1: %2"), {domain.display(), words.title})};
    if (!finding.subject.isEmpty() && finding.subject != domain.display())
        parts << fillIn(Fixes::tr("This is about %1."), {finding.subject});
    if (!words.why.isEmpty())
        parts << fillIn(Fixes::tr("Why it matters: %1"), {words.why});
    if (!words.fix.isEmpty())
        parts << fillIn(Fixes::tr("What to do: %1"), {words.fix});
    if (!finding.evidence.isEmpty())
        parts << Fixes::tr("What was seen:") + QLatin1Char('\n') + finding.evidence;
    if (!words.reference.isEmpty())
        parts << fillIn(Fixes::tr("The standard: %1"), {words.reference});
    if (at.isValid()) // of another time zone, perhaps: say which
        parts << fillIn(
                Fixes::tr("Seen on %1 by MTA-STS Assistant."),
                {QLocale().toString(at.toUTC(), QLocale::ShortFormat) + QStringLiteral(" UTC")});
    return parts.join(QStringLiteral("\n\n")) + QLatin1Char('\n');
}
