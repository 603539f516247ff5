// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/reporttrust.h"

#include "check/finding.h"
#include "check/reporttables.h"
#include "check/trustjson.h"
#include "check/trustwords.h"

#include <QJsonObject>

namespace {

QString linkHtml(const TrustChain &chain, const TrustLink &link, Qt::LayoutDirection direction)
{
    const Severity severity = trustSeverity(chain, link);
    return QStringLiteral("<li>") + trustLinkText(link, direction).toHtmlEscaped() +
           QStringLiteral(": <strong class=\"%1\">")
                   .arg(QString::fromLatin1(severityName(severity))) +
           severityMark(severity).toHtmlEscaped() + QLatin1Char(' ') +
           trustStateText(link).toHtmlEscaped() + QStringLiteral("</strong><br>") +
           trustSentence(link, direction).toHtmlEscaped() + QStringLiteral("</li>\n");
}

} // namespace

QString trustHtml(const QJsonObject &observed, Qt::LayoutDirection direction)
{
    QString html;
    const QList<TrustChain> chains = trustChains(observed.value(QLatin1String("trust")).toArray());
    for (const TrustChain &chain : chains) {
        if (!chain.host.isEmpty())
            html += QStringLiteral("<h3>") + chain.host.toHtmlEscaped() + QStringLiteral("</h3>\n");
        html += QStringLiteral("<p>") + trustSummary(chain, direction).toHtmlEscaped() +
                QStringLiteral("</p>\n<ol>\n");
        for (const TrustLink &link : chain.links)
            html += linkHtml(chain, link, direction);
        html += QStringLiteral("</ol>\n");
    }
    return html;
}
