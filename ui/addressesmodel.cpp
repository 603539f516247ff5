// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "addressesmodel.h"

#include "base/printable.h"
#include "mail/reporturi.h"
#include "mail/tlsrptrecord.h"
#include "texts.h"

namespace {

QString problemOf(const QString &typed)
{
    const TypedReportAddress read = parseReportAddress(typed);
    QStringList sentences;
    for (const Issue &issue : read.issues)
        sentences << issueText(issue);
    return read.uri.isEmpty() ? joined(sentences) : QString();
}

} // namespace

void AddressesModel::show(const QList<QByteArray> &uris, const QList<QByteArray> &live,
                          const QByteArray &domain)
{
    m_live = live;
    m_domain = domain;
    QStringList texts;
    for (const QByteArray &uri : uris)
        texts << QString::fromLatin1(uri);
    setChosen(texts);
}

QList<QByteArray> AddressesModel::uris() const
{
    QList<QByteArray> all;
    for (const QString &text : chosen())
        all << text.toLatin1();
    return all;
}

QList<RowsModel::Reading> AddressesModel::read(const QString &typed) const
{
    if (const TypedReportAddress whole = parseReportAddress(typed); !whole.uri.isEmpty())
        return {{QString::fromLatin1(whole.uri), {}}};
    // A record's list, or several addresses pasted at once; a comma inside an address is encoded.
    QList<Reading> readings;
    for (const QString &part : typed.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const TypedReportAddress read = parseReportAddress(part);
        if (read.uri.isEmpty())
            return {{typed.trimmed(), problemOf(typed)}};
        readings.append({QString::fromLatin1(read.uri), {}});
    }
    return readings;
}

int AddressesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant AddressesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Address ? tr("Address") : tr("What it is");
}

QString AddressesModel::about(const Row &row) const
{
    if (!row.isGood)
        return problemOf(row.text);
    const ReportUri uri = readReportUri(row.text.toLatin1());
    QString kind = tr("Web address that takes reports");
    if (uri.isMail)
        kind = uri.host == m_domain ? tr("Mailbox in the domain itself") : tr("Mailbox");
    return m_live.contains(row.text.toLatin1()) ? tr("%1, in your record now").arg(kind) : kind;
}

QVariant AddressesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = all().at(index.row());
    const bool isAddress = index.column() == Address;
    switch (role) {
    case Qt::DisplayRole:
        return isAddress ? isolated(printable(row.text)) : about(row);
    case Qt::ToolTipRole: // tips guess markup (T-20)
        return (isAddress ? isolated(printable(row.text)) : about(row)).toHtmlEscaped();
    case Qt::EditRole:
        return isAddress ? QVariant(row.text) : QVariant();
    case Qt::DecorationRole:
        return row.isGood || isAddress ? QVariant() : QVariant(resultIcon(Severity::Error));
    case Qt::AccessibleTextRole:
        if (isAddress || row.isGood)
            return {};
        return severityWord(Severity::Error) + QStringLiteral(". ") + about(row);
    default:
        return {};
    }
}
