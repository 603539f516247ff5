// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The folder with one file for each change of keys under way, by server and port, kept as keptfile.h
// says. Only digests are in it. Blocking: call it in a worker.

#include "dane/rollover.h"
#include "store/keptfile.h"

class RolloverStore
{
public:
    explicit RolloverStore(QString folder)
        : m_files(std::move(folder))
    {
    }
    [[nodiscard]] const QString &folder() const { return m_files.folder(); }

    struct Loaded
    {
        QList<KeptRollover> rollovers; // by name and port
        QStringList setAside;          // new names of files that could not be understood
        QList<Error> errors;           // what could not be read, or not be set aside
    };
    [[nodiscard]] Loaded load() const;
    /// Nothing when none is kept. Malformed: the file could not be understood and was set aside, its new
    /// name in `detail`. Refused: it is of a newer program, no regular file, or the system said no.
    [[nodiscard]] Result<std::optional<KeptRollover>> read(const QByteArray &host,
                                                           quint16 port) const;
    /// As KeptFiles::write().
    [[nodiscard]] Result<void> save(const KeptRollover &kept) const;
    /// False when there was none.
    [[nodiscard]] Result<bool> forget(const QByteArray &host, quint16 port) const;

    /// "_25._tcp.mx.example.com.json": the name of the records.
    [[nodiscard]] static QString fileName(const QByteArray &host, quint16 port);

private:
    KeptFiles m_files;
};
