// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What was published for a domain from this computer, the newest first, each to be taken back by its own
// plan.

#include "push/journal.h"

#include <QDialog>

class QPushButton;
class QTreeWidget;

class HistoryDialog : public QDialog
{
    Q_OBJECT
public:
    /// `journals`: the folder.
    HistoryDialog(const QString &journals, const DomainName &domain, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The plan that takes it back is to be shown; the journal's path.
    void undoAsked(const QString &journal);

private:
    void addRow(const JournalRecord &record);
    void showButtons();
    void undo();

    QList<JournalRecord> m_records;
    QTreeWidget *m_view;
    QPushButton *m_undo;
};

/// How far a push came, as one word or two; what it changed.
[[nodiscard]] QString historyEnd(const JournalRecord &record);
[[nodiscard]] QString historyContent(const JournalRecord &record);
