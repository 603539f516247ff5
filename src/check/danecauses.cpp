// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "check/danecauses.h"

#include "base/printable.h"

#include <algorithm>
#include <initializer_list>

namespace {

/// As the issues of a record name it.
QString shown(const TlsaRecord &record)
{
    return printable(tlsaToText(record), 80);
}

QString comboOf(const TlsaRecord &record)
{
    return QStringLiteral("%1 %2 %3").arg(record.usage).arg(record.selector).arg(record.matching);
}

bool isToldOf(const QString &record, const Issue &follower, const QList<Issue> &causes,
              std::initializer_list<const char *> ids)
{
    return std::any_of(causes.cbegin(), causes.cend(), [&](const Issue &cause) {
        const bool isGrave =
                cause.severity == Severity::Error || follower.severity != Severity::Error;
        return isGrave && cause.values.value(0) == record &&
               std::any_of(ids.begin(), ids.end(),
                           [&cause](const char *id) { return cause.id == id; });
    });
}

/// Each record of the combination is told of, and why it matches nothing.
bool isExplained(const Issue &mismatch, const QList<Issue> &causes,
                 const QList<TlsaRecord> &records)
{
    const auto isOther = [&](const TlsaRecord &record) {
        return comboOf(record) != mismatch.values.value(0) || !whyUnusable(record).isEmpty();
    };
    return std::all_of(records.cbegin(), records.cend(), [&](const TlsaRecord &record) {
        return isOther(record) || isToldOf(shown(record), mismatch, causes,
                                           {"DANE-17", "DANE-20", "DANE-20.leaf", "DANE-24",
                                            "DANE-31.broken", "DANE-42.selector"});
    });
}

} // namespace

QList<Issue> mistypedSelectors(const QList<TlsaRecord> &records, const Certificate &leaf)
{
    QList<Issue> issues;
    for (const TlsaRecord &record : records) {
        TlsaRecord meant = record;
        meant.selector = quint8(1 - record.selector);
        if (record.usage == 3 && record.selector <= 1 && record.matching <= 2 &&
            tlsaData(leaf, meant.selector, record.matching) == record.data)
            issues.append({"DANE-42.selector",
                           Severity::Error,
                           {shown(record), QString::fromLatin1(tlsaToText(meant))}});
    }
    return issues;
}

QList<Issue> withoutFollowers(const QList<Issue> &issues, const QList<Issue> &causes,
                              const QList<TlsaRecord> &records)
{
    QList<Issue> left = issues;
    left.removeIf([&](const Issue &issue) {
        if (issue.rule() == "DANE-28")
            return isExplained(issue, causes, records);
        return issue.rule() == "DANE-31" &&
               isToldOf(issue.values.value(0), issue, causes, {"DANE-17", "DANE-42.selector"});
    });
    return left;
}
