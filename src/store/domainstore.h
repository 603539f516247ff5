// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The folder with one file for each domain. Blocking: call it in a worker. Files are put in place
// whole, readable by their owner alone. A file that cannot be understood is renamed, never deleted and
// never overwritten; one of a newer program is left as it is.

#include "base/error.h"
#include "store/keptdomain.h"

#include <QStringList>

class DomainStore
{
public:
    explicit DomainStore(QString folder)
        : m_folder(std::move(folder))
    {
    }
    [[nodiscard]] const QString &folder() const { return m_folder; }

    struct Loaded
    {
        QList<KeptDomain> domains;
        QStringList setAside; // new names of files that could not be understood
        QList<Error> errors;  // what could not be read, or not be set aside
    };
    /// A folder that is not there yet is empty, not an error.
    [[nodiscard]] Loaded load() const;
    /// Makes the folder where there is none. Refused: the file there is one of a newer program, is no
    /// regular file, or the system said no (its words in `what`).
    [[nodiscard]] Result<void> save(const KeptDomain &kept) const;
    /// Deletes the file of this domain and nothing else; returns its octets for putBack(). Empty when
    /// there was none.
    [[nodiscard]] Result<QByteArray> forget(const DomainName &domain) const;
    [[nodiscard]] Result<void> putBack(const DomainName &domain, const QByteArray &octets) const;

    /// "shop.example.json"; safe on every system: "_con.example.json" (T-35).
    [[nodiscard]] static QString fileName(const DomainName &domain);

private:
    [[nodiscard]] QString pathOf(const DomainName &domain) const;
    [[nodiscard]] Result<void> makeRoom(const DomainName &domain) const;
    QString m_folder;
};
