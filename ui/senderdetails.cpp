// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "senderdetails.h"

#include "base/printable.h"
#include "check/senderwords.h"
#include "texts.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

struct SenderDetails
{
    Q_DECLARE_TR_FUNCTIONS(SenderDetails)
};

constexpr qsizetype MostSteps = 30;

void addReasons(QStringList &lines, const QList<Issue> &reasons)
{
    for (const Issue &reason : reasons) {
        const QString reference = reasonReference(reason);
        lines << QStringLiteral("– ") + reasonText(reason) +
                         (reference.isEmpty()
                                  ? QString()
                                  : QStringLiteral(" (") + reference + QLatin1Char(')'));
    }
}

void addOutcome(QStringList &lines, const SenderOutcome &outcome)
{
    lines << outcomeSentence(outcome);
    if (const QString meaning = outcomeMeaning(outcome); !meaning.isEmpty())
        lines << meaning;
    addReasons(lines, outcome.reasons);
    for (const SenderStep &step : outcome.steps.mid(0, MostSteps)) {
        //: a mail server, its preference, and what the sender does there
        lines << fillIn(SenderDetails::tr("%1 (preference %2): %3"),
                        {isolated(printable(step.host)), QLocale().toString(step.preference),
                         stepSentence(step.delivery)});
        addReasons(lines, step.reasons);
    }
    if (outcome.steps.size() > MostSteps)
        lines << SenderDetails::tr("and %n more mail server(s)", nullptr,
                                   int(outcome.steps.size() - MostSteps));
}

} // namespace

QString senderDetails(const SenderView &view)
{
    QStringList lines{senderMethods(view.sender)};
    addOutcome(lines, view.now);
    if (view.withCached) {
        lines << cachedHeading(view.cached.until) + QLatin1Char(':') << cachedPolicyText(view);
        addOutcome(lines, *view.withCached);
    }
    return lines.join(QLatin1Char('\n'));
}
