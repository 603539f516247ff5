// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domainsmodel.h"

#include "domainstates.h"
#include "texts.h"

#include <algorithm>

DomainsModel::DomainsModel(const KeptDomains &kept, QObject *parent, Clock clock)
    : QAbstractTableModel(parent)
    , m_kept(kept)
    , m_clock(std::move(clock))
    , m_now(m_clock())
{
    connect(&kept, &KeptDomains::loaded, this, &DomainsModel::reload);
    connect(&kept, &KeptDomains::changed, this, &DomainsModel::take);
    connect(&kept, &KeptDomains::forgotten, this, &DomainsModel::drop);
    reload();
}

void DomainsModel::reload()
{
    beginResetModel();
    m_rows.clear();
    const QList<KeptDomain> all = m_kept.all();
    m_rows.reserve(all.size());
    for (const KeptDomain &kept : all)
        m_rows.append({kept, nextStep(kept, m_now), Checking::No});
    endResetModel();
}

void DomainsModel::setNow(const QDateTime &now)
{
    m_now = now;
    for (Row &row : m_rows)
        row.step = nextStep(row.kept, m_now);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void DomainsModel::take(const DomainName &domain)
{
    m_now = std::max(m_now, m_clock());
    const KeptDomain kept = m_kept.find(domain);
    const int at = rowOf(domain);
    if (at < 0) {
        beginInsertRows({}, rowCount(), rowCount());
        m_rows.append({kept, nextStep(kept, m_now), Checking::No});
        endInsertRows();
        return;
    }
    m_rows[at].kept = kept;
    m_rows[at].step = nextStep(kept, m_now);
    Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
}

void DomainsModel::drop(const DomainName &domain)
{
    const int at = rowOf(domain);
    if (at < 0)
        return;
    beginRemoveRows({}, at, at);
    m_rows.removeAt(at);
    endRemoveRows();
}

void DomainsModel::setChecking(const DomainName &domain, Checking checking)
{
    const int at = rowOf(domain);
    if (at < 0 || m_rows.at(at).checking == checking)
        return;
    m_rows[at].checking = checking;
    Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
}

int DomainsModel::rowOf(const DomainName &domain) const
{
    const auto row = std::find_if(m_rows.cbegin(), m_rows.cend(),
                                  [&](const Row &one) { return one.kept.domain == domain; });
    return row == m_rows.cend() ? -1 : int(row - m_rows.cbegin());
}

DomainName DomainsModel::domain(const QModelIndex &index) const
{
    return index.isValid() ? m_rows.at(index.row()).kept.domain : DomainName();
}

NextStep DomainsModel::step(const QModelIndex &index) const
{
    return index.isValid() ? m_rows.at(index.row()).step : NextStep();
}

QModelIndex DomainsModel::indexOf(const DomainName &domain) const
{
    const int at = rowOf(domain);
    return at < 0 ? QModelIndex() : index(at, 0);
}

int DomainsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int DomainsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString DomainsModel::text(const Row &row, int column) const
{
    switch (column) {
    case Domain:
        return isolated(row.kept.domain.display());
    case State:
        if (row.checking == Checking::Waiting)
            return tr("Waiting…");
        return row.checking == Checking::Running ? tr("Checking…") : stateText(row.step, row.kept);
    case Mode:
        return modeText(row.step);
    case Next:
        return nextStepText(row.step, m_now);
    default:
        return whenText(row.kept.lastCheck ? row.kept.lastCheck->at : QDateTime(), m_now);
    }
}

QVariant DomainsModel::sortKey(const Row &row, int column) const
{
    switch (column) {
    case Domain:
        return row.kept.domain.display();
    case State: // then what the step says is wrong, then the name: never by chance
        return QStringLiteral("%1%2").arg(int(row.step.state)).arg(row.kept.domain.display());
    case Checked:
        return row.kept.lastCheck ? row.kept.lastCheck->at : QDateTime();
    default:
        return text(row, column);
    }
}

/// The whole row: a reader of tables tells one cell at a time.
QString DomainsModel::spoken(const Row &row) const
{
    return joined({row.kept.domain.display(), text(row, State), text(row, Next)});
}

QVariant DomainsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole: // tips guess markup; this is none (T-20)
        return text(row, index.column()).toHtmlEscaped();
    case Qt::DecorationRole:
        if (index.column() != State)
            return {};
        return row.checking == Checking::No ? resultIcon(stateSeverity(row.step, row.kept))
                                            : waitingIcon();
    case Qt::AccessibleTextRole:
        return index.column() == Domain ? spoken(row) : text(row, index.column());
    case SortRole:
        return sortKey(row, index.column());
    case FilterRole:
        return QString::fromLatin1(row.kept.domain.ascii()) + QLatin1Char(' ') +
               row.kept.domain.display();
    case CopyRole:
        return QString::fromLatin1(row.kept.domain.ascii());
    default:
        return {};
    }
}

QVariant DomainsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Domain:
        return tr("Domain");
    case State:
        return tr("State");
    case Mode:
        return tr("Mode");
    case Next:
        return tr("Next step");
    default:
        return tr("Last check");
    }
}
