// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The mail servers that the policy allows, as a table: each pattern, which mail servers it covers,
// and whether their certificates are good. A mail server that no pattern covers is a row of its own,
// to be ticked.

#include "advicelist.h"
#include "mail/policy.h"
#include "rowsmodel.h"
#include "serverstate.h"

struct Survey;

class PatternsModel : public RowsModel
{
    Q_OBJECT
public:
    enum Column { Pattern, Covers, Certificate, Columns };
    using RowsModel::RowsModel;

    /// What the choices are and what has been seen of the mail servers so far.
    void show(const QList<MxPattern> &mx, Policy::Mode mode, const Survey &survey, bool looking);
    [[nodiscard]] QList<MxPattern> patterns() const; // those that count
    [[nodiscard]] QStringList uncovered() const;     // names of mail servers
    [[nodiscard]] int firstProblem() const;          // row, the worst first; -1 where there is none

    /// Covered mail servers that no sender with MTA-STS delivers to, a whole sentence each.
    [[nodiscard]] QList<Told> faults() const;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

protected:
    [[nodiscard]] QList<Reading> read(const QString &typed) const override;
    [[nodiscard]] QStringList offers(const QStringList &chosen) const override;
    [[nodiscard]] bool isCheckable() const override { return true; }
    void derive() override;

private:
    struct Server
    {
        QByteArray name;
        ServerState state;
    };
    struct Cell
    {
        QString text;
        std::optional<Severity> result; // nothing: still on its way
    };
    [[nodiscard]] Cell coverCell(const Row &row, const QList<Server> &covered) const;
    [[nodiscard]] Cell offCell(const Row &row, const QList<Server> &covered) const;
    [[nodiscard]] Cell certificateCell(const Row &row, const QList<Server> &covered) const;
    [[nodiscard]] const Cell *cell(const QModelIndex &index) const;
    [[nodiscard]] QVariant name(const Row &row, int role) const;

    QList<Server> m_servers;
    bool m_serversKnown = false;
    Policy::Mode m_mode = Policy::Mode::Testing;
    QList<Cell> m_covers, m_certificates; // of each row
};
