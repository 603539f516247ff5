// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policytexts.h"

#include "base/limits.h"
#include "store/keptdomain.h"
#include "texts.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QLocale>

namespace {

constexpr qint64 Hour = 3600;
constexpr qint64 Day = 24 * Hour;
constexpr qsizetype MostReasons = 4;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(PolicyPage)
};

/// "1 day", "2 weeks": one unit, when it is exact.
QString inOneUnit(qint64 seconds)
{
    if (seconds == Limits::MaxAge)
        return Texts::tr("1 year");
    if (seconds > 0 && seconds % (7 * Day) == 0 && seconds <= 8 * 7 * Day)
        return Texts::tr("%n week(s)", nullptr, int(seconds / (7 * Day)));
    if (seconds > 0 && seconds % Day == 0)
        return Texts::tr("%n day(s)", nullptr, int(seconds / Day));
    if (seconds > 0 && seconds % Hour == 0 && seconds < Day)
        return Texts::tr("%n hour(s)", nullptr, int(seconds / Hour));
    return {};
}

enum class Stage { Unknown, Nothing, Reports, Testing, Short, Long };

Stage liveStage(const Survey &survey)
{
    const Circumstances known = circumstances(survey);
    if (!known.liveKnown)
        return Stage::Unknown;
    if (!known.liveMode || *known.liveMode == Policy::Mode::None) {
        if (!known.reportsKnown)
            return Stage::Unknown;
        return known.liveReportTo.isEmpty() ? Stage::Nothing : Stage::Reports;
    }
    if (*known.liveMode == Policy::Mode::Testing)
        return Stage::Testing;
    return livePolicy(survey)->maxAge < 30 * Day ? Stage::Short : Stage::Long;
}

} // namespace

QString PolicyTexts::duration(qint64 seconds)
{
    if (const QString one = inOneUnit(seconds); !one.isEmpty())
        return one;
    if (seconds > Day && seconds % Hour == 0)
        return Texts::tr("%1 and %2", "3 days and 4 hours")
                .arg(inOneUnit(seconds - seconds % Day), inOneUnit(seconds % Day));
    if (seconds > Day)
        return Texts::tr("about %n day(s)", nullptr, int((seconds + Day / 2) / Day));
    if (seconds > Hour)
        return Texts::tr("about %n hour(s)", nullptr, int((seconds + Hour / 2) / Hour));
    return Texts::tr("%n second(s)", nullptr, int(seconds));
}

QString PolicyTexts::age(qint64 seconds)
{
    return Texts::tr("%1 (%2 s)", "how long, the same in seconds")
            .arg(duration(seconds), QString::number(seconds));
}

QString PolicyTexts::rollout(const Survey &survey)
{
    const QList<std::pair<Stage, QString>> stages{
            {Stage::Reports, Texts::tr("reports only")},
            {Stage::Testing, Texts::tr("testing, 1 day")},
            {Stage::Short, Texts::tr("enforce, 1 week")},
            {Stage::Long, Texts::tr("enforce, 30 days or more")},
    };
    const Stage live = liveStage(survey);
    QStringList shown;
    for (const auto &[stage, text] : stages)
        shown << (stage == live ? Texts::tr("▸ %1 (live now)").arg(text) : text);
    const QString arrow =
            QGuiApplication::isRightToLeft() ? QStringLiteral(" ← ") : QStringLiteral(" → ");
    const QString line = Texts::tr("The usual way: %1.").arg(shown.join(arrow));
    return live == Stage::Nothing ? joined({line, Texts::tr("Nothing of it is live yet.")}) : line;
}

QList<Told> PolicyTexts::readiness(const Readiness &readiness, const Circumstances &known)
{
    using State = Readiness::State;
    if (readiness.state == State::Ready)
        return {{Severity::Ok,
                 joined({Texts::tr("Ready: testing has run for %n day(s), and the last check found "
                                   "no problem.",
                                   nullptr, int(known.testingDays.value_or(0))),
                         Texts::tr("Look through the reports once more; the assistant does not "
                                   "read them.")})}};
    QList<Told> lines;
    if (readiness.state == State::Enforced)
        lines.append({Severity::Info, Texts::tr("Enforce is what senders are told now.")});
    for (const Issue &issue : readiness.reasons.mid(0, MostReasons)) {
        const QString why = wordsFor(toFinding(issue, Group::Input, {})).title;
        if (readiness.state == State::Enforced)
            lines.append({issue.severity, joined({why})});
        else if (issue.severity == Severity::Unknown)
            lines.append({issue.severity, joined({Texts::tr("Not known yet: %1").arg(why)})});
        else
            lines.append({Severity::Info, joined({Texts::tr("Not ready yet: %1").arg(why)})});
    }
    const int more = int(std::max<qsizetype>(readiness.reasons.size() - MostReasons, 0));
    if (more > 0)
        lines.append({Severity::Info, Texts::tr("%n more reason(s).", nullptr, more)});
    return lines;
}

QString PolicyTexts::earlyEnforce(const Choices &choices, const Readiness &readiness)
{
    using State = Readiness::State;
    if (choices.mode != Policy::Mode::Enforce || readiness.state == State::Ready ||
        readiness.state == State::Enforced)
        return {};
    const QString effect = Texts::tr("“Enforce” can stop mail: where verified TLS does not work, "
                                     "nothing is delivered.");
    return joined({effect, readiness.state == State::NotYet
                                   ? Texts::tr("It is not ready yet; the reasons stand below it.")
                                   : Texts::tr("Whether it is ready is not known; the reasons "
                                               "stand below it.")});
}

QString PolicyTexts::none(const KeptDomain &kept, const QDateTime &now)
{
    const QString effect = Texts::tr("Only to wind a policy down before it is removed. Senders "
                                     "then act as if there were none.");
    if (!kept.cachedUntil.isValid() || kept.cachedUntil <= now)
        return effect;
    const QString date =
            QLocale().toString(kept.cachedUntil.toLocalTime().date(), QLocale::LongFormat);
    // RFC 8461 8.3: the file and the record stay until the last copy has expired.
    return joined({effect, Texts::tr("Some senders may remember an earlier policy until %1. Leave "
                                     "the record and the file in place until then.")
                                   .arg(date)});
}

bool PolicyTexts::isSaidElsewhere(const Issue &issue)
{
    return issue.rule() == "STS-85" || issue.id == "STS-70.enforce" ||
           issue.id == "STS-70.testing" || issue.id == "STS-71.choice";
}
