// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Rows that people type, as a table: added, changed in place, removed, and taken back. What is in a
// row and whether it is good is for a model of patterns or of addresses to say. Text that is no good
// stays in its row, so that nothing typed is lost; it is no part of the choices.

#include <QAbstractTableModel>
#include <QHash>
#include <QList>

class RowsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    struct Row
    {
        QString text; // as in the choices, or as typed where that is no good
        bool on = true;
        bool isGood = true;
        bool isOffer = false; // ours, not yet the user's: it counts once it is switched on
        friend bool operator==(const Row &, const Row &) = default;
    };
    /// One item of what was typed; the problem is a sentence, empty where the text is good.
    struct Reading
    {
        QString text;
        QString problem;
    };
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] bool setData(const QModelIndex &index, const QVariant &value, int role) override;

    [[nodiscard]] const QList<Row> &all() const { return m_rows; }
    /// Texts of the rows that count.
    [[nodiscard]] QStringList chosen() const;
    /// Texts of rows that are no good.
    [[nodiscard]] QStringList broken() const;
    [[nodiscard]] int firstBroken() const; // -1: none
    /// The choices as they are elsewhere. Rows that are off stay, and those that are no good.
    void setChosen(const QStringList &texts);

    /// Adds what was typed, each item once. Says what is wrong with the items that were not added.
    [[nodiscard]] QString add(const QString &typed);
    void remove(const QList<int> &rows);
    void replaceAll(const QStringList &texts); // by the user: can be taken back
    void undo();
    /// The rows are about something else, another domain: those of before go, but what was typed and
    /// does not count comes back with its domain.
    void switchTo(const QByteArray &about);
    [[nodiscard]] bool canUndo() const { return m_canUndo; }

Q_SIGNALS:
    void edited(); // by the user: chosen() or broken() is another

protected:
    [[nodiscard]] virtual QList<Reading> read(const QString &typed) const = 0;
    /// Texts that could be added, in view of those that count.
    [[nodiscard]] virtual QStringList offers(const QStringList & /*chosen*/) const { return {}; }
    [[nodiscard]] virtual bool isCheckable() const { return false; }
    /// The rows are others: what is derived from them is made anew.
    virtual void derive() {}
    /// Offers and derived cells anew; call when what they are made from has changed.
    void refresh();

private:
    void place(QList<Row> rows);
    void change(QList<Row> rows);
    [[nodiscard]] QList<Row> own() const;
    [[nodiscard]] QList<Row> leftOver() const;
    QList<Row> m_rows;
    QList<Row> m_before; // for undo()
    bool m_canUndo = false;
    QByteArray m_about;
    QHash<QByteArray, QList<Row>> m_leftBehind; // by what it is about
};
