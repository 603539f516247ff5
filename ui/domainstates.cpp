// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domainstates.h"

#include "base/printable.h"
#include "check/words.h"
#include "push/guard.h"
#include "texts.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

using Act = NextStep::Act;

struct DomainStates
{
    Q_DECLARE_TR_FUNCTIONS(DomainStates)
};

QString word(const QByteArray &name)
{
    return isolated(printable(name, 100));
}

QString day(const QDate &date)
{
    return QLocale().toString(date, QLocale::ShortFormat);
}

QString stateWord(const NextStep &step)
{
    switch (step.state) {
    case DomainState::Problem:
        return DomainStates::tr("Problem");
    case DomainState::NotTested:
        return DomainStates::tr("Not tested");
    case DomainState::Draft:
        return DomainStates::tr("Draft");
    case DomainState::ReadyToEnforce:
        return DomainStates::tr("Ready for “Enforce”");
    case DomainState::Removing:
        return DomainStates::tr("Being removed");
    case DomainState::Testing:
        return DomainStates::tr("Testing");
    case DomainState::Protected:
        return step.isByDane ? DomainStates::tr("Protected by DANE")
                             : DomainStates::tr("Protected");
    case DomainState::NotSetUp:
        break;
    }
    return DomainStates::tr("Not set up");
}

QString publishText(const NextStep &step, const QDateTime &now)
{
    switch (step.act) {
    case Act::Restore:
        return DomainStates::tr("Publish the policy again: until %1 some servers may still use it.")
                .arg(day(step.date.toLocalTime().date()));
    case Act::Publish:
        return DomainStates::tr("Publish the saved files, then check.");
    case Act::WaitToDelete:
        if (!step.date.isValid())
            return DomainStates::tr("Do not delete the record and the file yet: it is not known "
                                    "how long servers remember the old policy.");
        return DomainStates::tr("Do not delete the record and the file before %1.")
                .arg(day(firstFreeDay(step.date)));
    case Act::Delete:
        return DomainStates::tr("The record and the file can be deleted now.");
    case Act::Check:
        return step.date.isValid() && step.date <= now
                       ? DomainStates::tr("Check again: the last check is too old.")
                       : DomainStates::tr("Check this domain.");
    default:
        return {};
    }
}

} // namespace

QString stateText(const NextStep &step, const KeptDomain &kept)
{
    const QString state = stateWord(step);
    const int problems = kept.lastCheck ? kept.lastCheck->problems : 0;
    const int warnings = kept.lastCheck ? kept.lastCheck->warnings : 0;
    if (step.state == DomainState::Problem && problems > 1)
        return DomainStates::tr("%n problem(s)", nullptr, problems);
    if (step.state == DomainState::Protected && warnings > 0)
        return DomainStates::tr("%1, %n warning(s)", nullptr, warnings).arg(state);
    return state;
}

Severity stateSeverity(const NextStep &step, const KeptDomain &kept)
{
    switch (step.state) {
    case DomainState::Problem:
        return Severity::Error;
    case DomainState::NotTested:
        return Severity::Unknown;
    case DomainState::Protected: {
        const bool isWarned = (kept.lastCheck && kept.lastCheck->warnings > 0) ||
                              step.act == Act::AddMailServer || step.act == Act::RenewCertificate;
        return isWarned ? Severity::Warning : Severity::Ok;
    }
    default:
        return Severity::Info;
    }
}

QString modeText(const NextStep &step)
{
    switch (step.mode) {
    case Report::Sts::None:
        return DomainStates::tr("none", "mode");
    case Report::Sts::Testing:
        return DomainStates::tr("testing", "mode");
    case Report::Sts::Enforce:
        return DomainStates::tr("enforce", "mode");
    default:
        return QStringLiteral("–");
    }
}

QString nextStepText(const NextStep &step, const QDateTime &now)
{
    switch (step.act) {
    case Act::Nothing:
        return DomainStates::tr("Nothing to do.");
    case Act::Continue:
        return DomainStates::tr("Continue setting it up.");
    case Act::AddMailServer:
        return DomainStates::tr("Add %1 to the policy.").arg(word(step.subject));
    case Act::Mend:
        return step.finding ? joined({wordsFor(*step.finding).title}) : QString();
    case Act::SeeNotTested:
        return step.count > 0
                       ? DomainStates::tr("%n check(s) were not possible.", nullptr, step.count)
                       : DomainStates::tr("Some checks were not possible.");
    case Act::RenewCertificate:
        return DomainStates::tr("The certificate of %1 ends on %2: see that it is renewed.")
                .arg(word(step.subject), day(step.date.toLocalTime().date()));
    case Act::Enforce:
        return DomainStates::tr("Tested for %n day(s): switch to “Enforce”.", nullptr, step.count);
    case Act::AskForReports:
        return DomainStates::tr("Ask for TLS reports: without them testing tells you nothing.");
    case Act::Wait:
        return DomainStates::tr("Test for %n more day(s), then “Enforce”.", nullptr, step.count);
    case Act::DropPattern:
        return DomainStates::tr("Take %1 out of the policy: no mail server has that name.")
                .arg(word(step.subject));
    case Act::SetUp:
        return DomainStates::tr("Set up protection.");
    default:
        return publishText(step, now);
    }
}

QString whenText(const QDateTime &time, const QDateTime &now)
{
    if (!time.isValid())
        return DomainStates::tr("never");
    const QDateTime local = time.toLocalTime();
    const QString clock = QLocale().toString(local.time(), QLocale::ShortFormat);
    const qint64 days = local.date().daysTo(now.toLocalTime().date());
    if (days == 0)
        return DomainStates::tr("today %1").arg(clock);
    if (days == 1)
        return DomainStates::tr("yesterday %1").arg(clock);
    return day(local.date());
}
