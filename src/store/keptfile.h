// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A folder of small documents, one file for each subject. Blocking: call it in a worker. Files are put
// in place whole, readable by their owner alone. A file that cannot be understood is renamed, never
// deleted and never overwritten; one of a newer program is left as it is.

#include "base/error.h"

#include <QStringList>

#include <functional>

class KeptFiles
{
public:
    explicit KeptFiles(QString folder)
        : m_folder(std::move(folder))
    {
    }
    [[nodiscard]] const QString &folder() const { return m_folder; }

    /// "shop.example.json" for a stem of letters, digits, hyphens, underscores and dots; safe on every
    /// system: "_con.example.json" (T-35).
    [[nodiscard]] static QString fileName(const QByteArray &stem);

    struct Listed
    {
        QStringList names; // of files and of whatever else stands there; in no order
        QList<Error> errors;
    };
    /// A folder that is not there yet is empty, not an error.
    [[nodiscard]] Listed list() const;
    /// NotFound when there is none. Refused: no regular file, or the system's words. Not more than one
    /// octet over KeptLimits::File.
    [[nodiscard]] Result<QByteArray> read(const QString &name) const;

    enum class Holds {
        Ours,  // may be overwritten
        Newer, // of a newer program
        Broken // is set aside first
    };
    using Judge = std::function<Holds(const QByteArray &octets)>;
    /// Makes the folder where there is none. Refused: what is there is of a newer program, is no regular
    /// file, or the system said no (its words in `what`).
    [[nodiscard]] Result<void> write(const QString &name, const QByteArray &octets,
                                     const Judge &judge) const;
    /// Deletes this file and nothing else; returns its octets. Empty when there was none.
    [[nodiscard]] Result<QByteArray> forget(const QString &name) const;
    /// "x.json" becomes "x.json.broken-1"; returns the new name.
    [[nodiscard]] Result<QString> setAside(const QString &name) const;
    /// The same for a list: the new name, printable, or why it stays.
    void setAside(const QString &name, QStringList &aside, QList<Error> &errors) const;

private:
    [[nodiscard]] QString pathOf(const QString &name) const;
    [[nodiscard]] Result<void> makeRoom(const QString &name, const Judge &judge) const;
    QString m_folder;
};

/// Refused, in the words that are used wherever such a file is met.
[[nodiscard]] tl::unexpected<Error> keptByNewer(const QString &path);
