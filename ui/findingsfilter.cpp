// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "findingsfilter.h"

#include "findingsmodel.h"

FindingsFilter::FindingsFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
}

void FindingsFilter::only(std::optional<Severity> severity)
{
    m_only = severity;
    invalidateFilter();
}

bool FindingsFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (!m_only)
        return true;
    const QVariant severity =
            sourceModel()->index(row, 0, parent).data(FindingsModel::SeverityRole);
    return severity.isValid() && severity.toInt() == int(*m_only);
}
