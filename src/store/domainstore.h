// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The folder with one file for each domain, kept as keptfile.h says. Blocking: call it in a worker.

#include "store/keptdomain.h"
#include "store/keptfile.h"

class DomainStore
{
public:
    explicit DomainStore(QString folder)
        : m_files(std::move(folder))
    {
    }
    [[nodiscard]] const QString &folder() const { return m_files.folder(); }

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
    KeptFiles m_files;
};
