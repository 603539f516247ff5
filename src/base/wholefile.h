// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Files that are put in place whole or not at all.

#include "base/error.h"

#include <QByteArray>

class QSaveFile;

/// Writes all octets into a file that is open, so far that commit() may follow. commit() alone does not
/// ask how the last of it went: on a full disk it would put a part in place of the file of before.
/// Refused: with the system's words where there are any.
[[nodiscard]] Result<void> writeAll(QSaveFile &file, const QByteArray &octets);
