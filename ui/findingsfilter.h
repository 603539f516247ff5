// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Leaves only the findings of some results in the tree, with their groups.

#include "base/severity.h"

#include <QSortFilterProxyModel>

#include <optional>

class FindingsFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit FindingsFilter(QObject *parent = nullptr);
    void only(std::optional<Severity> severity); // nothing: all

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    std::optional<Severity> m_only;
};
