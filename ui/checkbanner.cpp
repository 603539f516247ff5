// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkbanner.h"

#include "base/printable.h"
#include "draft.h"
#include "texts.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

struct BannerWords
{
    Q_DECLARE_TR_FUNCTIONS(CheckBanner)
};

constexpr qint64 ClockSlackSeconds = 600;

} // namespace

CheckBanner bannerFor(const Survey &survey)
{
    if (nothingAnswered(survey))
        return {Severity::Error,
                BannerWords::tr("Nothing answered. This computer seems to have no network "
                                "connection."),
                CheckBanner::Action::CheckAgain};
    if (survey.port25 == Port25::Blocked)
        return {Severity::Info,
                BannerWords::tr("Your network blocks outgoing port 25, as most home and office "
                                "networks do. The mail servers could not be tested from here; that "
                                "says nothing about them."),
                CheckBanner::Action::Port25Help};
    return {};
}

CheckBanner bannerFor(const SavedReport &saved, const QDateTime &now)
{
    const QString date = QLocale().toString(saved.report.at.toLocalTime(), QLocale::ShortFormat);
    QStringList sentences;
    if (saved.resolver.isEmpty())
        sentences << fillIn(BannerWords::tr("Result of %1, from a file."), {date});
    else
        sentences << fillIn(BannerWords::tr("Result of %1, from a file; DNS resolver: %2."),
                            {date, isolated(saved.resolver)});
    const bool isFuture = now.secsTo(saved.report.at) > ClockSlackSeconds;
    if (isFuture)
        sentences << BannerWords::tr("That is in the future: one of the two clocks is wrong.");
    if (saved.cancelled)
        sentences << BannerWords::tr("That check was stopped before its end.");
    if (saved.port25 == Port25::Blocked)
        sentences << BannerWords::tr("Port 25 was blocked there too.");
    return {isFuture ? Severity::Warning : Severity::Info, sentences.join(QLatin1Char(' ')),
            CheckBanner::Action::None};
}
