// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "steps.h"

#include "domainpage.h"
#include "exportpage.h"
#include "policypage.h"
#include "previewpage.h"
#include "reportspage.h"

#include <QCoreApplication>

#include <array>

QList<AssistantView::Step> assistantSteps(Session &session, QSettings &settings)
{
    const auto title = [](const char *text) {
        return QCoreApplication::translate("AssistantView", text);
    };
    return {
            {title(QT_TRANSLATE_NOOP("AssistantView", "Domain")),
             [&session] { return new DomainPage(session); }},
            {title(QT_TRANSLATE_NOOP("AssistantView", "Policy")),
             [&session] { return new PolicyPage(session); }},
            {title(QT_TRANSLATE_NOOP("AssistantView", "Reports")),
             [&session] { return new ReportsPage(session); }},
            {title(QT_TRANSLATE_NOOP("AssistantView", "Preview")),
             [&session] { return new PreviewPage(session); }},
            {title(QT_TRANSLATE_NOOP("AssistantView", "Export")),
             [&session, &settings] { return new ExportPage(session, settings); }},
    };
}

namespace {

constexpr std::array<const char *, 5> Names{"domain", "policy", "reports", "review", "deliver"};

} // namespace

QByteArray stepName(Step step)
{
    return Names.at(size_t(step));
}

std::optional<Step> stepFromName(const QByteArray &name)
{
    for (size_t i = 0; i < Names.size(); ++i)
        if (name == Names.at(i))
            return Step(i);
    return std::nullopt;
}
