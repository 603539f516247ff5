// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/reporthtml.h"

#include "base/printable.h"
#include "check/reporttables.h"
#include "check/reporttrust.h"
#include "check/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace {

struct ReportHtml
{
    Q_DECLARE_TR_FUNCTIONS(ReportHtml)
};

// Only what QTextDocument understands too, for PDF.
constexpr char Style[] =
        "body { font-family: sans-serif; color: #1b1b1b; background-color: #ffffff; }\n"
        "h1 { font-size: 160%; }\n"
        "h2 { font-size: 130%; margin-top: 24px; }\n"
        "h3 { font-size: 110%; margin-top: 18px; }\n"
        "h4 { font-size: 100%; margin-top: 14px; margin-bottom: 2px; }\n"
        "p { margin-top: 2px; margin-bottom: 4px; }\n"
        "pre { font-family: monospace; white-space: pre-wrap; background-color: #f3f3f3; }\n"
        "table { border-collapse: collapse; border: 1px solid #b0b0b0; }\n"
        // QTextDocument knows no "start"; its "left" is the side where the language begins.
        "th, td { border: 1px solid #b0b0b0; padding: 4px; text-align: left; text-align: start; "
        "vertical-align: top; }\n"
        ".error { color: #a40e26; }\n"
        ".warning { color: #7a5200; }\n"
        ".ok { color: #116329; }\n"
        ".unknown, .info { color: #444444; }\n";

QString factsTable(const Report &report, const ReportFacts &facts)
{
    const QDateTime at = report.at.toLocalTime();
    QString when = QLocale().toString(at, QLocale::LongFormat);
    if (!when.contains(at.timeZoneAbbreviation()))
        when += QLatin1Char(' ') + at.timeZoneAbbreviation();
    QString ascii = QString::fromLatin1(report.domain.ascii());
    if (report.domain.display() != ascii)
        ascii = report.domain.display() + QStringLiteral(" (") + ascii + QLatin1Char(')');
    QString html = QStringLiteral("<table>\n");
    const auto row = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            html += QStringLiteral("<tr><th>") + name.toHtmlEscaped() +
                    QStringLiteral("</th><td>") + value.toHtmlEscaped() +
                    QStringLiteral("</td></tr>\n");
    };
    row(ReportHtml::tr("Domain"), ascii);
    row(ReportHtml::tr("Result"), headline(report, facts.direction));
    row(ReportHtml::tr("Checked"), when);
    row(ReportHtml::tr("MTA-STS"), stsText(report.sts));
    row(ReportHtml::tr("DANE"), daneText(report.dane));
    row(ReportHtml::tr("TLS reports"), tlsRptText(report.tlsRpt));
    row(ReportHtml::tr("DNS resolver"), printable(facts.resolver));
    row(ReportHtml::tr("Program"), printable(facts.program));
    if (facts.fromFile)
        row(ReportHtml::tr("Source"), ReportHtml::tr("A saved result, opened from a file."));
    if (facts.cancelled)
        row(ReportHtml::tr("Note"),
            ReportHtml::tr("The check was stopped. What was not reached is not tested."));
    return html + QStringLiteral("</table>\n");
}

QString findingHtml(const Finding &finding)
{
    const Words words = wordsFor(finding);
    const QString kind = QString::fromLatin1(severityName(finding.severity));
    QString html = QStringLiteral("<h4 class=\"%1\">").arg(kind) +
                   severityMark(finding.severity).toHtmlEscaped() + QLatin1Char(' ') +
                   severityWord(finding.severity).toHtmlEscaped() + QStringLiteral(": ") +
                   words.title.toHtmlEscaped() + QStringLiteral("</h4>\n");
    const auto paragraph = [&](const QString &name, const QString &text) {
        if (!text.isEmpty())
            html += QStringLiteral("<p><strong>") + name.toHtmlEscaped() +
                    QStringLiteral("</strong> ") + text.toHtmlEscaped() + QStringLiteral("</p>\n");
    };
    paragraph(ReportHtml::tr("About:"), finding.subject);
    paragraph(ReportHtml::tr("Why it matters:"), words.why);
    paragraph(ReportHtml::tr("What to do:"), words.fix);
    if (!finding.evidence.isEmpty()) {
        paragraph(ReportHtml::tr("What was seen:"), QStringLiteral(" "));
        html += preformatted(finding.evidence);
    }
    paragraph(ReportHtml::tr("More:"), words.reference);
    return html;
}

/// Groups in the order of the check page: the worst first, and in each the worst first.
QString findingsHtml(const Report &report)
{
    QList<Finding> sorted = report.findings;
    QHash<Group, int> worst;
    for (const Finding &finding : sorted) {
        const int rank = severityRank(finding.severity);
        const auto known = worst.constFind(finding.group);
        worst[finding.group] = known == worst.cend() ? rank : std::min(rank, *known);
    }
    std::stable_sort(sorted.begin(), sorted.end(), [&](const Finding &a, const Finding &b) {
        const auto key = [&](const Finding &finding) {
            return std::tuple(worst.value(finding.group), finding.group,
                              severityRank(finding.severity));
        };
        return key(a) < key(b);
    });
    QString html;
    std::optional<Group> group;
    for (const Finding &finding : std::as_const(sorted)) {
        if (group != finding.group)
            html += QStringLiteral("<h3>") + groupTitle(finding.group).toHtmlEscaped() +
                    QStringLiteral("</h3>\n");
        group = finding.group;
        html += findingHtml(finding);
    }
    return html;
}

QString heading(const QString &text)
{
    return QStringLiteral("<h2>") + text.toHtmlEscaped() + QStringLiteral("</h2>\n");
}

} // namespace

QString reportHtml(const Report &report, const ReportFacts &facts)
{
    const QString title = headline(report, facts.direction);
    const bool isRightToLeft = facts.direction == Qt::RightToLeft;
    QString html =
            QStringLiteral("<!DOCTYPE html>\n<html lang=\"%1\" dir=\"%2\">\n<head>\n"
                           "<meta charset=\"utf-8\">\n"
                           "<meta http-equiv=\"Content-Security-Policy\" "
                           "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                           "<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                    .arg(facts.language.toHtmlEscaped(),
                         isRightToLeft ? QStringLiteral("rtl") : QStringLiteral("ltr")) +
            title.toHtmlEscaped() + QStringLiteral("</title>\n<style>\n") + QLatin1String(Style) +
            QStringLiteral("</style>\n</head>\n<body>\n<h1>") + title.toHtmlEscaped() +
            QStringLiteral("</h1>\n") + factsTable(report, facts);
    html += heading(ReportHtml::tr("Findings")) + findingsHtml(report);
    if (const QString servers = mailServersHtml(facts.observed); !servers.isEmpty())
        html += heading(ReportHtml::tr("Mail servers as seen")) + servers;
    if (const QString trust = trustHtml(facts.observed, facts.direction); !trust.isEmpty())
        html += heading(ReportHtml::tr("Chain of trust for DANE")) + trust;
    if (const QString records = recordsHtml(facts.observed); !records.isEmpty())
        html += heading(ReportHtml::tr("Records and policy as seen")) + records;
    if (!facts.senders.isEmpty())
        html += heading(ReportHtml::tr("What senders do")) + sendersHtml(facts.senders);
    return html + QStringLiteral("</body>\n</html>\n");
}
