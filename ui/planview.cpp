// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "planview.h"

#include "plandetail.h"
#include "texts.h"

#include <QHeaderView>

PlanView::PlanView(QWidget *parent)
    : QTreeWidget(parent)
{
    setRootIsDecorated(false);
    setAllColumnsShowFocus(true);
    setHeaderLabels({tr("Change"), tr("What"), tr("Where")});
    header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    showHeadings(header());
}

void PlanView::show(const QList<PlanPart> &parts)
{
    while (topLevelItemCount() > parts.size())
        delete takeTopLevelItem(int(parts.size()));
    int first = 0;
    for (int i = 0; i < parts.size(); ++i) {
        const PlanPart &part = parts.at(i);
        QTreeWidgetItem *item = topLevelItem(i);
        if (!item)
            item = new QTreeWidgetItem(this);
        item->setText(0, tr("%1. %2").arg(i + 1).arg(PlanDetail::kindWord(part.kind)));
        item->setIcon(0, resultIcon(PlanDetail::kindSeverity(part.kind)));
        item->setText(1, PlanDetail::whatWord(part));
        item->setText(2, isolated(part.where));
        item->setToolTip(2, isolated(part.where).toHtmlEscaped());
        if (parts.at(first).kind == PlanPart::Kind::Keep && part.kind != PlanPart::Kind::Keep)
            first = i;
    }
    if (!currentItem())
        setCurrentItem(topLevelItem(first));
}

int PlanView::currentPart() const
{
    return indexOfTopLevelItem(currentItem());
}
