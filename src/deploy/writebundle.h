// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one function that writes files for the user (T-35).

#include "deploy/bundle.h"

#include <QStringList>

enum class Overwrite { No, Yes };

/// Paths relative to the folder, as in the bundle.
struct WrittenBundle
{
    QStringList written;
    QStringList kept;      // were there already with the same octets
    QStringList conflicts; // are there with other octets; not empty: nothing was written at all
    // Renaming failed half-way: these are as they were before, and why the first of them is.
    QStringList notWritten;
    std::optional<Error> trouble;
};

/// Makes the folder if need be and looks at every target before it writes the first. Symbolic links
/// inside the folder, folders and devices in the place of a file are refused. The folder itself may
/// be reached through a link: the user chose it. On an error nothing of what was there has changed.
[[nodiscard]] Result<WrittenBundle> writeBundle(const QList<BundleFile> &files,
                                                const QString &folder,
                                                Overwrite overwrite = Overwrite::No);
