// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/reporttables.h"

#include "base/printable.h"
#include "check/senderwords.h"
#include "check/words.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

namespace {

struct ReportHtml
{
    Q_DECLARE_TR_FUNCTIONS(ReportHtml)
};

constexpr qsizetype MostServers = 500;
constexpr qsizetype MostAddresses = 100;
constexpr qsizetype MostLines = 300;

QString cell(const QString &text)
{
    return QStringLiteral("<td>") + text.toHtmlEscaped() + QStringLiteral("</td>");
}

QString head(const QStringList &names)
{
    QString html = QStringLiteral("<table>\n<tr>");
    for (const QString &name : names)
        html += QStringLiteral("<th>") + name.toHtmlEscaped() + QStringLiteral("</th>");
    return html + QStringLiteral("</tr>\n");
}

QString textOf(const QJsonObject &json, QLatin1String member)
{
    return printable(json.value(member).toString());
}

/// Only what was seen: a missing or null member is neither yes nor no.
QString yesOrNo(const QJsonValue &value, const QString &yes, const QString &no)
{
    if (!value.isBool())
        return ReportHtml::tr("not tested");
    return value.toBool() ? yes : no;
}

QString certificateText(const QJsonValue &value)
{
    if (!value.isObject())
        return ReportHtml::tr("not seen");
    const QJsonObject json = value.toObject();
    QStringList names;
    const QJsonArray all = json.value(QLatin1String("names")).toArray();
    for (qsizetype i = 0; i < std::min<qsizetype>(all.size(), 10); ++i)
        names.append(printable(all.at(i).toString(), 255));
    if (all.size() > names.size())
        names.append(QStringLiteral("…"));
    const QDateTime until =
            QDateTime::fromString(json.value(QLatin1String("notAfter")).toString(), Qt::ISODate);
    QStringList parts{names.join(QStringLiteral(", ")), textOf(json, QLatin1String("issuer"))};
    if (until.isValid())
        parts.append(
                fillIn(ReportHtml::tr("until %1"),
                       {QLocale().toString(until.toLocalTime().date(), QLocale::ShortFormat)}));
    parts.append(yesOrNo(json.value(QLatin1String("trusted")), ReportHtml::tr("trusted"),
                         ReportHtml::tr("not trusted")));
    parts.append(yesOrNo(json.value(QLatin1String("nameMatches")), ReportHtml::tr("name matches"),
                         ReportHtml::tr("name does not match")));
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

QString encryptionText(const QJsonObject &address)
{
    if (!address.value(QLatin1String("reached")).toBool())
        return ReportHtml::tr("not reached");
    const QString offered = yesOrNo(address.value(QLatin1String("startTls")),
                                    ReportHtml::tr("STARTTLS"), ReportHtml::tr("no STARTTLS"));
    const QString protocol = textOf(address, QLatin1String("tls"));
    return protocol.isEmpty() ? offered : offered + QStringLiteral(", ") + protocol;
}

QString reasonsHtml(const QList<Issue> &reasons)
{
    QString html;
    for (const Issue &reason : reasons) {
        html += QStringLiteral("<br>") + QStringLiteral("• ") + reasonText(reason).toHtmlEscaped();
        if (const QString reference = reasonReference(reason); !reference.isEmpty())
            html += QStringLiteral(" (") + reference.toHtmlEscaped() + QLatin1Char(')');
    }
    return html;
}

QString cachedNote(const SenderView &view)
{
    return fillIn(QStringLiteral("%1. %2"),
                  {cachedHeading(view.cached.until), cachedPolicyText(view)});
}

/// `note`: a line below the sentence, or nothing.
QString outcomeHtml(const SenderOutcome &outcome, const QString &note = {})
{
    const Severity severity = deliverySeverity(outcome.delivery);
    QString html = QStringLiteral("<td><strong class=\"%1\">")
                           .arg(QString::fromLatin1(severityName(severity))) +
                   severityMark(severity).toHtmlEscaped() + QLatin1Char(' ') +
                   outcomeSentence(outcome).toHtmlEscaped() + QStringLiteral("</strong>");
    if (!note.isEmpty())
        html += QStringLiteral("<br>") + note.toHtmlEscaped();
    html += reasonsHtml(outcome.reasons);
    for (const SenderStep &step : outcome.steps.mid(0, 20))
        html += QStringLiteral("<br>") + printable(step.host).toHtmlEscaped() +
                QStringLiteral(": ") + stepSentence(step.delivery).toHtmlEscaped() +
                reasonsHtml(step.reasons);
    return html + QStringLiteral("</td>");
}

} // namespace

QString stsText(Report::Sts state)
{
    switch (state) {
    case Report::Sts::Absent:
        return ReportHtml::tr("Not set up");
    case Report::Sts::Broken:
        return ReportHtml::tr("Broken");
    case Report::Sts::None:
        return ReportHtml::tr("Switched off (none)");
    case Report::Sts::Testing:
        return ReportHtml::tr("In testing");
    case Report::Sts::Enforce:
        return ReportHtml::tr("Enforced");
    case Report::Sts::Unknown:
        break;
    }
    return ReportHtml::tr("Not known");
}

QString daneText(Report::Dane state)
{
    switch (state) {
    case Report::Dane::Absent:
        return ReportHtml::tr("Not used");
    case Report::Dane::Some:
        return ReportHtml::tr("For some mail servers");
    case Report::Dane::All:
        return ReportHtml::tr("For all mail servers");
    case Report::Dane::Broken:
        return ReportHtml::tr("Broken");
    case Report::Dane::Unknown:
        break;
    }
    return ReportHtml::tr("Not known");
}

QString tlsRptText(Report::TlsRpt state)
{
    switch (state) {
    case Report::TlsRpt::Absent:
        return ReportHtml::tr("Not asked for");
    case Report::TlsRpt::Present:
        return ReportHtml::tr("Asked for");
    case Report::TlsRpt::Broken:
        return ReportHtml::tr("Broken");
    case Report::TlsRpt::Unknown:
        break;
    }
    return ReportHtml::tr("Not known");
}

QString severityMark(Severity severity)
{
    switch (severity) {
    case Severity::Ok:
        return QStringLiteral("✓");
    case Severity::Info:
        return QStringLiteral("ℹ");
    case Severity::Warning:
        return QStringLiteral("⚠");
    case Severity::Error:
        return QStringLiteral("✗");
    case Severity::Unknown:
        break;
    }
    return QStringLiteral("–");
}

QString preformatted(const QString &text)
{
    QStringList lines = text.split(QLatin1Char('\n'));
    const bool isCut = lines.size() > MostLines;
    lines = lines.mid(0, MostLines);
    for (QString &line : lines)
        line = printable(line.endsWith(QLatin1Char('\r')) ? line.chopped(1) : line);
    if (isCut)
        lines.append(QStringLiteral("…"));
    return QStringLiteral("<pre dir=\"ltr\">") +
           lines.join(QLatin1Char('\n')).trimmed().toHtmlEscaped() + QStringLiteral("</pre>\n");
}

QString mailServersHtml(const QJsonObject &observed)
{
    const QJsonArray servers = observed.value(QLatin1String("mx")).toArray();
    if (servers.isEmpty())
        return {};
    QString html = head({ReportHtml::tr("Mail server"), ReportHtml::tr("Preference"),
                         ReportHtml::tr("In the policy"), ReportHtml::tr("Address"),
                         ReportHtml::tr("Encryption"), ReportHtml::tr("Certificate"),
                         ReportHtml::tr("DANE")});
    for (qsizetype s = 0; s < std::min(servers.size(), MostServers); ++s) {
        const QJsonObject server = servers.at(s).toObject();
        const QString first =
                cell(textOf(server, QLatin1String("host"))) +
                cell(QLocale().toString(server.value(QLatin1String("preference")).toInt())) +
                cell(server.value(QLatin1String("covered")).isBool()
                             ? yesOrNo(server.value(QLatin1String("covered")),
                                       ReportHtml::tr("yes"), ReportHtml::tr("no"))
                             : ReportHtml::tr("no policy"));
        const QJsonArray addresses = server.value(QLatin1String("addresses")).toArray();
        for (qsizetype a = 0; a < std::min(addresses.size(), MostAddresses); ++a) {
            const QJsonObject address = addresses.at(a).toObject();
            html += QStringLiteral("<tr>") + first +
                    cell(textOf(address, QLatin1String("address"))) +
                    cell(encryptionText(address)) +
                    cell(certificateText(address.value(QLatin1String("certificate")))) +
                    cell(textOf(address, QLatin1String("dane"))) + QStringLiteral("</tr>\n");
        }
        if (addresses.isEmpty())
            html += QStringLiteral("<tr>") + first + cell(ReportHtml::tr("none")) + cell({}) +
                    cell({}) + cell({}) + QStringLiteral("</tr>\n");
    }
    return html + QStringLiteral("</table>\n");
}

QString recordsHtml(const QJsonObject &observed)
{
    QString html;
    const auto part = [&](const QString &name, const QString &text) {
        if (!text.isEmpty())
            html += QStringLiteral("<h3>") + name.toHtmlEscaped() + QStringLiteral("</h3>\n") +
                    preformatted(text);
    };
    const QJsonObject policy = observed.value(QLatin1String("policy")).toObject();
    part(ReportHtml::tr("MTA-STS record"), observed.value(QLatin1String("stsRecord")).toString());
    part(ReportHtml::tr("Policy"), policy.value(QLatin1String("body")).toString());
    part(ReportHtml::tr("TLS-RPT record"),
         observed.value(QLatin1String("tlsRptRecord")).toString());
    return html;
}

QString sendersHtml(const QList<SenderView> &senders)
{
    const bool isCached = std::any_of(senders.begin(), senders.end(),
                                      [](const SenderView &view) { return !!view.withCached; });
    QStringList names{ReportHtml::tr("Sender"), ReportHtml::tr("Right now")};
    if (isCached)
        names.append(ReportHtml::tr("With a policy it may still hold"));
    QString html = head(names);
    for (const SenderView &view : senders) {
        html += QStringLiteral("<tr><th>") + senderName(view.sender.kind).toHtmlEscaped() +
                QStringLiteral("<br>") + senderMethods(view.sender).toHtmlEscaped() +
                QStringLiteral("</th>") + outcomeHtml(view.now);
        if (isCached)
            html += view.withCached ? outcomeHtml(*view.withCached, cachedNote(view))
                                    : cell(ReportHtml::tr("The same: it holds no policy."));
        html += QStringLiteral("</tr>\n");
    }
    return html + QStringLiteral("</table>\n");
}
