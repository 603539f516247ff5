// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "advicelist.h"

#include "plainlabel.h"
#include "texts.h"

#include <QGridLayout>
#include <QStyle>

#include <algorithm>

namespace {

constexpr qsizetype MostLines = 12; // of a hundred alike, the first say it

}

QList<Told> toldOf(const QList<Finding> &reasons)
{
    QList<Told> told;
    for (const Finding &reason : reasons) {
        const Words words = wordsFor(reason);
        told.append({Severity::Warning, joined({words.title, words.fix})});
    }
    return told;
}

AdviceList::AdviceList(QWidget *parent)
    : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setColumnStretch(1, 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    hide();
}

void AdviceList::show(const QList<Issue> &issues, QList<Told> others)
{
    for (const Issue &issue : issues)
        others.append({issue.severity, issueText(issue)});
    std::stable_sort(others.begin(), others.end(), [](const Told &a, const Told &b) {
        return severityRank(a.severity) < severityRank(b.severity);
    });
    tell(others);
}

void AdviceList::tell(QList<Told> lines)
{
    const int more = int(std::max<qsizetype>(lines.size() - MostLines, 0));
    if (more > 0) {
        lines.resize(MostLines);
        lines.append({lines.constLast().severity, tr("And %n more.", nullptr, more)});
    }
    setVisible(!lines.isEmpty());
    if (lines == m_lines)
        return;
    m_lines = lines;
    const auto old = findChildren<QLabel *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(old);
    auto *grid = static_cast<QGridLayout *>(layout());
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize);
    for (int row = 0; row < lines.size(); ++row) {
        const Told &line = lines.at(row);
        auto *icon = plainLabel({}, this);
        icon->setPixmap(resultIcon(line.severity).pixmap(QSize(side, side), devicePixelRatioF()));
        icon->setAccessibleName(severityWord(line.severity));
        auto *text = plainLabel(line.text, this);
        text->setObjectName(QStringLiteral("adviceText"));
        grid->addWidget(icon, row, 0, Qt::AlignTop);
        grid->addWidget(text, row, 1);
        icon->show();
        text->show();
    }
}
