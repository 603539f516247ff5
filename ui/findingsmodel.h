// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The findings of a report as a tree: groups, worst first, and in them the findings, worst first.
// A new report changes rows in place, so that the place of the user is kept while findings arrive.

#include "check/finding.h"

#include <QAbstractItemModel>
#include <QHash>

#include <memory>
#include <vector>

class FindingsModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Title, Result, ColumnCount };
    enum Role { SeverityRole = Qt::UserRole + 1, CopyRole };

    explicit FindingsModel(QObject *parent = nullptr);
    ~FindingsModel() override;

    /// While a check runs, rows it has not reached again stay, greyed; a finished one takes them away.
    /// A row whose result is another than in the finished report before says what it was.
    void show(const Report &report);
    void clear();
    [[nodiscard]] std::optional<Finding> finding(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex first(Severity severity) const; // first finding in order

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

Q_SIGNALS:
    void removing(const QModelIndex &row); // everything is still in its place

private:
    struct Row;
    struct Node;
    using Nodes = std::vector<std::unique_ptr<Node>>;
    [[nodiscard]] Nodes wanted(const Report &report) const;
    template <class List, class KeyOf, class Update>
    void follow(List &have, List &want, const QModelIndex &parent, KeyOf keyOf, Update update);
    [[nodiscard]] QVariant groupData(const Node &node, int column, int role) const;
    [[nodiscard]] QVariant rowData(const Row &row, int column, int role) const;
    /// What the check before said of a rule and a subject, the worst of it.
    using Before = QHash<QPair<QByteArray, QString>, Severity>;
    [[nodiscard]] Before summary() const;
    Nodes m_nodes;
    Before m_before;
    bool m_isFinished = false;
};
