// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where reports about TLS go, as a table: each address, and what is to be known of it.

#include "rowsmodel.h"

class AddressesModel : public RowsModel
{
    Q_OBJECT
public:
    enum Column { Address, About, Columns };
    using RowsModel::RowsModel;

    /// The rua URIs of the choices, of the record that is live, and the domain (A-labels) they are for.
    void show(const QList<QByteArray> &uris, const QList<QByteArray> &live,
              const QByteArray &domain);
    [[nodiscard]] QList<QByteArray> uris() const; // those that count

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

protected:
    [[nodiscard]] QList<Reading> read(const QString &typed) const override;

private:
    [[nodiscard]] QString about(const Row &row) const;
    QList<QByteArray> m_live;
    QByteArray m_domain;
};
