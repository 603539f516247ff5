// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The door of a stand-in (standin.py): to make it fail, and to hear what it was asked.

#include "provider/rest.h"
#include "provider/zonebed.h"

#include <QJsonArray>

/// At the at-th request from now on; `when`: the effect of that request comes first, or never.
struct Fault
{
    enum class When { BeforeEffect, AfterEffect };
    int at = 1;
    QString what; // "503", "cut", "html", or a word of the stand-in
    When when = When::BeforeEffect;
};

class Standin
{
public:
    explicit Standin(const ZoneBed &bed)
        : m_rest(*apiAddress(bed.value("control")), {})
    {
    }
    /// Forgets the faults and the requests of before.
    [[nodiscard]] bool expect(const QList<Fault> &faults)
    {
        QJsonArray list;
        for (const Fault &fault : faults)
            list.append(
                    QJsonObject{{QStringLiteral("at"), fault.at},
                                {QStringLiteral("what"), fault.what},
                                {QStringLiteral("after"), fault.when == Fault::When::AfterEffect}});
        return post(QStringLiteral("/faults"), QJsonDocument(list).toJson());
    }
    [[nodiscard]] bool release() { return post(QStringLiteral("/release"), "[]"); }
    /// "GET /api/v1/domains/ 200", since expect().
    [[nodiscard]] QStringList requests()
    {
        const auto reply = m_rest.get(QStringLiteral("/requests"), Cancel());
        QStringList lines;
        if (reply) {
            for (const QJsonValue line : reply->object().value(QLatin1String("requests")).toArray())
                lines.append(line.toString());
        }
        return lines;
    }
    /// Of those, the ones that write.
    [[nodiscard]] QStringList writes()
    {
        return requests().filter(QRegularExpression(QStringLiteral("^(?!GET )")));
    }

private:
    bool post(const QString &path, const QByteArray &json)
    {
        const auto reply = m_rest.send("POST", path, Cancel(), json);
        return reply && reply->isGood();
    }

    Rest m_rest;
};
