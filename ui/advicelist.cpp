// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "advicelist.h"

#include "plainlabel.h"
#include "texts.h"

#include <QGridLayout>
#include <QStyle>

#include <algorithm>

AdviceList::AdviceList(QWidget *parent)
    : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setColumnStretch(1, 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    hide();
}

void AdviceList::show(const QList<Issue> &issues)
{
    setVisible(!issues.isEmpty());
    if (issues == m_issues)
        return;
    m_issues = issues;
    const auto old = findChildren<QLabel *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(old);
    QList<Issue> sorted = issues;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Issue &a, const Issue &b) {
        return severityRank(a.severity) < severityRank(b.severity);
    });
    auto *grid = static_cast<QGridLayout *>(layout());
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize);
    for (int row = 0; row < sorted.size(); ++row) {
        const Issue &issue = sorted.at(row);
        auto *icon = plainLabel({}, this);
        icon->setPixmap(resultIcon(issue.severity).pixmap(QSize(side, side), devicePixelRatioF()));
        icon->setAccessibleName(severityWord(issue.severity));
        auto *text = plainLabel(issueText(issue), this);
        text->setObjectName(QStringLiteral("adviceText"));
        grid->addWidget(icon, row, 0, Qt::AlignTop);
        grid->addWidget(text, row, 1);
        icon->show();
        text->show();
    }
}
