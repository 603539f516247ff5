// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rowsmodel.h"

#include <algorithm>

namespace {

QStringList chosenOf(const QList<RowsModel::Row> &rows)
{
    QStringList texts;
    for (const RowsModel::Row &row : rows) {
        if (row.on && row.isGood && !row.isOffer && !texts.contains(row.text))
            texts << row.text;
    }
    return texts;
}

} // namespace

int RowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

Qt::ItemFlags RowsModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return QAbstractTableModel::flags(index);
    Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    if (index.column() != 0)
        return flags;
    const Row &row = m_rows.at(index.row());
    if (!row.isOffer)
        flags |= Qt::ItemIsEditable;
    if (isCheckable() && row.isGood)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

bool RowsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || index.column() != 0)
        return false;
    QList<Row> rows = m_rows;
    Row &row = rows[index.row()];
    if (role == Qt::CheckStateRole && isCheckable() && row.isGood) {
        row.on = value.toInt() == Qt::Checked;
        row.isOffer = row.isOffer && !row.on;
    } else if (role == Qt::EditRole && !row.isOffer) {
        const QString typed = value.toString().trimmed();
        if (typed.isEmpty() || typed == row.text)
            return false;
        const QList<Reading> readings = read(typed);
        const auto isGood = [](const Reading &reading) { return reading.problem.isEmpty(); };
        const bool allGood =
                !readings.isEmpty() && std::all_of(readings.begin(), readings.end(), isGood);
        row.isGood = allGood;
        row.text = allGood ? readings.constFirst().text : typed;
        for (int i = 1; allGood && i < int(readings.size()); ++i) // several, pasted at once
            rows.insert(index.row() + i, {readings.at(i).text});
    } else {
        return false;
    }
    change(rows);
    return true;
}

QStringList RowsModel::chosen() const
{
    return chosenOf(m_rows);
}

QStringList RowsModel::broken() const
{
    QStringList texts;
    for (const Row &row : m_rows) {
        if (!row.isGood)
            texts << row.text;
    }
    return texts;
}

int RowsModel::firstBroken() const
{
    const auto found =
            std::find_if(m_rows.begin(), m_rows.end(), [](const Row &row) { return !row.isGood; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

void RowsModel::setChosen(const QStringList &texts)
{
    if (texts == chosen()) {
        refresh();
        return;
    }
    QList<Row> rows;
    for (const QString &text : texts)
        rows.append({text});
    for (const Row &row : leftOver()) {
        if (!texts.contains(row.text))
            rows.append(row);
    }
    m_canUndo = false; // it would bring back another state than the user left
    place(rows);
}

QString RowsModel::add(const QString &typed)
{
    QList<Row> rows = own();
    QStringList problems;
    for (const Reading &item : read(typed)) {
        if (!item.problem.isEmpty()) {
            problems << item.problem;
            continue;
        }
        const auto same = std::find_if(rows.begin(), rows.end(),
                                       [&](const Row &row) { return row.text == item.text; });
        if (same != rows.end())
            same->on = true;
        else
            rows.append({item.text});
    }
    if (rows != own())
        change(rows);
    return problems.join(QLatin1Char(' '));
}

void RowsModel::remove(const QList<int> &numbers)
{
    QList<Row> rows;
    for (int i = 0; i < int(m_rows.size()); ++i) {
        if (!numbers.contains(i))
            rows.append(m_rows.at(i));
    }
    if (rows.size() != m_rows.size())
        change(rows);
}

void RowsModel::replaceAll(const QStringList &texts)
{
    QList<Row> rows;
    for (const QString &text : texts)
        rows.append({text});
    if (rows != own())
        change(rows);
}

void RowsModel::undo()
{
    if (!m_canUndo)
        return;
    m_canUndo = false;
    place(m_before);
    Q_EMIT edited();
}

void RowsModel::switchTo(const QByteArray &about)
{
    beginResetModel();
    m_leftBehind[m_about] = leftOver();
    m_about = about;
    m_rows = m_leftBehind.take(about);
    m_before.clear();
    m_canUndo = false;
    derive();
    endResetModel();
}

/// Rows of the user's that are no part of the choices.
QList<RowsModel::Row> RowsModel::leftOver() const
{
    QList<Row> rows = m_rows;
    rows.removeIf([](const Row &row) { return row.isOffer || (row.on && row.isGood); });
    return rows;
}

QList<RowsModel::Row> RowsModel::own() const
{
    QList<Row> rows = m_rows;
    rows.removeIf([](const Row &row) { return row.isOffer; });
    return rows;
}

/// A change by the user.
void RowsModel::change(QList<Row> rows)
{
    m_before = own();
    m_canUndo = true;
    place(std::move(rows));
    Q_EMIT edited();
}

void RowsModel::refresh()
{
    place(own());
}

/// Only the rows that differ are taken out and put in: the current row and an open editor stay.
void RowsModel::place(QList<Row> rows)
{
    for (const QString &text : offers(chosenOf(rows))) {
        const auto isThere = [&](const Row &row) { return row.text == text; };
        if (std::none_of(rows.begin(), rows.end(), isThere))
            rows.append({text, false, true, true});
    }
    const auto isSame = [](const Row &a, const Row &b) { return a.text == b.text; };
    const qsizetype same =
            std::mismatch(m_rows.begin(), m_rows.end(), rows.begin(), rows.end(), isSame).first -
            m_rows.begin();
    if (m_rows.size() != rows.size() && same < m_rows.size()) {
        beginRemoveRows({}, int(same), int(m_rows.size()) - 1);
        m_rows.resize(same);
        endRemoveRows();
    }
    const qsizetype kept = m_rows.size();
    std::copy_n(rows.begin(), kept, m_rows.begin());
    if (kept < rows.size()) {
        beginInsertRows({}, int(kept), int(rows.size()) - 1);
        m_rows = rows;
        endInsertRows();
    }
    derive();
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}
