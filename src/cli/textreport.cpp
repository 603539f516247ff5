// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/textreport.h"

#include "check/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace {

QString indented(const QString &text, int spaces)
{
    QString out = text;
    return out.replace(QLatin1Char('\n'), QLatin1Char('\n') + QString(spaces, QLatin1Char(' ')));
}

/// "192.0.2.1" of "mx1.example.com [192.0.2.1]".
QString addressIn(const QString &subject)
{
    return subject.section(u'[', 1).section(u']', 0, 0);
}

/// Which server a sentence is about, where it does not say so; one of several addresses too.
QString aboutServer(const Finding &finding, const QString &title, const QString &domain)
{
    const bool isOfServer = finding.group == Group::Mx || finding.group == Group::Dane;
    const QString host = finding.subject.section(u' ', 0, 0), address = addressIn(finding.subject);
    if (!isOfServer || host.isEmpty() || finding.subject == domain)
        return {};
    if (!title.contains(host))
        return QStringLiteral(" (%1)").arg(finding.subject);
    return title.contains(address) ? QString() : QStringLiteral(" (%1)").arg(address);
}

/// `domain`: of a report on several servers; null where all is about one.
QString findingText(const Finding &finding, const QString &domain)
{
    constexpr int Column = 14;
    const Words words = wordsFor(finding);
    const QString about = domain.isNull() ? QString() : aboutServer(finding, words.title, domain);
    QString out = QStringLiteral("  %1%2\n")
                          .arg(severityWord(finding.severity), -(Column - 2))
                          .arg(words.title + about);
    if (finding.severity == Severity::Ok)
        return out;
    const QString margin(Column, QLatin1Char(' '));
    if (!finding.evidence.isEmpty())
        out += margin + QCoreApplication::translate("Text", "Seen: ") +
               indented(finding.evidence, Column + 6) + QLatin1Char('\n');
    if (!words.fix.isEmpty() && finding.severity != Severity::Info)
        out += margin + QCoreApplication::translate("Text", "To do: ") + words.fix +
               QLatin1Char('\n');
    return out;
}

QString textOf(const QList<Finding> &findings, const QString &domain)
{
    constexpr std::array Groups{Group::Input, Group::Dns,    Group::Record,
                                Group::Host,  Group::Policy, Group::Mx,
                                Group::Dane,  Group::Report, Group::Caa};
    QString out;
    for (const Group group : Groups) {
        QList<Finding> members;
        std::copy_if(findings.begin(), findings.end(), std::back_inserter(members),
                     [group](const Finding &finding) { return finding.group == group; });
        if (members.isEmpty())
            continue;
        std::stable_sort(members.begin(), members.end(), [](const Finding &a, const Finding &b) {
            return severityRank(a.severity) < severityRank(b.severity);
        });
        out += groupTitle(group) + QLatin1Char('\n');
        for (const Finding &finding : members)
            out += findingText(finding, domain);
    }
    return out;
}

} // namespace

QString findingsText(const QList<Finding> &findings)
{
    return textOf(findings, {});
}

QString reportText(const Report &report)
{
    return headline(report) + QStringLiteral("\n\n") +
           textOf(report.findings, report.domain.display());
}
