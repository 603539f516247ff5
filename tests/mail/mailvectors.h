// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reading of the vector files in tests/data, for tests of the mail room.

#include "base/severity.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace Vectors {

inline QJsonArray rows(const char *file, const char *section = "vectors")
{
    QFile data(QStringLiteral(TESTS_DATA_DIR "/") + QLatin1String(file));
    if (!data.open(QIODevice::ReadOnly))
        qFatal("missing test data: %s", file);
    const QJsonArray found = QJsonDocument::fromJson(data.readAll())
                                     .object()
                                     .value(QLatin1String(section))
                                     .toArray();
    if (found.isEmpty())
        qFatal("no rows in %s, %s", file, section);
    return found;
}

/// Adds a test row for each vector, with the vector in the column "row".
inline void addRows(const char *file, const char *section = "vectors")
{
    QTest::addColumn<QJsonObject>("row");
    const QJsonArray all = rows(file, section);
    for (const QJsonValue &value : all) {
        const QJsonObject row = value.toObject();
        const QString name = row.value(QLatin1String("id")).toString() + QLatin1Char(' ') +
                             row.value(QLatin1String("description")).toString();
        QTest::newRow(qPrintable(name)) << row;
    }
}

inline QString severityName(Severity severity)
{
    switch (severity) {
    case Severity::Ok:
        return QStringLiteral("ok");
    case Severity::Info:
        return QStringLiteral("info");
    case Severity::Warning:
        return QStringLiteral("warning");
    case Severity::Error:
        return QStringLiteral("error");
    case Severity::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

inline QString asText(const QList<Issue> &issues)
{
    QStringList out;
    for (const Issue &issue : issues)
        out.append(QString::fromLatin1(issue.id) + QLatin1Char(' ') + severityName(issue.severity));
    return out.join(QStringLiteral(", "));
}

/// The first expected finding that is not among the issues; empty if all are there.
inline QString firstMissing(const QJsonObject &expected, const QList<Issue> &issues)
{
    const QJsonArray findings = expected.value(QLatin1String("findings")).toArray();
    for (const QJsonValue &value : findings) {
        const QString rule = value[QLatin1String("req")].toString();
        const QString severity = value[QLatin1String("severity")].toString();
        bool found = false;
        for (const Issue &issue : issues)
            found = found || (QString::fromLatin1(issue.rule()) == rule &&
                              severityName(issue.severity) == severity);
        if (!found)
            return rule + QLatin1Char(' ') + severity + QStringLiteral(" not in: ") +
                   asText(issues);
    }
    return {};
}

/// A list with no finding expected must not hold an error or a warning.
inline QString firstSurplus(const QJsonObject &expected, const QList<Issue> &issues)
{
    if (!expected.value(QLatin1String("findings")).toArray().isEmpty())
        return {};
    for (const Issue &issue : issues) {
        if (issue.severity != Severity::Info && issue.severity != Severity::Ok)
            return QString::fromLatin1(issue.id);
    }
    return {};
}

} // namespace Vectors
