// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The kept domains as rows: how each stands, its mode, what to do next, when it was checked.

#include "base/clock.h"
#include "keptdomains.h"
#include "store/nextstep.h"

#include <QAbstractTableModel>

class DomainsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Domain, State, Mode, Next, Checked, ColumnCount };
    enum Role { SortRole = Qt::UserRole + 1, FilterRole, CopyRole };
    enum class Checking { No, Waiting, Running };

    explicit DomainsModel(const KeptDomains &kept, QObject *parent = nullptr,
                          Clock clock = computersClock());

    [[nodiscard]] DomainName domain(const QModelIndex &index) const; // empty for no row
    [[nodiscard]] NextStep step(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const DomainName &domain) const;
    void setChecking(const DomainName &domain, Checking checking);
    /// Days pass while the window is open; `now` in UTC.
    void setNow(const QDateTime &now);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        KeptDomain kept;
        NextStep step;
        Checking checking = Checking::No;
    };
    void reload();
    void take(const DomainName &domain);
    void drop(const DomainName &domain);
    [[nodiscard]] int rowOf(const DomainName &domain) const;
    [[nodiscard]] QString text(const Row &row, int column) const;
    [[nodiscard]] QVariant sortKey(const Row &row, int column) const;
    [[nodiscard]] QString spoken(const Row &row) const;

    const KeptDomains &m_kept;
    QList<Row> m_rows;
    const Clock m_clock;
    QDateTime m_now;
};
