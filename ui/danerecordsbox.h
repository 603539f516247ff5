// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The TLSA records of the DANE page: a list to tick, the current one below it with its line to copy, and
// the comparison of its fingerprint with the server's own (T-33). Knows rows, not where they come from.

#include "danerows.h"

#include <QWidget>

#include <memory>

class QTreeWidgetItem;
namespace Ui {
class DaneRecordsBox;
}

class DaneRecordsBox : public QWidget
{
    Q_OBJECT
public:
    explicit DaneRecordsBox(QWidget *parent = nullptr);
    ~DaneRecordsBox() override;
    /// Rows keep their place and the selection.
    void show(const QList<DaneRow> &rows);
    /// A sentence below the list; empty: none.
    void tell(const QString &message);
    /// Issuers above the certificates, the nearest first; `chosen`: one of them from 1, or 0 for the keys.
    void showIssuers(const QStringList &names, int chosen);
    void forget();                   // what was typed and chosen: another domain
    void setLooking(bool isLooking); // nothing is to be asked for meanwhile
    /// The server of the current row, else of the first; empty without rows.
    [[nodiscard]] QByteArray currentServer() const;
    [[nodiscard]] QWidget *firstField() const;

Q_SIGNALS:
    void tickAsked(int row, bool isOn);
    void confirmed(const QString &fingerprint);
    void issuerChosen(int chosen); // as showIssuers()
    void filesAsked();
    void nextKeyAsked();
    void lookAsked();
    void renewingAsked();
    void rolloverAsked();

private:
    void fill(QTreeWidgetItem *item, const DaneRow &row);
    void take(QTreeWidgetItem *item);
    void showCurrent();
    void fitHeight();
    void compare();
    void confirm(const QString &fingerprint);
    void copyAll();
    void copy(const QString &text);
    [[nodiscard]] QString currentFingerprint() const; // empty: none
    [[nodiscard]] const DaneRow *current() const;

    std::unique_ptr<Ui::DaneRecordsBox> ui;
    QList<DaneRow> m_rows;
    bool m_isChosen = false; // the current row, by the user
    QString m_fingerprint;   // that is shown to be compared
};
