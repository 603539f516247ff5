// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the assistant's pages show of the engine: advice, and the parts of the preview. Pure;
// so that no page knows a protocol.

#include "deploy/advice.h"
#include "deploy/deployment.h"
#include "deploy/proposal.h"
#include "store/keptdomain.h"

/// What is known of the domain when choices are judged; `now` (UTC) counts the days of testing.
[[nodiscard]] Circumstances circumstances(const Survey &survey, const Report &report,
                                          const KeptDomain &kept,
                                          const QDateTime &now = QDateTime::currentDateTimeUtc());

enum class AdviceAbout { Policy, Reports, Everything };
[[nodiscard]] QList<Issue> advice(const Choices &choices, const Survey &survey,
                                  const Report &report, AdviceAbout about,
                                  const KeptDomain &kept = {});

/// One thing to publish, against what is live.
struct PreviewPart
{
    enum class Kind { Keep, Add, Replace, Remove, NotCompared };
    Kind kind = Kind::NotCompared;
    bool isFile = false;
    QString type;  // "TXT"; empty for the file
    QString where; // URL, or the record's name
    QByteArray before, after;
    friend bool operator==(const PreviewPart &, const PreviewPart &) = default;
};
/// In the order of publishing: the file, then the records.
[[nodiscard]] QList<PreviewPart> previewParts(const Survey &survey, const Deployment &wanted);
/// What could not be compared, or stands in the way.
[[nodiscard]] QList<Issue> previewObstacles(const Survey &survey, const Deployment &wanted);
/// Not one answer came, on any port: this says nothing about the domain.
[[nodiscard]] bool nothingAnswered(const Survey &survey);
/// Everything the comparison needs has been looked at.
[[nodiscard]] bool isComparable(const Survey &survey);
