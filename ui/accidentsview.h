// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The accidents of the practice as rows to tick, group by group.

#include <QSet>
#include <QTreeWidget>

class AccidentsView : public QTreeWidget
{
    Q_OBJECT
public:
    explicit AccidentsView(QWidget *parent = nullptr);
    void tick(const QSet<QByteArray> &ids); // these alone; tells nobody
    [[nodiscard]] QSet<QByteArray> ticked() const;
    /// Rows without all of these words are not shown, ticked ones always are.
    void filter(const QString &words);
    [[nodiscard]] QByteArray current() const; // its id; empty: a heading, or nothing

Q_SIGNALS:
    void tickedByUser();
    void currentChosen();

private:
    void addGroup(const QString &title);
    void addRow(const QByteArray &id, const QString &title);
    QList<QTreeWidgetItem *> m_rows; // without the headings
};
