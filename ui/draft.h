// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the assistant's pages show of the engine: advice, and the parts of the plan. Pure;
// so that no page knows a protocol.

#include "deploy/advice.h"
#include "deploy/deployment.h"
#include "deploy/hostrecord.h"
#include "deploy/proposal.h"
#include "deploy/recordchanges.h"
#include "store/keptdomain.h"

/// What is known of the domain when choices are judged; `now` (UTC) counts the days of testing.
[[nodiscard]] Circumstances circumstances(const Survey &survey, const Report &report,
                                          const KeptDomain &kept, const QDateTime &now);

enum class AdviceAbout { Policy, Reports, Everything };
[[nodiscard]] QList<Issue> advice(const Choices &choices, const Survey &survey,
                                  const Report &report, AdviceAbout about, const KeptDomain &kept,
                                  const QDateTime &now);

/// One thing to publish, against what is live.
struct PlanPart
{
    enum class Kind { Keep, Create, Update, Delete, NotCompared };
    enum class What { HostRecord, File, Record };
    Kind kind = Kind::NotCompared;
    What what = What::Record;
    QString type;                    // "TXT"; "A, AAAA" for the host; empty for the file
    QString where;                   // URL, or the record's name
    QByteArray before, after;        // octets; for the host only what stands there now
    QByteArray reason;               // id with a row in words.cpp; may be empty
    std::optional<DnsRecord> record; // the wanted one
    std::optional<int> raisedTtl;    // seconds; the zone takes no shorter one
    std::optional<HostRecord> host;
};
[[nodiscard]] PlanPart partOf(const Change &change);
/// In the order of work: the host, the file, then the records, _mta-sts last of them, and TLSA after all.
[[nodiscard]] QList<PlanPart> planParts(const Survey &survey, const Deployment &wanted);
/// What could not be compared, or stands in the way.
[[nodiscard]] QList<Issue> planObstacles(const Survey &survey, const Deployment &wanted);

/// How a DNS panel wants a record to be typed.
struct PanelForm
{
    bool fullNames = false; // "_mta-sts.example.com", not "_mta-sts"
    bool quotes = false;    // around the value of a TXT record
};
/// As the recognised DNS host wants it; short names without quotation marks where it is not known.
[[nodiscard]] PanelForm panelForm(const Survey &survey);
[[nodiscard]] QByteArray panelName(const DnsRecord &record, const DomainName &zone, PanelForm form);
[[nodiscard]] QByteArray panelValue(const DnsRecord &record, PanelForm form);

/// Not one answer came, on any port: this says nothing about the domain.
[[nodiscard]] bool nothingAnswered(const Survey &survey);
/// Everything the comparison needs has been looked at.
[[nodiscard]] bool isComparable(const Survey &survey);
