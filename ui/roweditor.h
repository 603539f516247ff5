// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A table of typed rows with what belongs to it: a line to add, Add, Remove and Undo, and what is
// wrong below. Delete removes, F2 edits, Enter in the line adds.

#include <QWidget>

class EnterEdit;
class QLabel;
class QPushButton;
class QTreeView;
class RowsModel;

class RowEditor : public QWidget
{
    Q_OBJECT
public:
    explicit RowEditor(QWidget *parent = nullptr);
    /// The noun makes the object names ("pattern": patternsView, patternEdit, addPatternButton, ...);
    /// the model is not taken over. Alt and the label's letter lead to the list.
    void setUp(const QString &noun, RowsModel &model, QLabel *label);
    void setNames(const QString &list, const QString &line, const QString &example);
    void addButton(QPushButton *button); // beside the others

    [[nodiscard]] QTreeView *view() const { return m_view; }
    [[nodiscard]] EnterEdit *line() const { return m_line; }
    /// What stands in the line and is not in the table yet.
    [[nodiscard]] QString pending() const;
    /// Adds what stands in the line; false, with the reason below, when some of it is no good.
    bool addPending();
    /// Another domain: rows and line as they were left there, the rest is for show() of the model.
    void switchTo(const QByteArray &about);
    void focusRow(int row); // -1: the list, or the line where the list is empty
    /// As tall as its rows, within bounds; the first columns as wide as what is in them.
    void fitColumns();

Q_SIGNALS:
    void changed(); // rows, or what stands in the line

private:
    void remove();
    void undo();
    void tell(const QString &message);
    void showButtons();

    RowsModel *m_model = nullptr;
    QByteArray m_about;
    QHash<QByteArray, QString> m_leftBehind; // what stood in the line, by what it was about
    QTreeView *m_view;
    EnterEdit *m_line;
    QPushButton *m_add, *m_remove, *m_undo;
    QLabel *m_message;
    class QHBoxLayout *m_buttons;
};
