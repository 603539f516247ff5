// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daneserversview.h"

#include "texts.h"

#include <QHeaderView>
#include <QScrollBar>

namespace {

constexpr int MostRows = 6; // more scroll

} // namespace

DaneServersView::DaneServersView(QWidget *parent)
    : QTreeWidget(parent)
{
    setRootIsDecorated(false);
    setAllColumnsShowFocus(true);
    setHeaderLabels({tr("Mail server"), tr("Run by"), tr("Zone"), tr("TLSA"), tr("DANE senders")});
    for (int column = 0; column < columnCount(); ++column)
        header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    header()->setStretchLastSection(false);
    showHeadings(header());
}

void DaneServersView::show(const QList<ServerDane> &servers)
{
    while (topLevelItemCount() > servers.size())
        delete takeTopLevelItem(int(servers.size()));
    for (int i = 0; i < servers.size(); ++i) {
        const ServerWords words = wordsOf(servers.at(i));
        QTreeWidgetItem *item = topLevelItem(i);
        if (!item)
            item = new QTreeWidgetItem(this);
        item->setText(0, isolated(words.host));
        item->setToolTip(0, isolated(words.host).toHtmlEscaped());
        item->setText(1, words.runner);
        item->setText(2, words.zone);
        item->setText(3, words.records);
        item->setText(4, words.senders);
        item->setIcon(0, resultIcon(words.severity));
        item->setData(0, Qt::AccessibleTextRole,
                      severityWord(words.severity) + QStringLiteral(". ") + words.host);
    }
    if (!currentItem() && topLevelItemCount() > 0)
        setCurrentItem(topLevelItem(0));
    fitHeight();
}

/// As tall as its rows, so that the records below have the room.
void DaneServersView::fitHeight()
{
    const int rows = qBound(1, topLevelItemCount(), MostRows);
    const int row = qMax(sizeHintForRow(0), fontMetrics().height() + 4);
    setFixedHeight(header()->sizeHint().height() + rows * row + 2 * frameWidth() +
                   horizontalScrollBar()->sizeHint().height());
}
