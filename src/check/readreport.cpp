// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/readreport.h"

#include "base/printable.h"
#include "check/reportjson.h"
#include "check/words.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace {

using Fault = ReportReading::Fault;
constexpr qsizetype MostOctets = 16777216;
constexpr qsizetype MostFindings = 20000;
const auto Schema = QLatin1String("mta-sts-check/");

ReportReading faulty(Fault fault, const QString &detail = {})
{
    return {fault, printable(detail, 200), {}};
}

/// The value whose word is in the file; the first one, which is the unknown one, for any other.
template <class Value, class WordOf>
Value valueOf(const QString &text, std::initializer_list<Value> all, WordOf wordOf)
{
    for (const Value value : all) {
        if (QString(wordOf(value)) == text)
            return value;
    }
    return *all.begin();
}

QString latin(const QByteArray &name)
{
    return QString::fromLatin1(name);
}

Severity severityOf(const QString &text)
{
    return valueOf(
            text,
            {Severity::Unknown, Severity::Ok, Severity::Info, Severity::Warning, Severity::Error},
            [](Severity severity) { return latin(severityName(severity)); });
}

Group groupOf(const QString &text)
{
    return valueOf(text,
                   {Group::Input, Group::Dns, Group::Record, Group::Host, Group::Policy, Group::Mx,
                    Group::Dane, Group::Report, Group::Caa},
                   [](Group group) { return latin(groupName(group)); });
}

QString printableLines(const QString &text)
{
    constexpr qsizetype MostLines = 2000;
    QStringList lines = text.split(QLatin1Char('\n')).mid(0, MostLines);
    for (QString &line : lines)
        line = printable(line);
    return lines.join(QLatin1Char('\n'));
}

/// A finding of a program with other rules has no sentence here: its file's title is shown, and the
/// rest as what was seen, never as advice of ours.
Finding findingOf(const QJsonObject &json)
{
    const auto text = [&](QLatin1String member) { return json.value(member).toString(); };
    Finding finding;
    finding.severity = severityOf(text(QLatin1String("severity")));
    finding.group = groupOf(text(QLatin1String("group")));
    finding.subject = printable(text(QLatin1String("subject")));
    finding.evidence = printableLines(text(QLatin1String("detail")));
    finding.id = json.value(QLatin1String("id")).toString().left(40).toLatin1();
    const QJsonArray values = json.value(QLatin1String("values")).toArray();
    for (qsizetype i = 0; i < std::min<qsizetype>(values.size(), 9); ++i)
        finding.values.append(printable(values.at(i).toString()));
    if (hasWords(finding.id) && json.value(QLatin1String("values")).isArray())
        return finding;
    const QString rule = printable(text(QLatin1String("rule")), 40);
    const QString title = printable(text(QLatin1String("title")));
    finding.id = rule.toLatin1() + ForeignSuffix;
    finding.values = {title.isEmpty() ? rule : title};
    QStringList told;
    for (const auto member : {QLatin1String("detail"), QLatin1String("why"), QLatin1String("fix")})
        if (!text(member).isEmpty())
            told.append(printableLines(text(member)));
    finding.evidence = told.join(QLatin1Char('\n'));
    return finding;
}

/// T-45: never better than what the findings say.
Verdict soberVerdict(Verdict told, const Report &report)
{
    if (report.count(Severity::Error) > 0)
        return Verdict::Error;
    if (told == Verdict::NotDeployed)
        return report.sts == Report::Sts::Absent ? told : Verdict::Unknown;
    const bool isOpen = report.count(Severity::Unknown) > 0 || report.findings.isEmpty();
    if (isOpen || told == Verdict::Unknown || told == Verdict::Error)
        return Verdict::Unknown;
    return report.count(Severity::Warning) > 0 ? Verdict::Warning : told;
}

ReportReading fromObject(const QJsonObject &json)
{
    const QString schema = json.value(QLatin1String("schema")).toString();
    if (!schema.startsWith(Schema))
        return faulty(Fault::NotAResult, schema);
    if (schema != QLatin1String("mta-sts-check/1"))
        return faulty(Fault::Newer, schema);
    const auto text = [&](QLatin1String member) { return json.value(member).toString(); };
    SavedReport saved;
    Report &report = saved.report;
    const auto domain = DomainName::fromAscii(text(QLatin1String("domain")).toLatin1());
    if (!domain)
        return faulty(Fault::Incomplete, QStringLiteral("domain"));
    report.domain = *domain;
    report.at = QDateTime::fromString(text(QLatin1String("checkedAt")), Qt::ISODate).toUTC();
    if (!report.at.isValid())
        return faulty(Fault::Incomplete, QStringLiteral("checkedAt"));
    if (!json.value(QLatin1String("findings")).isArray())
        return faulty(Fault::Incomplete, QStringLiteral("findings"));
    const QJsonArray findings = json.value(QLatin1String("findings")).toArray();
    if (findings.size() > MostFindings)
        return faulty(Fault::TooLarge);
    for (const QJsonValue &finding : findings)
        report.findings.append(findingOf(finding.toObject()));
    report.finished = true;
    using Sts = Report::Sts;
    using Dane = Report::Dane;
    using TlsRpt = Report::TlsRpt;
    report.sts =
            valueOf(text(QLatin1String("mtaSts")),
                    {Sts::Unknown, Sts::Absent, Sts::Broken, Sts::None, Sts::Testing, Sts::Enforce},
                    stsWord);
    report.dane =
            valueOf(text(QLatin1String("dane")),
                    {Dane::Unknown, Dane::Absent, Dane::Some, Dane::All, Dane::Broken}, daneWord);
    report.tlsRpt =
            valueOf(text(QLatin1String("tlsRpt")),
                    {TlsRpt::Unknown, TlsRpt::Absent, TlsRpt::Present, TlsRpt::Broken}, tlsRptWord);
    const Verdict told = valueOf(
            text(QLatin1String("verdict")),
            {Verdict::Unknown, Verdict::Ok, Verdict::Warning, Verdict::Error, Verdict::NotDeployed},
            [](Verdict verdict) { return latin(verdictName(verdict)); });
    report.verdict = soberVerdict(told, report);
    saved.port25 = valueOf(text(QLatin1String("port25")),
                           {Port25::NotTested, Port25::Open, Port25::Blocked, Port25::NoNetwork},
                           port25Word);
    saved.cancelled = json.value(QLatin1String("cancelled")).toBool();
    saved.program = printable(text(QLatin1String("program")), 100);
    saved.resolver = printable(json.value(QLatin1String("observed"))
                                       .toObject()
                                       .value(QLatin1String("resolver"))
                                       .toString(),
                               200);
    saved.document = json;
    return {Fault::None, {}, saved};
}

/// Lines of JSON: each one has to be an object, else the whole is no such file.
std::optional<qsizetype> countLines(const QByteArray &octets)
{
    qsizetype count = 0;
    for (const QByteArray &line : octets.split('\n')) {
        if (line.trimmed().isEmpty())
            continue;
        if (!QJsonDocument::fromJson(line).isObject())
            return std::nullopt;
        ++count;
    }
    return count;
}

} // namespace

ReportReading readReport(const QByteArray &octets)
{
    if (octets.size() > MostOctets)
        return faulty(Fault::TooLarge);
    // A byte order mark is what editors of Windows leave in front.
    const QByteArray body = octets.startsWith("\xEF\xBB\xBF") ? octets.mid(3) : octets;
    if (body.trimmed().isEmpty())
        return faulty(Fault::Empty);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (document.isObject())
        return fromObject(document.object());
    if (document.isArray()) {
        const QJsonArray all = document.array();
        if (all.size() == 1)
            return fromObject(all.first().toObject());
        return all.isEmpty() ? faulty(Fault::Empty)
                             : faulty(Fault::Several, QString::number(all.size()));
    }
    if (const auto lines = countLines(body))
        return faulty(Fault::Several, QString::number(*lines));
    return faulty(Fault::NotJson, error.errorString());
}
