// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "foundview.h"

#include "texts.h"

#include <QDeadlineTimer>
#include <QHeaderView>

namespace {

constexpr qint64 SayAfterMs = 2000;
constexpr qint64 SlowMs = 10000;

} // namespace

FoundView::FoundView(QWidget *parent)
    : QTreeWidget(parent)
    , m_now([] { return QDeadlineTimer::current().deadline(); })
{
    setTextElideMode(Qt::ElideRight);
    header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &FoundView::tick);
}

void FoundView::setClock(std::function<qint64()> now)
{
    m_now = std::move(now);
}

void FoundView::show(const QList<FoundRow> &rows)
{
    m_rows = rows;
    m_stillWaiting.clear();
    m_slowest.clear();
    m_slowestMs = 0;
    while (topLevelItemCount() > rows.size())
        delete takeTopLevelItem(topLevelItemCount() - 1);
    for (int i = 0; i < rows.size(); ++i) {
        QTreeWidgetItem *item = topLevelItem(i);
        fill(item ? item : new QTreeWidgetItem(this), rows.at(i), {});
    }
    m_since = m_stillWaiting;
    if (m_since.isEmpty())
        m_second.stop();
    else if (!m_second.isActive())
        m_second.start();
}

void FoundView::fill(QTreeWidgetItem *item, const FoundRow &row, const QString &path)
{
    QString text = row.text;
    if (!row.result) {
        const QString key = path + row.name + QLatin1Char('\n') + row.text;
        const qint64 waited = waitedMs(key);
        m_stillWaiting.insert(key, m_now() - waited);
        if (waited >= SayAfterMs)
            text = tr("%1 %2 s", "Connecting… 8 s")
                           .arg(row.text, QLocale().toString(waited / 1000));
        if (waited > m_slowestMs) {
            m_slowestMs = waited;
            m_slowest = row.name;
        }
    }
    item->setText(0, row.name);
    item->setText(1, text);
    item->setToolTip(1, text.toHtmlEscaped());
    item->setIcon(0, row.result ? resultIcon(*row.result) : waitingIcon());
    item->setData(0, Qt::AccessibleTextRole,
                  row.result ? severityWord(*row.result) + QStringLiteral(". ") + row.name
                             : row.name);
    while (item->childCount() > row.parts.size())
        delete item->takeChild(item->childCount() - 1);
    for (int i = 0; i < row.parts.size(); ++i) {
        const bool isNew = i >= item->childCount();
        fill(isNew ? new QTreeWidgetItem(item) : item->child(i), row.parts.at(i),
             path + row.name + QLatin1Char('\n'));
        item->setExpanded(item->isExpanded() || isNew);
    }
}

qint64 FoundView::waitedMs(const QString &key) const
{
    const qint64 now = m_now();
    return now - m_since.value(key, now);
}

QString FoundView::slowest() const
{
    if (m_slowestMs < SlowMs)
        return {};
    return tr("Still waiting, %1 s: %2", "8 s: name of a row")
            .arg(QLocale().toString(m_slowestMs / 1000), m_slowest);
}

void FoundView::tick()
{
    show(QList<FoundRow>(m_rows));
    Q_EMIT ticked();
}
