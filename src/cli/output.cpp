// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"

#include "base/printable.h"
#include "check/reportjson.h"

#include <QFile>
#include <QJsonDocument>

#include <cstdio>

int usageError(const QString &sentence)
{
    const QByteArray line = "mta-sts: " + printable(sentence).toUtf8() + '\n';
    std::fwrite(line.constData(), 1, size_t(line.size()), stderr);
    return ExitUsage;
}

std::optional<int> parseWords(QCommandLineParser &parser, const Invocation &invocation)
{
    const QCommandLineOption help = parser.addHelpOption();
    if (!parser.parse(invocation.arguments))
        return usageError(parser.errorText() + QStringLiteral(" Try --help."));
    if (parser.isSet(help)) {
        writeOut(parser.helpText().toUtf8());
        return ExitOk;
    }
    return std::nullopt;
}

void writeOut(const QByteArray &octets)
{
    std::fwrite(octets.constData(), 1, size_t(octets.size()), stdout);
    std::fflush(stdout);
}

void writeJson(const QJsonObject &object)
{
    writeOut(QJsonDocument(object).toJson());
}

QJsonArray findingsJson(const QList<Finding> &findings)
{
    JsonWriter json;
    writeFindings(json, nullptr, findings);
    return QJsonDocument::fromJson(json.text()).array();
}

int exitStatusOf(const QList<Finding> &findings)
{
    const auto has = [&](Severity severity) {
        return std::any_of(findings.begin(), findings.end(), [severity](const Finding &finding) {
            return finding.severity == severity;
        });
    };
    return has(Severity::Error) ? ExitErrors : has(Severity::Unknown) ? ExitUnknown : ExitOk;
}

Result<QByteArray> readInput(const QString &path, qint64 limit)
{
    QFile file;
    if (path == QLatin1String("-")) {
        if (!file.open(stdin, QIODevice::ReadOnly))
            return failed(Error::Kind::NotFound, QStringLiteral("cannot read standard input"));
    } else {
        file.setFileName(path);
        if (!file.open(QIODevice::ReadOnly))
            return failed(Error::Kind::NotFound,
                          QStringLiteral("cannot read %1: %2").arg(path, file.errorString()));
    }
    QByteArray all;
    while (all.size() < limit) {
        const QByteArray part = file.read(limit - all.size());
        if (part.isEmpty())
            break;
        all += part;
    }
    return all;
}
