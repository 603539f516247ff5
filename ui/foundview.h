// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The rows of what was found so far. A row that is still on its way says what it waits for and since
// when; the rows are kept as they are while their texts change.

#include "foundrows.h"

#include <QHash>
#include <QTimer>
#include <QTreeWidget>

#include <functional>

class FoundView : public QTreeWidget
{
    Q_OBJECT
public:
    explicit FoundView(QWidget *parent = nullptr);
    void show(const QList<FoundRow> &rows);
    /// The longest wait as a sentence; empty while nothing has waited for ten seconds.
    [[nodiscard]] QString slowest() const;
    /// Milliseconds from anywhere, for tests; the machine's own clock otherwise.
    void setClock(std::function<qint64()> now);
    void tick(); // every second by itself while something waits

Q_SIGNALS:
    void ticked();

private:
    void fill(QTreeWidgetItem *item, const FoundRow &row, const QString &path);
    [[nodiscard]] qint64 waitedMs(const QString &key) const;

    QList<FoundRow> m_rows;
    QHash<QString, qint64> m_since, m_stillWaiting; // by row and what it waits for
    QString m_slowest;
    qint64 m_slowestMs = 0;
    std::function<qint64()> m_now;
    QTimer m_second;
};
