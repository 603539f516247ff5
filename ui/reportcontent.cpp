// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reportcontent.h"

#include "base/printable.h"
#include "session.h"
#include "texts.h"

#include <QCoreApplication>
#include <QDir>
#include <QGuiApplication>
#include <QLocale>

namespace {

struct ReportWords
{
    Q_DECLARE_TR_FUNCTIONS(ReportContent)
};

ReportFacts ownFacts()
{
    ReportFacts facts;
    facts.program =
            QStringLiteral("MTA-STS Assistant %1").arg(QCoreApplication::applicationVersion());
    const QString language = QLocale().bcp47Name();
    facts.language = language == QLatin1String("C") ? QStringLiteral("en") : language;
    facts.direction = QGuiApplication::layoutDirection();
    return facts;
}

} // namespace

ReportContent contentOf(const Session &session)
{
    ReportContent content;
    content.report = session.report();
    content.facts = ownFacts();
    content.facts.resolver = session.survey().resolver;
    content.facts.cancelled = session.survey().cancelled;
    content.survey = session.survey();
    content.held = session.kept().held;
    return content;
}

ReportContent contentOf(const SavedReport &saved)
{
    ReportContent content;
    content.report = saved.report;
    content.facts = ownFacts();
    content.facts.resolver = saved.resolver;
    content.facts.cancelled = saved.cancelled;
    content.facts.fromFile = true;
    content.facts.observed = saved.document.value(QLatin1String("observed")).toObject();
    content.document = saved.document;
    if (!saved.program.isEmpty())
        content.facts.program += QStringLiteral("; ") + saved.program;
    return content;
}

QString checkedText(const Survey &survey)
{
    if (survey.cancelled)
        return ReportWords::tr("Stopped. What was not reached is not tested.");
    const QString at = QLocale().toString(survey.at.toLocalTime().time(), QLocale::ShortFormat);
    const QString seconds = QLocale().toString(double(survey.tookMs) / 1000, 'f', 1);
    return ReportWords::tr("Checked at %1, took %2 s.").arg(at, seconds);
}

QString savedText(const QString &path)
{
    return ReportWords::tr("Saved to %1").arg(isolated(printable(QDir::toNativeSeparators(path))));
}
