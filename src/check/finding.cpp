// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/finding.h"

#include "base/printable.h"
#include "check/judges.h"
#include "dns/presentation.h"

#include <algorithm>

int Report::count(Severity severity) const
{
    return int(
            std::count_if(findings.cbegin(), findings.cend(), [severity](const Finding &finding) {
                return finding.severity == severity;
            }));
}

QByteArray severityName(Severity severity)
{
    switch (severity) {
    case Severity::Ok:
        return "ok";
    case Severity::Info:
        return "info";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        return "error";
    case Severity::Unknown:
        break;
    }
    return "unknown";
}

QByteArray groupName(Group group)
{
    switch (group) {
    case Group::Dns:
        return "dns";
    case Group::Record:
        return "record";
    case Group::Host:
        return "host";
    case Group::Policy:
        return "policy";
    case Group::Mx:
        return "mx";
    case Group::Dane:
        return "dane";
    case Group::Report:
        return "report";
    case Group::Caa:
        return "caa";
    case Group::Input:
        break;
    }
    return "input";
}

QByteArray verdictName(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Ok:
        return "ok";
    case Verdict::Warning:
        return "warning";
    case Verdict::Error:
        return "error";
    case Verdict::NotDeployed:
        return "not-deployed";
    case Verdict::Unknown:
        break;
    }
    return "unknown";
}

Finding toFinding(const Issue &issue, Group group, const QString &subject, const QString &evidence)
{
    return {issue.id, issue.severity, group, subject, issue.values, evidence};
}

/// Line by line: the line ends are ours, or those of a policy file, which is text in lines.
static QString printableLines(const QString &text)
{
    constexpr int MostLines = 100;
    QStringList lines = text.split(QLatin1Char('\n')).mid(0, MostLines);
    for (QString &line : lines)
        line = printable(line.endsWith(QLatin1Char('\r')) ? line.chopped(1) : line);
    return lines.join(QLatin1Char('\n')).trimmed();
}

void Findings::add(const QByteArray &id, Severity severity, Group group, const QString &subject,
                   const QStringList &values, const QString &evidence)
{
    QStringList shown;
    for (const QString &value : values)
        shown.append(printable(value));
    m_list.append({id, severity, group, printable(subject), shown, printableLines(evidence)});
}

void Findings::add(const QList<Issue> &issues, Group group, const QString &subject,
                   const QString &evidence)
{
    for (const Issue &issue : issues)
        add(issue.id, issue.severity, group, subject, issue.values, evidence);
}

QString subjectOf(const MailHost &host, const AddressLook &look)
{
    const QString name = QString::fromLatin1(host.name);
    return host.addresses.size() < 2 ? name
                                     : QStringLiteral("%1 [%2]").arg(name, look.address.toString());
}

bool answersLikeWildcard(const Survey &survey, const DnsAnswer &answer)
{
    const std::optional<DnsAnswer> &wildcard = survey.wildcard;
    if (!wildcard || !wildcard->isKnown() || !answer.isKnown())
        return false;
    if (answer.isAlias() && wildcard->isAlias())
        return answer.canonicalName == wildcard->canonicalName;
    if (answer.type != wildcard->type || !answer.isFound() || !wildcard->isFound())
        return false;
    const auto sorted = [](QList<QByteArray> rdata) {
        std::sort(rdata.begin(), rdata.end());
        return rdata;
    };
    return sorted(answer.rdata) == sorted(wildcard->rdata);
}

static bool isAliasFault(const DnsAnswer &answer)
{
    return !answer.isKnown() && (answer.why.startsWith(QLatin1String("alias loop")) ||
                                 answer.why.startsWith(QLatin1String("more than 10 aliases")));
}

bool isFaultOfDomain(const DnsAnswer &answer)
{
    return !answer.isKnown() && (answer.security == Security::Bogus || isAliasFault(answer));
}

bool judgeFailedLookup(const DnsAnswer &answer, Group group, const QString &subject,
                       Findings &findings)
{
    if (answer.isKnown())
        return false;
    const QString type = QString::fromLatin1(typeName(answer.type));
    if (answer.security == Security::Bogus)
        findings.add("DNS-9", Severity::Error, group, subject, {type, subject}, answer.why);
    else if (isAliasFault(answer))
        findings.add("DNS-4", Severity::Error, group, subject, {subject, answer.why}, answer.why);
    else
        findings.add("DNS-1", Severity::Unknown, group, subject, {type, subject}, answer.why);
    return true;
}
