// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accidentsview.h"

#include "practice/accidents.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>

using Practice::AccidentGroup;

namespace {

constexpr int IdRole = Qt::UserRole;

bool hasAll(const QString &text, const QStringList &words)
{
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace

AccidentsView::AccidentsView(QWidget *parent)
    : QTreeWidget(parent)
{
    setObjectName(QStringLiteral("accidentsView"));
    setHeaderHidden(true);
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    header()->setStretchLastSection(false); // wider ones are scrolled to
    setRootIsDecorated(false);
    setIndentation(indentation() / 2);
    setItemsExpandable(false); // there is nothing to gain, and a row to lose
    setUniformRowHeights(true);
    std::optional<AccidentGroup> group;
    for (const Practice::Accident &accident : Practice::accidents()) {
        if (group != accident.group)
            addGroup(QCoreApplication::translate("Practice", titleOf(accident.group)));
        group = accident.group;
        addRow(accident.id, QCoreApplication::translate("Practice", accident.title));
    }
    addGroup(tr("The DNS service"));
    addRow(Practice::TokenRevoked, tr("The token is taken back in the middle of publishing"));
    expandAll();
    setCurrentItem(m_rows.first());
    horizontalScrollBar()->setValue(0);
    connect(this, &QTreeWidget::itemChanged, this, &AccidentsView::tickedByUser);
    connect(this, &QTreeWidget::currentItemChanged, this, &AccidentsView::currentChosen);
}

void AccidentsView::addGroup(const QString &title)
{
    auto *item = new QTreeWidgetItem(this, {title});
    item->setFlags(Qt::ItemIsEnabled); // said on the way, and nothing to tick
    QFont bold = font();
    bold.setBold(true);
    item->setFont(0, bold);
}

void AccidentsView::addRow(const QByteArray &id, const QString &title)
{
    auto *item = new QTreeWidgetItem(topLevelItem(topLevelItemCount() - 1), {title});
    item->setData(0, IdRole, id);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(0, Qt::Unchecked);
    m_rows.append(item);
}

void AccidentsView::tick(const QSet<QByteArray> &ids)
{
    const QSignalBlocker blocker(this);
    for (QTreeWidgetItem *row : std::as_const(m_rows)) {
        const bool isOn = ids.contains(row->data(0, IdRole).toByteArray());
        row->setCheckState(0, isOn ? Qt::Checked : Qt::Unchecked);
    }
    viewport()->update(); // the view was not told either
}

QSet<QByteArray> AccidentsView::ticked() const
{
    QSet<QByteArray> ids;
    for (const QTreeWidgetItem *row : m_rows) {
        if (row->checkState(0) == Qt::Checked)
            ids.insert(row->data(0, IdRole).toByteArray());
    }
    return ids;
}

void AccidentsView::filter(const QString &words)
{
    const QStringList wanted = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (int i = 0; i < topLevelItemCount(); ++i)
        topLevelItem(i)->setHidden(true);
    QTreeWidgetItem *first = nullptr;
    for (QTreeWidgetItem *row : std::as_const(m_rows)) {
        const bool isShown = row->checkState(0) == Qt::Checked ||
                             hasAll(row->text(0) + row->parent()->text(0), wanted);
        row->setHidden(!isShown);
        if (!isShown)
            continue;
        row->parent()->setHidden(false);
        first = first ? first : row;
    }
    if (first && (!currentItem() || currentItem()->isHidden()))
        setCurrentItem(first);
}

QByteArray AccidentsView::current() const
{
    return currentItem() && !currentItem()->isHidden()
                   ? currentItem()->data(0, IdRole).toByteArray()
                   : QByteArray();
}
