// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Advice on a policy that every sender can read but that protects less than its owner thinks.
#include "mail/domainname.h"
#include "mail/policy.h"
#include "mail/policysyntax.h"

#include <QSet>

#include <algorithm>

namespace {

constexpr qint64 Day = 86400;
constexpr qint64 TwoWeeks = 14 * Day;

void adviseOnLifetime(const Policy &policy, IssueList &list)
{
    const QString seconds = QString::number(policy.maxAge);
    // RFC 8461 3.2: "weeks or greater" is what the protection is built on.
    if (policy.maxAge < Day)
        list.add("STS-42", Severity::Warning, {seconds});
    else if (policy.mode == Policy::Mode::Enforce && policy.maxAge < TwoWeeks)
        list.add("STS-42.weeks", Severity::Info, {seconds});
    else if (policy.mode == Policy::Mode::Testing && policy.maxAge > TwoWeeks)
        list.add("STS-42.testing", Severity::Info, {seconds});
}

void adviseOnWildcard(const QByteArray &suffix, const QByteArray &domain, const QString &shown,
                      IssueList &list)
{
    // RFC 8461 10.4: whoever holds a certificate for any name below the suffix can take the mail.
    if (!suffix.contains('.') || isPublicSuffix(suffix))
        list.add("STS-41.suffix", Severity::Error, {shown});
    else if (!domain.isEmpty() && (domain == suffix || domain.endsWith('.' + suffix)))
        list.add("STS-41", Severity::Warning, {shown});
}

bool isDigits(const QByteArray &label)
{
    return std::all_of(label.begin(), label.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

QList<Issue> adviseOnPolicy(const Policy &policy, const QByteArray &domain)
{
    IssueList list;
    adviseOnLifetime(policy, list);
    QSet<QByteArray> seen;
    QSet<QByteArray> told;
    for (const MxPattern &pattern : policy.mx) {
        const QByteArray text = pattern.text().toLower();
        const QString shown = QString::fromLatin1(pattern.text());
        if (seen.contains(text)) {
            if (!told.contains(text))
                list.add("STS-71.again", Severity::Info, {shown});
            told.insert(text);
            continue;
        }
        seen.insert(text);
        if (pattern.isWildcard())
            adviseOnWildcard(text.mid(2), domain.toLower(), shown, list);
        else if (!text.contains('.'))
            list.add("STS-44.single", Severity::Warning, {shown});
        else if (isDigits(text.mid(text.lastIndexOf('.') + 1)))
            list.add("STS-44", Severity::Warning, {shown});
    }
    return list.issues();
}
