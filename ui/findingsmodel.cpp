// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "findingsmodel.h"

#include "check/words.h"
#include "detailview.h"
#include "findingsmodel_p.h"
#include "texts.h"

#include <QBrush>
#include <QFont>
#include <QGuiApplication>
#include <QPalette>
#include <QSet>

#include <algorithm>
#include <iterator>

namespace {

constexpr qsizetype MostToolTip = 300;

} // namespace

FindingsModel::FindingsModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

FindingsModel::~FindingsModel() = default;

FindingsModel::Before FindingsModel::summary() const
{
    Before all;
    for (const auto &node : m_nodes) {
        for (const Row &row : node->rows) {
            const QPair<QByteArray, QString> key{row.finding.rule(), row.finding.subject};
            const auto known = all.constFind(key);
            if (known == all.cend() || severityRank(row.finding.severity) < severityRank(*known))
                all.insert(key, row.finding.severity);
        }
    }
    return all;
}

FindingsModel::Nodes FindingsModel::wanted(const Report &report) const
{
    Nodes nodes;
    QHash<Group, Node *> byGroup;
    QHash<Row::Key, int> count; // rows of one id about one subject so far, then which are placed
    QSet<Row::Key> placed;
    const auto place = [&](Row row) {
        Node *&node = byGroup[row.finding.group];
        if (!node) {
            nodes.push_back(std::make_unique<Node>());
            node = nodes.back().get();
            node->group = row.finding.group;
        }
        if (!row.stale)
            row.occurrence = count[{row.finding.id, row.finding.subject, 0}]++;
        if (const Row::Key key = row.key(); !placed.contains(key)) {
            placed.insert(key);
            node->rows.push_back(std::move(row));
        }
    };
    for (const Finding &finding : report.findings) {
        Row row{finding, 0, false, {}, {}};
        const auto before = m_before.constFind({finding.rule(), finding.subject});
        if (before != m_before.cend() && *before != finding.severity)
            row.was = *before;
        place(std::move(row));
    }
    if (!report.finished) {
        for (const auto &node : m_nodes)
            for (Row row : node->rows) {
                row.stale = true;
                place(std::move(row));
            }
    }
    for (const auto &node : nodes)
        std::stable_sort(node->rows.begin(), node->rows.end(), [](const Row &a, const Row &b) {
            return severityRank(a.finding.severity) < severityRank(b.finding.severity);
        });
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto &a, const auto &b) {
        return a->worst() != b->worst() ? a->worst() < b->worst() : a->group < b->group;
    });
    return nodes;
}

template <class List, class KeyOf, class Update>
void FindingsModel::follow(List &have, List &want, const QModelIndex &parent, KeyOf keyOf,
                           Update update)
{
    QSet<decltype(keyOf(want.front()))> wantedKeys;
    QSet<decltype(keyOf(want.front()))> keptKeys;
    for (const auto &item : want)
        wantedKeys.insert(keyOf(item));
    for (int i = int(have.size()) - 1; i >= 0; --i) {
        if (const auto key = keyOf(have[size_t(i)]); wantedKeys.contains(key)) {
            keptKeys.insert(key);
            continue;
        }
        Q_EMIT removing(index(i, 0, parent));
        beginRemoveRows(parent, i, i);
        have.erase(have.begin() + i);
        endRemoveRows();
    }
    for (int i = 0; i < int(want.size()); ++i) {
        const auto key = keyOf(want[size_t(i)]);
        if (!keptKeys.contains(key)) { // new ones that stand together come together
            int end = i + 1;
            while (end < int(want.size()) && !keptKeys.contains(keyOf(want[size_t(end)])))
                ++end;
            beginInsertRows(parent, i, end - 1);
            have.insert(have.begin() + i, std::move_iterator(want.begin() + i),
                        std::move_iterator(want.begin() + end));
            endInsertRows();
            i = end - 1;
            continue;
        }
        const auto found = std::find_if(have.begin() + i, have.end(),
                                        [&](const auto &h) { return keyOf(h) == key; });
        if (const int from = int(found - have.begin()); from != i) {
            beginMoveRows(parent, from, from, parent, i);
            std::rotate(have.begin() + i, found, found + 1);
            endMoveRows();
        }
        update(have[size_t(i)], want[size_t(i)], i);
    }
}

void FindingsModel::show(const Report &report)
{
    if (m_isFinished && !report.finished)
        m_before = summary();
    m_isFinished = report.finished;
    Nodes want = wanted(report);
    follow(
            m_nodes, want, QModelIndex(), [](const auto &node) { return node->group; },
            [this](const auto &have, auto &now, int nodeRow) {
                const QModelIndex here = index(nodeRow, 0, {});
                follow(
                        have->rows, now->rows, here, [](const Row &row) { return row.key(); },
                        [&](Row &row, Row &next, int i) {
                            if (row.finding == next.finding && row.stale == next.stale &&
                                row.was == next.was)
                                return;
                            row = std::move(next);
                            Q_EMIT dataChanged(index(i, 0, here), index(i, Result, here));
                        });
                Q_EMIT dataChanged(here, here.siblingAtColumn(Result));
            });
}

void FindingsModel::clear()
{
    beginResetModel();
    m_nodes.clear();
    m_before.clear();
    m_isFinished = false;
    endResetModel();
}

std::optional<Finding> FindingsModel::finding(const QModelIndex &index) const
{
    const auto *node = static_cast<const Node *>(index.internalPointer());
    if (!index.isValid() || !node)
        return std::nullopt;
    return node->rows.at(size_t(index.row())).finding;
}

QModelIndex FindingsModel::first(Severity severity) const
{
    for (int n = 0; n < int(m_nodes.size()); ++n) {
        const std::vector<Row> &rows = m_nodes[size_t(n)]->rows;
        for (int r = 0; r < int(rows.size()); ++r)
            if (rows[size_t(r)].finding.severity == severity)
                return index(r, 0, index(n, 0, {}));
    }
    return {};
}

QModelIndex FindingsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    // A group carries no pointer, a finding the node it belongs to.
    return parent.isValid() ? createIndex(row, column, m_nodes[size_t(parent.row())].get())
                            : createIndex(row, column, static_cast<void *>(nullptr));
}

QModelIndex FindingsModel::parent(const QModelIndex &child) const
{
    const auto *node = static_cast<const Node *>(child.internalPointer());
    if (!child.isValid() || !node)
        return {};
    for (size_t i = 0; i < m_nodes.size(); ++i)
        if (m_nodes[i].get() == node)
            return createIndex(int(i), 0, static_cast<void *>(nullptr));
    return {};
}

int FindingsModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_nodes.size());
    if (parent.internalPointer() || parent.column() != 0)
        return 0;
    return int(m_nodes[size_t(parent.row())]->rows.size());
}

int FindingsModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant FindingsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (const auto *node = static_cast<const Node *>(index.internalPointer()))
        return rowData(node->rows.at(size_t(index.row())), index.column(), role);
    return groupData(*m_nodes.at(size_t(index.row())), index.column(), role);
}

QVariant FindingsModel::groupData(const Node &node, int column, int role) const
{
    const QString title = groupTitle(node.group);
    const QString word = severityWord(node.severity());
    switch (role) {
    case Qt::DisplayRole:
        return column == Title ? title : word;
    case Qt::ToolTipRole: // our own words
        return column == Title ? QVariant(title) : QVariant();
    case Qt::DecorationRole: // its worst state; and it is as high as the rows below it
        return column == Title ? resultIcon(node.severity()) : QVariant();
    case Qt::AccessibleTextRole:
        return column == Title ? tr("%1. Worst result: %2").arg(title, word) : word;
    case Qt::FontRole: {
        QFont font = QGuiApplication::font();
        font.setBold(true);
        return font;
    }
    case CopyRole: {
        QStringList all{title};
        for (const Row &row : node.rows)
            all << severityWord(row.finding.severity) + QStringLiteral(": ") + row.title();
        return all.join(QLatin1Char('\n'));
    }
    default:
        return {};
    }
}

QVariant FindingsModel::rowData(const Row &row, int column, int role) const
{
    const QString now = severityWord(row.finding.severity);
    //: %1 and %2 are results such as Passed and Problem
    const QString word = row.was ? tr("%1 (was: %2)").arg(now, severityWord(*row.was)) : now;
    switch (role) {
    case Qt::DisplayRole:
        return column == Title ? row.title() : word;
    case Qt::ToolTipRole: // a tool tip guesses markup: say that it is, and escape what is inside
        return column == Title ? QVariant(QStringLiteral("<p>") +
                                          row.title().left(MostToolTip).toHtmlEscaped() +
                                          QStringLiteral("</p>"))
                               : QVariant();
    case Qt::DecorationRole:
        return column == Title ? resultIcon(row.finding.severity) : QVariant();
    case Qt::AccessibleTextRole:
        return column == Title ? word + QStringLiteral(". ") + row.title() : word;
    case Qt::ForegroundRole:
        return row.stale ? QVariant(QGuiApplication::palette().brush(QPalette::Disabled,
                                                                     QPalette::Text))
                         : QVariant();
    case SeverityRole:
        return int(row.finding.severity);
    case CopyRole:
        return plainExplanation(row.finding);
    default:
        return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Title ? tr("Finding") : tr("Result");
}
