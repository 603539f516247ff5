// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Short ways to ask a report what it says.

#include "check/checks.h"
#include "check/reportjson.h"
#include "fakes/fakedoors.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

inline Report judged(FakeWorld &world)
{
    return judge(world.look());
}

/// The report as those who read the JSON find it.
inline QJsonObject reportObject(const Survey &survey, const Report &report)
{
    return QJsonDocument::fromJson(checkJson(survey, report)).object();
}

inline QList<Finding> findingsOf(const Report &report, const QByteArray &id)
{
    QList<Finding> found;
    for (const Finding &finding : report.findings) {
        if (finding.id == id)
            found.append(finding);
    }
    return found;
}

inline qsizetype count(const Report &report, const QByteArray &id)
{
    return findingsOf(report, id).size();
}

inline bool has(const Report &report, const QByteArray &id, Severity severity)
{
    const QList<Finding> found = findingsOf(report, id);
    return !found.isEmpty() && found.first().severity == severity;
}

/// Every finding in one line, for the message of a failed test.
inline QByteArray listed(const Report &report)
{
    QByteArray text;
    for (const Finding &finding : report.findings) {
        text += severityName(finding.severity) + ' ' + finding.id + ' ' + finding.subject.toUtf8() +
                " (" + finding.values.join(u'|').toUtf8() + ")\n";
    }
    return text;
}

#define SAYS(report, id, severity)                                                                 \
    QVERIFY2(has(report, id, Severity::severity), qPrintable(QString::fromUtf8(listed(report))))
#define SAYS_NOT(report, id)                                                                       \
    QVERIFY2(count(report, id) == 0, qPrintable(QString::fromUtf8(listed(report))))
