// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// mta-sts check DOMAIN...: looks at live deployments.
#include "base/printable.h"
#include "check/checks.h"
#include "check/reportjson.h"
#include "cli/carryout.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/textreport.h"
#include "practice/accidents.h"
#include "practice/world.h"
#include "survey/bulk.h"
#include "survey/network.h"

#include <QFile>
#include <QJsonDocument>

namespace {

enum class Format { Text, Json, JsonLines };

/// Domains in the order of the words, then line by line from --from.
class Source
{
public:
    [[nodiscard]] bool open(const QString &path)
    {
        m_hasFile = true;
        if (path == QLatin1String("-"))
            return m_file.open(stdin, QIODevice::ReadOnly);
        m_file.setFileName(path);
        return m_file.open(QIODevice::ReadOnly);
    }
    void add(const QStringList &words) { m_words = words; }
    [[nodiscard]] int known() const { return m_hasFile ? 0 : int(m_words.size()); }

    /// The next usable domain; what cannot be one is told on standard error and counted.
    std::optional<DomainName> next()
    {
        while (const std::optional<QString> typed = nextLine()) {
            const TypedDomain read = DomainName::parse(*typed);
            if (read.outcome != TypedDomain::Outcome::Reject)
                return read.domain;
            ++m_rejected;
            QList<Finding> findings;
            for (const Issue &issue : read.issues)
                findings.append(toFinding(issue, Group::Input, printable(*typed)));
            usageError(QStringLiteral("“%1” is not a mail domain. ").arg(printable(*typed, 80)) +
                       findingsText(findings).simplified());
        }
        return std::nullopt;
    }
    [[nodiscard]] int rejected() const { return m_rejected; }

private:
    std::optional<QString> nextLine()
    {
        if (m_at < m_words.size())
            return m_words.at(m_at++);
        while (m_hasFile && !m_file.atEnd()) {
            const QString line = QString::fromUtf8(m_file.readLine(Limits::TypedText)).trimmed();
            if (!line.isEmpty() && !line.startsWith(QLatin1Char('#')))
                return line;
        }
        return std::nullopt;
    }
    QFile m_file;
    bool m_hasFile = false;
    QStringList m_words;
    qsizetype m_at = 0;
    int m_rejected = 0;
};

/// Prints each result as it ends and keeps the worst exit status.
class Printer
{
public:
    Printer(Format format, bool isList)
        : m_format(format)
        , m_isList(isList)
    {
    }
    void print(const Survey &survey)
    {
        const Report report = judge(survey);
        m_status = worse(m_status, exitStatusOf(report.findings));
        const char *separator = m_count++ == 0 ? "" : m_format == Format::Json ? ",\n" : "\n";
        if (m_format == Format::Text)
            writeOut(separator + reportText(report).toUtf8());
        else if (m_format == Format::JsonLines)
            writeOut(checkJson(survey, report) + '\n');
        else
            writeOut((m_isList ? (m_count == 1 ? "[" : separator) : "") +
                     QJsonDocument::fromJson(checkJson(survey, report)).toJson().trimmed());
    }
    /// One JSON document for several domains is an array; of no domain, an empty one.
    void finish() const
    {
        if (m_format == Format::Json)
            writeOut(m_isList ? (m_count == 0 ? "[]\n" : "]\n") : "\n");
    }
    [[nodiscard]] int status() const { return m_status; }
    [[nodiscard]] int count() const { return m_count; }

private:
    static int worse(int a, int b)
    {
        if (a == ExitErrors || b == ExitErrors)
            return ExitErrors;
        return std::max(a, b);
    }
    Format m_format;
    bool m_isList;
    int m_status = ExitOk;
    int m_count = 0;
};

/// What is said before a result that is not of the real Internet.
QByteArray practiceNote()
{
    return QCoreApplication::translate(
                   "Options", "This is practice: %1 and its servers are inside this program.")
                   .arg(QString::fromLatin1(Practice::Domain))
                   .toUtf8() +
           "\n\n";
}

int listAccidents()
{
    const auto shown = [](const char *text) {
        return QCoreApplication::translate("Practice", text).toUtf8() + '\n';
    };
    std::optional<Practice::AccidentGroup> group;
    for (const Practice::Accident &one : Practice::accidents()) {
        if (group != one.group)
            writeOut((group ? "\n" : "") + shown(Practice::titleOf(one.group)));
        group = one.group;
        writeOut("  " + QByteArray(one.id).leftJustified(28) + shown(one.title));
    }
    return ExitOk;
}

/// The practice domain, set up and with what the words break. Malformed: no such accident.
Result<Practice::Scene> sceneOf(const QCommandLineParser &parser)
{
    Practice::Scene scene = Practice::protectedScene();
    for (const QString &id : parser.values(QStringLiteral("accident"))) {
        const Practice::Accident *accident = Practice::accident(id.toUtf8());
        if (!accident)
            return failed(
                    Error::Kind::Malformed,
                    QStringLiteral("--accident %1 is not known; --accident list names them all")
                            .arg(printable(id, 40)));
        accident->happen(scene);
    }
    return scene;
}

int checkOne(const DomainName &domain, Network &network, const Cancel &cancel, Printer &printer)
{
    Survey survey;
    {
        Progress progress;
        survey = look(domain, network.options().look, network.doors(), cancel,
                      [&](const Survey &partial) { progress.show(partial); });
    }
    printer.print(survey);
    return printer.status();
}

int checkMany(Source &source, Network &network, const Cancel &cancel, Printer &printer)
{
    Progress progress;
    LookOptions options = network.options().look;
    options.thorough = false; // a second handshake with each server would double the work of a list
    lookAtMany([&] { return source.next(); }, network.options().jobs, options, network.doors(),
               cancel,
               [&](const Survey &survey) {
                   progress.clear();
                   if (!survey.cancelled || !cancel.isCancelled())
                       printer.print(survey);
                   progress.show(printer.count(), source.known());
               });
    return printer.status();
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(QCoreApplication::translate(
            "Options", "Looks at the live deployment of mail domains. Only reads public data."));
    parser.addPositionalArgument(QStringLiteral("DOMAIN"),
                                 QCoreApplication::translate("Options", "Mail domains to look at."),
                                 QStringLiteral("check DOMAIN..."));
    parser.addOptions({
            {QStringLiteral("from"),
             QCoreApplication::translate(
                     "Options", "Domains from this file, one a line; - for standard input."),
             QStringLiteral("FILE")},
            {QStringLiteral("json"), QCoreApplication::translate("Options", "One JSON document.")},
            {QStringLiteral("practice"),
             QCoreApplication::translate(
                     "Options", "Look at the practice domain that this program has inside; nothing "
                                "leaves this computer.")},
            {QStringLiteral("accident"),
             QCoreApplication::translate(
                     "Options",
                     "What has gone wrong in practice; may be given again. list: all of them."),
             QStringLiteral("NAME")},
            {QStringLiteral("json-lines"),
             QCoreApplication::translate("Options", "One line of JSON a domain, as each ends.")},
    });
    addNetworkOptions(parser);
}

} // namespace

int checkCommand(const Invocation &invocation)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (const auto ended = parseWords(parser, invocation))
        return *ended;
    Result<NetworkOptions> options = networkOptions(parser);
    if (!options)
        return usageError(options.error().what);
    const bool isPractice = parser.isSet(QStringLiteral("practice"));
    if (parser.values(QStringLiteral("accident")).contains(QLatin1String("list")))
        return listAccidents();
    if (parser.isSet(QStringLiteral("accident")) && !isPractice)
        return usageError(QStringLiteral("--accident happens only in practice; add --practice"));
    std::unique_ptr<Practice::World> world; // outlives the network that leads there
    if (isPractice) {
        const auto scene = sceneOf(parser);
        if (!scene)
            return usageError(scene.error().what);
        world = std::make_unique<Practice::World>();
        if (const auto started = world->start(*scene); !started)
            return end(stopped(started.error()));
        options = world->network(std::move(*options));
    }
    Source source;
    source.add(isPractice && parser.positionalArguments().isEmpty()
                       ? QStringList{QString::fromLatin1(Practice::Domain)}
                       : parser.positionalArguments());
    const QString from = parser.value(QStringLiteral("from"));
    if (from.isEmpty() && source.known() == 0)
        return usageError(QStringLiteral("which domain? Try: mta-sts check example.org"));
    if (!from.isEmpty() && !source.open(from))
        return usageError(QStringLiteral("cannot read the list %1").arg(from));
    const bool isList = !from.isEmpty() || source.known() > 1;
    const Format format = parser.isSet(QStringLiteral("json-lines")) ? Format::JsonLines
                          : parser.isSet(QStringLiteral("json"))     ? Format::Json
                                                                     : Format::Text;
    Network network(*options);
    for (const QString &problem : network.problems())
        usageError(problem);
    Printer printer(format, isList);
    if (isPractice && format == Format::Text)
        writeOut(practiceNote());
    if (isList) {
        checkMany(source, network, invocation.cancel, printer);
    } else if (const std::optional<DomainName> domain = source.next()) {
        checkOne(*domain, network, invocation.cancel, printer);
    }
    if (printer.count() > 0 || isList)
        printer.finish();
    if (invocation.cancel.isCancelled())
        return ExitInterrupted;
    return source.rejected() > 0 && printer.status() == ExitOk ? int(ExitUsage) : printer.status();
}
