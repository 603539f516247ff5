// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practicesight.h"

#include "base/printable.h"
#include "check/senderwords.h"
#include "mail/stsrecord.h"
#include "practicerun.h"

#include <QCoreApplication>

using Practice::Published;

namespace {

/// As if somebody had checked, and fetched the policy, the day before.
LastSeen seenBefore(const Published &published, const QDateTime &now)
{
    return {readStsRecords(published.sts).id, published.policy.value_or(QByteArray()),
            now.addDays(-1)};
}

QList<CachedPolicy> heldBefore(const Published &published, const QDateTime &now)
{
    const PolicyReading reading = readPolicy(published.policy.value_or(QByteArray()));
    if (!reading.policy)
        return {};
    return {{*reading.policy, now.addSecs(reading.policy->maxAge)}};
}

QString sentence(const SenderView &view)
{
    QString text = outcomeSentence(view.now);
    if (view.withCached)
        text += QLatin1Char(' ') +
                fillIn(QCoreApplication::translate("PracticeSight",
                                                   "With the policy that was published before: %1"),
                       {outcomeSentence(*view.withCached)});
    return text;
}

} // namespace

PracticeSight practiceSight(const PracticeRun &run, const Cancel &cancel)
{
    const Published published = run.situation().published;
    const Engine engine = run.engine();
    const DomainName domain = DomainName::parse(QString::fromLatin1(Practice::Domain)).domain;
    const Survey survey = engine.look(domain, cancel, [](const Survey &) {});
    PracticeSight sight{engine.judge(survey, seenBefore(published, survey.at)), {}};
    sight.senders = whatSendersDo(survey, sight.report, heldBefore(published, survey.at));
    return sight;
}

QString sendersText(const QList<SenderView> &senders)
{
    QList<QPair<QString, QStringList>> groups; // what is done, by whom
    for (const SenderView &view : senders) {
        const QString done = sentence(view);
        const auto same = std::find_if(groups.begin(), groups.end(),
                                       [&](const auto &group) { return group.first == done; });
        if (same == groups.end())
            groups.append({done, {senderName(view.sender.kind)}});
        else
            same->second.append(senderName(view.sender.kind));
    }
    QStringList lines;
    for (const auto &[done, who] : std::as_const(groups))
        lines.append(who.join(QLatin1String(", ")) + QStringLiteral(": ") + done);
    return lines.join(QLatin1Char('\n'));
}
